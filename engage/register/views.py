"""Signatories for staff: search, one signature, statistics, a file to take along."""

from flask import Blueprint, abort, redirect, render_template, request, url_for
from sqlalchemy import Row
from werkzeug.wrappers import Response

from engage import clock
from engage.accounts.models import Role
from engage.areas.store import ward_names
from engage.contacts.holders import is_attached
from engage.contacts.store import forget_contact
from engage.extensions import db, site_settings
from engage.organisations.decisions import leave
from engage.pledges import counts, store as signatures, ward_figures
from engage.pledges.backing import is_backed
from engage.pledges.titles import titles
from engage.register import found
from engage.register.conditions import Conditions
from engage.register.over_time import over_time
from engage.register.pledge_views import BOTH, NUMBER, Page, found_pledge, note
from engage.register.search_forms import KINDS, NAME_STATES, SOURCES, STATES, SearchForm
from engage.web.access import count_shown, shows, staff
from engage.web.forms import PressForm

blueprint = Blueprint("register", __name__, url_prefix="/staff/pledges")
FILE = "file"


@blueprint.route(f"/<{NUMBER}:pledge_id>/signatures", methods=["GET", "POST"])
@staff(Role.SURVEY_MANAGER)
@shows("signatures", of="pledge")
def search(pledge_id: int) -> Page:
    """Find signatures; what is looked for is sent as a form, so that no log has a name in it."""
    found_pledge(pledge_id)
    connection = db.session.connection()
    wards, form = ward_names(db.session()), SearchForm()
    form.offer(wards)
    wanted = Conditions()
    if form.sent_and_valid():
        settings = site_settings()
        wanted = form.wanted(settings.address_key)
        if wanted.mailbox:
            note("signature.sought", pledge_id, by="address")
            db.session.flush()
        if request.form.get("as") == FILE:
            return _file(pledge_id, wanted, wards)
    page = (form.page.data or 1) if not form.errors else 1
    number = found.how_many(connection, pledge_id, wanted)
    listed = found.some(connection, pledge_id, wanted, page=page)
    count_shown(len(listed))
    shown = render_template(
        "register/search.html",
        form=form,
        pledge_id=pledge_id,
        title=titles(connection)[pledge_id],
        number=number,
        page=page,
        pages=-(-number // found.A_PAGE),
        listed=listed,
        wards=wards,
        words=WORDS,
    )
    db.session.commit()
    return (shown, 422) if form.errors else shown


@blueprint.route(f"/signatures/<{NUMBER}:signature_id>", methods=["GET", "POST"])
@staff(Role.SURVEY_MANAGER)
@shows("signature")
def signature(signature_id: int) -> str:
    """One signature; its address is shown when somebody presses for it, which is noted."""
    row, form = _signature(signature_id), PressForm()
    connection = db.session.connection()
    address = None
    if form.sent_and_valid():
        address = found.address_of(connection, signature_id)
        note("signature.opened", row.pledge_id, signature=signature_id)
    shown = render_template(
        "register/signature.html",
        signature=row,
        form=form,
        address=address,
        opened=request.method == "POST",
        title=titles(connection)[row.pledge_id],
        origin=found.origin_of(connection, row.batch_id),
        wards=ward_names(db.session()),
        words=WORDS,
    )
    db.session.commit()
    return shown


@blueprint.route(f"/signatures/<{NUMBER}:signature_id>/erase", methods=["GET", "POST"])
@staff(Role.SURVEY_MANAGER)
def erase(signature_id: int) -> str | Response:
    """Ask whether a signature shall be deleted, as the person wishes; it counts no more."""
    row, form = _signature(signature_id), PressForm()
    if not form.sent_and_valid():
        return render_template("register/erase.html", signature=row, form=form)
    connection = db.session.connection()
    signatures.erase_one(connection, signature_id)
    if row.organisation_id is not None and not is_backed(connection, row.organisation_id):
        leave(connection, row.organisation_id)  # it is on the list because it signed
    if row.contact_id is not None and not is_attached(connection, row.contact_id):
        forget_contact(connection, row.contact_id)  # with what they agreed to hear
    note("signature.erased", row.pledge_id, source=row.source)
    db.session.commit()
    return redirect(url_for("register.search", pledge_id=row.pledge_id), 303)


@blueprint.get(f"/<{NUMBER}:pledge_id>/statistics")
@staff(*BOTH)
def statistics(pledge_id: int) -> str:
    """How many signed over time and by source; wards as everybody sees them."""
    found_pledge(pledge_id)
    connection = db.session.connection()
    wards = ward_names(db.session())
    return render_template(
        "register/statistics.html",
        pledge_id=pledge_id,
        title=titles(connection)[pledge_id],
        total=counts.total(connection, pledge_id),
        figures=over_time(connection, pledge_id, clock.today()),
        by_ward=ward_figures.shown(connection, pledge_id, wards).by_ward,
        wards=wards,
        sources=SOURCES,
    )


WORDS = {
    "kind": {kind.value: words for kind, words in KINDS.items()},
    "state": {state.value: words for state, words in STATES.items()},
    "source": {source.value: words for source, words in SOURCES.items()},
    "name": {state.value: words for state, words in NAME_STATES.items()},
}
"""What the pages and the file call each kind, state and source."""


def _file(pledge_id: int, wanted: Conditions, wards: dict[str, str]) -> Response:
    """The signatures as CSV; who took them along, and how many, is written down."""
    taken = found.some(db.session.connection(), pledge_id, wanted, size=found.MOST)
    note("signatures.exported", pledge_id, signatures=len(taken))
    db.session.commit()
    answer = Response(found.as_csv(taken, wards, WORDS), content_type="text/csv")
    name = f"pledge-{pledge_id}-signatures-{clock.today()}.csv"
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def _signature(signature_id: int) -> Row[tuple[object, ...]]:
    return signatures.get(db.session.connection(), signature_id) or abort(404)
