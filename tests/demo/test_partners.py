"""The organisations of the demonstration show every standing, and can be decided about."""

from collections import Counter

from pledged import KEY, TODAY, make_pledge
from sqlalchemy import func, select

from engage.demo.partners import NAMES, WAITING, load_partners
from engage.demo.pledge import SLUG
from engage.extensions import db
from engage.organisations.commitments import Status
from engage.organisations.listed import Filter, find, told
from engage.organisations.models import Standing
from engage.partners.queue import waiting
from engage.pledges.counts import total
from engage.pledges.models import Kind, Signature


def test_the_demonstration_shows_every_standing(lite_app):
    pledge = make_pledge(SLUG)
    load_partners(db.session(), SLUG, TODAY, KEY)
    db.session.commit()
    made = sum(map(len, NAMES.values()))
    found = find(db.session(), Filter(), 1)
    assert found.total == made - len(WAITING)
    counted = Counter()
    for statuses in told(db.session(), found.rows, TODAY).values():
        counted.update(statuses)
    assert set(counted) == set(Status) - {Status.DROPPED}
    assert waiting(db.session()) == {Standing.ASKED: 2, Standing.VERIFIED: 1}
    assert total(db.session.connection(), pledge, Kind.ORGANISATION) == made
    signed = select(func.count()).where(Signature.organisation_id.is_not(None))
    assert db.session.scalar(signed) == made
