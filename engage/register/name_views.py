"""Names that people asked to be shown: staff look at them and show or hide them."""

from flask import Blueprint, abort, flash, get_flashed_messages, redirect, render_template, url_for
from werkzeug.wrappers import Response
from wtforms import Field, HiddenField

from engage.accounts.models import Role
from engage.audit.done import note_done
from engage.extensions import db
from engage.pledges import showing
from engage.pledges.models import NameState
from engage.pledges.titles import titles
from engage.register.pledge_views import NUMBER
from engage.web.access import count_shown, shows, staff
from engage.web.forms import Form
from engage.web.staff_pages import PLEDGE, add_staff_page

blueprint = Blueprint("names", __name__, url_prefix="/staff/names")


def notices() -> list[str]:
    """What the staff home page says at its top."""
    number = showing.how_many_wait(db.session.connection())
    if not number:
        return []
    return [
        "1 name waits to be looked at" if number == 1 else f"{number:,} names wait to be looked at"
    ]


add_staff_page(
    blueprint,
    "Names that wait",
    "names.wait",
    PLEDGE,
    "Look at the names that people asked to show on a pledge, before everybody sees them.",
    notices=notices,
)


class Many(Field):
    """Values of one name, each once."""

    data: list[str]

    def process_formdata(self, sent: list[str]) -> None:
        """Keep what was sent, no more than a page of it."""
        self.data = list(dict.fromkeys(sent))[: showing.A_PAGE]


class NamesForm(Form):
    """The names on the page as they were seen, and those of them that were ticked."""

    seen = Many()  # type: ignore[no-untyped-call]  # it has no types
    hide = Many()  # type: ignore[no-untyped-call]


class NameForm(Form):
    """One name as it was seen, and what is to become of it."""

    seen = HiddenField()
    state = HiddenField()


@blueprint.route("", methods=["GET", "POST"])
@staff(Role.SURVEY_MANAGER)
@shows("names")
def wait() -> str | Response:
    """The names that wait: those that are ticked are hidden, the others on the page are shown."""
    connection = db.session.connection()
    form = NamesForm()
    if form.sent_and_valid():
        hidden = set(form.hide.data or [])
        ticked = [each for each in form.seen.data or [] if each in hidden]
        others = [each for each in form.seen.data or [] if each not in hidden]
        number = _decide(ticked, NameState.HIDDEN), _decide(others, NameState.SHOWN)
        db.session.commit()
        flash("{1} shown, {0} hidden.".format(*number), "names")
        return redirect(url_for("names.wait"), 303)
    waiting = showing.waiting(connection)
    count_shown(len(waiting))
    return render_template(
        "register/names.html",
        form=form,
        waiting=waiting,
        number=showing.how_many_wait(connection),
        titles=titles(connection),
        said=get_flashed_messages(category_filter=["names"]),
    )


@blueprint.route(f"/<{NUMBER}:signature_id>", methods=["GET", "POST"])
@staff(Role.SURVEY_MANAGER)
@shows("names", of="signature")
def one(signature_id: int) -> str | Response:
    """One name, to be hidden or shown whatever was decided before."""
    form, connection = NameForm(), db.session.connection()
    if form.sent_and_valid() and form.state.data in (NameState.SHOWN, NameState.HIDDEN):
        _decide([str(form.seen.data)], NameState(form.state.data))
        db.session.commit()
        return redirect(url_for("names.one", signature_id=signature_id), 303)
    asked = showing.one(connection, signature_id) or abort(404)
    return render_template("register/name.html", asked=asked, form=form)


def _decide(seen: list[str], state: NameState) -> int:
    """Decide, and write into the audit log about which signatures, by number."""
    numbers = showing.decide(db.session.connection(), seen, state)
    for number in numbers:
        note_done(f"name.{state}", f"signature:{number}")
    return len(numbers)
