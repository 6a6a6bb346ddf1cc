"""Every stored thing, gathered so that migrations and the database know the whole schema."""

from engage.accounts import models as accounts
from engage.actions import models as actions
from engage.answering import models as answering
from engage.approvals import models as approvals
from engage.areas import models as areas
from engage.audit import models as audit
from engage.campaigns import models as campaigns
from engage.centres import models as centres
from engage.contacts import models as contacts
from engage.crosstabs import models as crosstabs
from engage.crosstabs.treated import models as treated
from engage.downloads import models as downloads
from engage.entry import models as entry
from engage.events import models as events
from engage.figures import models as figures
from engage.figures.comparisons import models as comparisons
from engage.freetext import models as freetext
from engage.invitations import models as invitations
from engage.jobs import models as jobs
from engage.keyring import models as keyring
from engage.links import models as links
from engage.organisations import models as organisations
from engage.outbox import models as outbox
from engage.outside import models as outside
from engage.oversight import models as oversight
from engage.pledges import models as pledges
from engage.published import models as published
from engage.reports import models as reports, visit_models as visits
from engage.responses import models as responses, review_models as reviews, screened
from engage.sessions import models as sessions
from engage.targets import models as targets
from engage.waves import models as waves

ROOMS = (
    accounts,
    actions,
    answering,
    approvals,
    areas,
    audit,
    campaigns,
    centres,
    treated,
    comparisons,
    contacts,
    crosstabs,
    downloads,
    entry,
    events,
    figures,
    freetext,
    invitations,
    jobs,
    keyring,
    links,
    organisations,
    outbox,
    outside,
    oversight,
    pledges,
    published,
    reports,
    responses,
    reviews,
    screened,
    sessions,
    targets,
    visits,
    waves,
)
