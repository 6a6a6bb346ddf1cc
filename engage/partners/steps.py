"""What an organisation does itself: its promises, through a mailed link, which changes nothing."""

from flask import Blueprint, abort, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from engage import clock
from engage.contacts import tokens
from engage.extensions import db
from engage.organisations import commitments as promises, decisions, store
from engage.organisations.models import Commitment, Organisation, Progress, Promise, Standing
from engage.partners.forms import PromiseForm
from engage.partners.public import public_page, shown
from engage.partners.views import WORDS
from engage.web.access import public
from engage.web.forms import PressForm

blueprint = Blueprint(
    "partner_steps", __name__, url_prefix="/our-organisation/<string(maxlength=64):secret>"
)
ONE = "/<int(max=2147483647):number>"
PROMISE = f"{ONE}/promises/<name:promise>"

Page = str | Response | tuple[str, int]


@blueprint.get("")
@public
def ours(secret: str) -> str:
    """What the organisations of a mailbox promised, and what they can do."""
    today = clock.today()
    pages = [
        (public_page(db.session(), each, today), _may_renew(each), _unmade(each))
        for each in _theirs(secret)
    ]
    return render_template(
        "partners/ours.html", secret=secret, pages=pages, form=PressForm(), **WORDS
    )


@blueprint.route(PROMISE, methods=["GET", "POST"])
@public
def promise(secret: str, number: int, promise: str) -> Page:
    """How a promise stands, and a form to say so."""
    organisation = _organisation(secret, number)
    commitment = _commitment(organisation, promise)
    if not promises.holds(commitment, clock.today()):
        return redirect(_home(secret), 303)  # it is to be renewed first
    form = PromiseForm(
        data={
            name: getattr(commitment, name) for name in ("progress", "due_on", "owner", "evidence")
        }
    )
    if form.sent_and_fits(commitment):
        promises.change(db.session.connection(), commitment, form.change(), clock.today())
        db.session.commit()
        return redirect(_home(secret), 303)
    page = render_template(
        "partners/promise.html",
        form=form,
        secret=secret,
        organisation=organisation,
        shown=shown(commitment, clock.today()),
        **WORDS,
    )
    return (page, 422) if form.errors else page


@blueprint.post(f"{PROMISE}/make")
@public
def make(secret: str, number: int, promise: str) -> Response:
    """Make a promise for a year: a new one, or one whose year ends or that was taken back."""
    organisation, today = _organisation(secret, number), clock.today()
    if PressForm().sent_and_valid() and promise in set(Promise):
        held = _held(organisation, promise)
        if held is None:
            store.promise_once(db.session.connection(), number, Promise(promise), today)
        else:
            promises.renew(db.session.connection(), held, today)
        db.session.commit()
    return redirect(_home(secret), 303)


@blueprint.route(f"{PROMISE}/take-back", methods=["GET", "POST"])
@public
def take_back(secret: str, number: int, promise: str) -> Page:
    """Take a promise back, after asking."""
    organisation = _organisation(secret, number)
    commitment = _commitment(organisation, promise)
    if PressForm().sent_and_valid():
        promises.drop(db.session.connection(), commitment.id)
        db.session.commit()
        return redirect(_home(secret), 303)
    return render_template(
        "partners/take_back.html",
        form=PressForm(),
        secret=secret,
        organisation=organisation,
        promise=Promise(promise),
        **WORDS,
    )


@blueprint.route(f"{ONE}/leave", methods=["GET", "POST"])
@public
def leave(secret: str, number: int) -> Page:
    """Take the organisation off the list, after asking."""
    organisation = _organisation(secret, number)
    if PressForm().sent_and_valid():
        decisions.leave(db.session.connection(), number)
        db.session.commit()
        return render_template("partners/left.html", name=organisation.name)
    return render_template(
        "partners/leave.html", form=PressForm(), secret=secret, organisation=organisation
    )


def _theirs(secret: str) -> list[Organisation]:
    """The listed organisations of the mailbox that a link was sent to; 410 for an old link."""
    connection = db.session.connection()
    token = tokens.read(connection, secret, "partner", clock.now())
    if token is None:
        abort(
            410, _("This link is too old. You can ask for a new one on your organisation's page.")
        )
    numbers = store.of_contact(connection, token.contact_id)
    found = (db.session.get_one(Organisation, number) for number in numbers)
    return [each for each in found if each.standing == Standing.APPROVED]


def _organisation(secret: str, number: int) -> Organisation:
    """One of them; answers 404 for an organisation of somebody else."""
    return next((each for each in _theirs(secret) if each.id == number), None) or abort(404)


def _held(organisation: Organisation, promise: str) -> Commitment | None:
    made = promises.of_organisation(db.session(), organisation.id)
    return next((each for each in made if each.promise == promise), None)


def _commitment(organisation: Organisation, promise: str) -> Commitment:
    held = _held(organisation, promise)
    if held is None or held.progress == Progress.DROPPED:
        abort(404)
    return held


def _may_renew(organisation: Organisation) -> set[Promise]:
    made = promises.of_organisation(db.session(), organisation.id)
    today = clock.today()
    return {Promise(each.promise) for each in made if promises.may_renew(each, today)}


def _unmade(organisation: Organisation) -> list[Promise]:
    made = {each.promise for each in promises.of_organisation(db.session(), organisation.id)}
    return [each for each in Promise if each not in made]


def _home(secret: str) -> str:
    return url_for("partner_steps.ours", secret=secret)
