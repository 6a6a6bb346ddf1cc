"""Actions as staff keep them: the list, a new one, a change, what happened since."""

from flask import Blueprint, abort, redirect, render_template, url_for
from werkzeug.wrappers import Response

from engage import clock
from engage.accounts.models import Role
from engage.actions import store
from engage.actions.content import Content, content_of
from engage.actions.models import Action
from engage.actions.words import STATES
from engage.areas.store import ward_names
from engage.extensions import db
from engage.followup.forms import ActionForm, UpdateForm, written
from engage.followup.one_page import one_page
from engage.followup.shown import LONGEST, choices
from engage.freetext.models import QuoteState
from engage.freetext.quotes import quotes_in
from engage.freetext.released import quotes_by_id
from engage.web.access import current_user, staff
from engage.web.staff_pages import RESIDENTS, add_staff_page

NUMBER = "int(max=2147483647)"
KEEPERS = (Role.SURVEY_MANAGER, Role.ANALYST)

blueprint = Blueprint("followup", __name__, url_prefix="/staff/actions")


def notices() -> list[str]:
    """How many actions are overdue."""
    today = clock.today()
    late = sum(store.overdue(each, today) for each in store.listed(db.session()))
    return [f"{late} {'action is' if late == 1 else 'actions are'} overdue"] if late else []


add_staff_page(
    blueprint,
    "Actions",
    "followup.actions",
    RESIDENTS,
    "Say what was done about what people said, and show it to them.",
    notices=notices,
)

Page = str | Response | tuple[str, int]


@blueprint.get("")
@staff(*KEEPERS)
def actions() -> str:
    """Every action, with those that are overdue marked."""
    return render_template(
        "followup/list.html",
        actions=store.listed(db.session()),
        states=STATES,
        late=store.overdue,
        today=clock.today(),
    )


@blueprint.route("/new", methods=["GET", "POST"])
@staff(*KEEPERS)
def create() -> Page:
    """Write down a new action."""
    session, form = db.session(), ActionForm(version=0)
    _offer(form, None)
    if form.sent_and_valid():
        made = store.create(session, form.content(), by=current_user.id, now=clock.now())
        session.commit()
        return redirect(url_for("followup.one", action_id=made.id), 303)
    page = render_template("followup/edit.html", form=form, action=None)
    return (page, 422) if form.errors else page


@blueprint.get(f"/<{NUMBER}:action_id>")
@staff(*KEEPERS)
def one(action_id: int) -> str:
    """An action as it is, as everybody sees it, and what waits for a second person."""
    return one_page(_action(action_id))


@blueprint.route(f"/<{NUMBER}:action_id>/change", methods=["GET", "POST"])
@staff(*KEEPERS)
def change(action_id: int) -> Page:
    """Change an action; of two who do so at once the second is told what the first wrote."""
    session, action = db.session(), _action(action_id)
    form = ActionForm(**_given(action))
    _offer(form, action)
    if not form.sent_and_valid():
        page = render_template("followup/edit.html", form=form, action=action)
        return (page, 422) if form.errors else page
    try:
        store.change(
            session,
            action,
            form.content(),
            version=form.version.data,
            by=current_user.id,
            now=clock.now(),
        )
    except store.ChangedError as fault:
        session.rollback()
        now = content_of(action)
        theirs = _differences(form.content(now.updates), now)
        form.blame("title", f"{fault} Compare, then send yours again.")
        form.version.data = form.version.raw_data = action.version
        page = render_template("followup/edit.html", form=form, action=action, theirs=theirs)
        return page, 409
    session.commit()
    return redirect(url_for("followup.one", action_id=action_id), 303)


@blueprint.post(f"/<{NUMBER}:action_id>/updates")
@staff(*KEEPERS)
def update(action_id: int) -> Page:
    """Say what happened since."""
    session, action, form = db.session(), _action(action_id), UpdateForm()
    if not form.sent_and_valid():
        return one_page(action, update=form), 422
    try:
        store.add_update(
            session,
            action,
            form.words.data.strip(),
            version=form.version.data,
            by=current_user.id,
            now=clock.now(),
            day=clock.today(),
        )
    except store.ChangedError as fault:
        session.rollback()
        form.blame("words", f"{fault} Look at it, then send yours again.")
        return one_page(action, update=form), 409
    session.commit()
    return redirect(url_for("followup.one", action_id=action_id, _anchor="updates"), 303)


def _action(action_id: int) -> Action:
    return db.session().get(Action, action_id) or abort(404)


def _offer(form: ActionForm, action: Action | None) -> None:
    """Let wards, findings and quotes be chosen, also those that the action has."""
    session = db.session()
    wards = tuple(form.wards.data or ())
    findings = choices(session, clock.today(), wards)
    held = content_of(action) if action else None
    for each in held.findings if held else ():
        findings.setdefault(written(each), "A finding that is not published any more")
    released = [each.id for each in quotes_in(session, [QuoteState.RELEASED])]
    quotes = {each.id: _short(each.text) for each in quotes_by_id(session, released)}
    for number in held.quotes if held else ():
        quotes.setdefault(number, "A quote that was taken back")
    form.offer(ward_names(session), findings, quotes)


def _given(action: Action) -> dict[str, object]:
    """What the form shows before anything is sent."""
    content = content_of(action)
    findings = [*map(written, content.findings), "", "", ""][:3]
    names = ("title", "theme", "said", "did", "owner", "due_on", "done_on", "state", "why")
    return {
        **{name: getattr(content, name) for name in names},
        **dict(zip(("first", "second", "third"), findings, strict=True)),
        "wards": list(content.wards),
        "quotes": list(content.quotes),
        "version": action.version,
    }


def _differences(mine: Content, theirs: Content) -> list[tuple[str, str]]:
    """What stands there now where it is not what was sent: the field, and their words."""
    named = {"title": "Title", "said": "You said", "did": "We did", "owner": "Who does it"}
    dates = {"due_on": "Due on", "done_on": "Done on", "state": "How far it is", "why": "Why"}
    lists = {"wards": "Wards", "findings": "Findings", "quotes": "Quotes", "theme": "Theme"}
    return [
        (label, str(getattr(theirs, name) or "nothing"))
        for name, label in (named | dates | lists).items()
        if getattr(mine, name) != getattr(theirs, name)
    ]


def _short(words: str) -> str:
    return words if len(words) <= LONGEST else f"{words[:LONGEST]}…"
