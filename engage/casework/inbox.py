"""The inbox: the lists of reports, filtered by a form so that no address tells what for."""

from datetime import date

from flask import Blueprint, render_template, request

from engage import clock
from engage.areas.store import ward_names
from engage.casework import shelf, shown
from engage.casework.forms import FilterForm
from engage.casework.page import colleagues
from engage.casework.queues import NAMES, Filter, Found, Queue, Reader, look
from engage.casework.rows import Rows
from engage.casework.words import LEVELS, STATUSES, URGENCIES
from engage.centres.store import names as centre_names
from engage.core.reporting.clocks import standing
from engage.core.reporting.risk import urgency_of
from engage.extensions import db
from engage.keyring.access import keyed
from engage.keyring.held import held_keys, held_or_none
from engage.keyring.roles import ENTITLED
from engage.reports.lead_first import unread
from engage.web.access import count_shown, current_user, shows
from engage.web.forms import choices_of
from engage.web.staff_pages import REPORTS, add_staff_page
from engage.web.whole_number import whole_number

blueprint = Blueprint("inbox", __name__, url_prefix="/staff/reports")


def _notices() -> list[str]:
    """What the staff home page says of overrides that wait, while the keys are open."""
    if held_or_none() is None:
        return []
    rows = rows_of_mine()
    second = rows.column("second")
    number = sum(second[place] for place in rows.good) + sum(row.second for row in rows.fresh)
    if not number:
        return []
    waits = "override waits" if number == 1 else "overrides wait"
    return [f"{number} {waits} for a second person"]


add_staff_page(
    blueprint,
    "Reports",
    "inbox.inbox",
    REPORTS,
    "Read what was reported, and work on it.",
    notices=_notices,
)


@blueprint.route("", methods=["GET", "POST"])
@keyed(*ENTITLED)
@shows("reports")
def inbox() -> str:
    """A list of reports, the most urgent first."""
    rows, form = rows_of_mine(), FilterForm()
    wards = ward_names(db.session())
    _offer(form, wards)
    wanted = (
        Filter(**{name: form[name].data or "" for name in Filter.__slots__})
        if form.sent_and_valid()
        else Filter()
    )
    people = colleagues()
    reader = Reader(current_user.id, frozenset(people))
    page = whole_number(form.page.data, 1)
    found = look(rows, reader, _queue(), wanted, page)
    count_shown(len(found.rows))
    return render_template(
        "casework/inbox.html",
        found=found,
        filtered=wanted != Filter(),
        unread=_unread(found),
        day_of=date.fromisoformat,
        form=form,
        queues=NAMES,
        wards=wards,
        people=people,
        kinds=shown.labels_of("kind_of_harm"),
        strands=shown.labels_of("strands"),
        levels=LEVELS,
        statuses=STATUSES,
        urgencies={code: words.partition(":")[0] for code, words in URGENCIES.items()},
        centres=centre_names(db.session.connection()),
        urgency_of=lambda row: row.urgency or urgency_of(row.score).value,
        standing=standing,
        today=clock.today(),
    )  # fmt: skip


def _unread(found: Found) -> set[str]:
    """Those on the page that a safeguarding lead has to read first."""
    young = [row.id for row in found.rows if row.under_18]
    return unread(db.session.connection(), held_keys(), young)


def rows_of_mine() -> Rows:
    """Every report that this person can open. What is kept for the next time is a cache alone."""
    held = held_keys()
    with db.engine.connect().execution_options(read_only=True) as connection:
        rows = shelf.rows_of(connection, held)
    if len(rows.fresh) >= shelf.WORTH_KEEPING:
        db.session.rollback()  # or on a page that is sent it would hold SQLite's lock itself
        with db.engine.connect().execution_options(read_only=False) as writing, writing.begin():
            shelf.keep(writing, held, rows)
    return rows


def _queue() -> Queue | None:
    asked = request.values.get("queue", "")
    return Queue(asked) if asked in tuple(Queue) else None


def _offer(form: FilterForm, wards: dict[str, str]) -> None:
    everything = [("", "All")]
    for field, named in (
        (form.status, STATUSES),
        (form.kind, shown.labels_of("kind_of_harm")),
        (form.strand, shown.labels_of("strands")),
        (form.ward, wards | shown.labels_of("ward")),
        (form.wish, LEVELS),
    ):
        field.choices = choices_of(
            [*everything, *((str(code), words) for code, words in named.items())]
        )
