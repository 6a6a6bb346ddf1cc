"""The pages of the site: every slice's, in one list."""

from flask import Blueprint

from engage.analysis import (
    details,
    outside_views as outside,
    table_views as figure_table,
    views as analysis,
)
from engage.casework import (
    access as report_access,
    early,
    evidence,
    inbox,
    links as report_links,
    views as casework,
)
from engage.charting.rooms import BLUEPRINTS as CHARTING
from engage.coding.rooms import BLUEPRINTS as CODING
from engage.dashboard.rooms import BLUEPRINTS as DASHBOARD
from engage.downloads import request_views as full_requests, views as downloads
from engage.entry import form_views as entered, views as entry
from engage.exploring.rooms import BLUEPRINTS as EXPLORING
from engage.fieldwork import invitations, steps, views as fieldwork
from engage.followup.rooms import BLUEPRINTS as FOLLOWUP
from engage.handover import (
    override_views as overrides,
    package_views as packages,
    views as handover,
)
from engage.legacy import typed, views as legacy
from engage.messages import unsubscribe, views as messages
from engage.monitoring.rooms import BLUEPRINTS as MONITORING
from engage.neighbourhoods.rooms import BLUEPRINTS as NEIGHBOURHOODS
from engage.opening.rooms import BLUEPRINTS as OPENING
from engage.outreach import views as outreach
from engage.oversight.rooms import BLUEPRINTS as OVERSIGHT
from engage.partners import (
    staff_steps as partner_decisions,
    staff_views as partner_staff,
    steps as partner_steps,
    views as partners,
)
from engage.people.rooms import BLUEPRINTS as PEOPLE
from engage.publishing.rooms import BLUEPRINTS as PUBLISHING
from engage.register import (
    invalidations,
    name_views as names,
    pledge_views as pledge_staff,
    views as register,
)
from engage.reported import views as reported
from engage.reporting.rooms import BLUEPRINTS as REPORTING
from engage.results.rooms import BLUEPRINTS as RESULTS
from engage.screening import views as screening
from engage.signin import key_views as own_keys, second_views as second_step, views as signin
from engage.signing import confirm, counter, own_changes, own_page, pledges, sign
from engage.surveys import (
    brought,
    finish,
    home,
    invited,
    languages,
    leaving,
    paper,
    questions,
    returning,
    saved,
    start,
    staying,
)  # fmt: skip
from engage.thirdparty import (
    colleagues as centre_colleagues,
    figure_views as centre_figures,
    staff_views as centres,
    views as thirdparty,
    worker_views as centre_workers,
)
from engage.training import booking, desk, staff_views as training_staff, views as training
from engage.web import council, health

BLUEPRINTS: tuple[Blueprint, ...] = (
    health.blueprint,
    council.blueprint,
    home.blueprint,
    start.blueprint,
    brought.blueprint,
    questions.blueprint,
    finish.blueprint,
    saved.blueprint,
    returning.blueprint,
    staying.blueprint,
    languages.blueprint,
    leaving.blueprint,
    paper.blueprint,
    invited.blueprint,
    signin.blueprint,
    second_step.blueprint,
    own_keys.blueprint,
    fieldwork.blueprint,
    steps.blueprint,
    invitations.blueprint,
    outreach.blueprint,
    entry.blueprint,
    entered.blueprint,
    screening.blueprint,
    *DASHBOARD,
    analysis.blueprint,
    *EXPLORING,
    figure_table.blueprint,
    details.blueprint,
    outside.blueprint,
    downloads.blueprint,
    full_requests.blueprint,
    pledges.blueprint,
    sign.blueprint,
    confirm.blueprint,
    own_page.blueprint,
    own_changes.blueprint,
    counter.blueprint,
    partners.blueprint,
    partner_steps.blueprint,
    partner_staff.blueprint,
    partner_decisions.blueprint,
    training.blueprint,
    booking.blueprint,
    training_staff.blueprint,
    desk.blueprint,
    messages.blueprint,
    unsubscribe.blueprint,
    register.blueprint,
    pledge_staff.blueprint,
    names.blueprint,
    invalidations.blueprint,
    legacy.blueprint,
    typed.blueprint,
    *REPORTING,
    inbox.blueprint,
    report_access.blueprint,
    casework.blueprint,
    early.blueprint,
    evidence.blueprint,
    report_links.blueprint,
    handover.blueprint,
    overrides.blueprint,
    packages.blueprint,
    thirdparty.blueprint,
    centre_figures.blueprint,
    centre_colleagues.blueprint,
    centres.blueprint,
    centre_workers.blueprint,
    reported.blueprint,
    *PEOPLE,
    *OVERSIGHT,
    *OPENING,
    *MONITORING,
    *CODING,
    *PUBLISHING,
    *FOLLOWUP,
    *CHARTING,
    *RESULTS,
    *NEIGHBOURHOODS,
)
