"""Signatures taken out of the count by conditions, and put back."""

import hmac
from datetime import date

from flask import Blueprint, abort, current_app, redirect, render_template, request, url_for
from sqlalchemy import insert, select, update
from werkzeug.wrappers import Response

from engage import clock
from engage.accounts.models import Role
from engage.areas.store import ward_names
from engage.extensions import db, table_of
from engage.pledges.invalidation import invalidate, restore
from engage.pledges.models import Invalidation, State
from engage.pledges.titles import titles
from engage.register import found, signs
from engage.register.conditions import SIGNATURES, Conditions, read_conditions
from engage.register.pledge_views import NUMBER, Page, found_pledge, note
from engage.register.search_forms import ReasonForm, TakeOutForm
from engage.register.views import WORDS
from engage.web.access import count_shown, current_user, shows, staff

blueprint = Blueprint("invalidations", __name__, url_prefix="/staff/pledges")

TABLE = table_of(Invalidation)
SAMPLE = 10
STANDING = (State.CONFIRMED, State.PENDING)
PREFILLED = ("number", "domain", "network", "ward", "kind", "source")
"""What a link to the form may say; a name may not stand in an address."""


@blueprint.get(f"/<{NUMBER}:pledge_id>/signs")
@staff(Role.SURVEY_MANAGER)
def signals(pledge_id: int) -> str:
    """Signs of abuse: many signatures in a day from one network or of one domain."""
    found_pledge(pledge_id)
    connection = db.session.connection()
    return render_template(
        "register/signs.html",
        pledge_id=pledge_id,
        title=titles(connection)[pledge_id],
        networks=signs.networks(connection, pledge_id),
        domains=signs.domains(connection, pledge_id, clock.today()),
        many=signs.MANY,
    )


@blueprint.get(f"/<{NUMBER}:pledge_id>/taken-out")
@staff(Role.SURVEY_MANAGER)
@shows("signatures", of="pledge")
def all_of(pledge_id: int) -> str:
    """Every time that signatures of a pledge were taken out, the newest first."""
    found_pledge(pledge_id)
    wanted = select(TABLE).where(TABLE.c.pledge_id == pledge_id).order_by(TABLE.c.id.desc())
    return render_template(
        "register/taken_out.html",
        pledge_id=pledge_id,
        title=titles(db.session.connection())[pledge_id],
        invalidations=db.session.execute(wanted).all(),
        spoken=read_conditions,
    )


@blueprint.route(f"/<{NUMBER}:pledge_id>/take-out", methods=["GET", "POST"])
@staff(Role.SURVEY_MANAGER)
@shows("signatures", of="pledge")
def take_out(pledge_id: int) -> Page:
    """Try conditions: how many they mean, and some of them; then take those out, with a reason."""
    found_pledge(pledge_id)
    wards = ward_names(db.session())
    form = TakeOutForm(data=_from_link())
    form.offer(wards)
    number, sample, expected = 0, [], ""
    if form.sent_and_valid():
        wanted = form.conditions
        if not wanted.given:
            form.blame("number", "Enter at least one condition: without any, all would be meant")
        elif form.tried and form.reason.data.strip():
            numbers = _numbers(pledge_id, wanted)
            bound = _bound(pledge_id, wanted, numbers).encode()
            if hmac.compare_digest(bound, str(form.expected.data).encode()):
                return _taken_out(pledge_id, form, numbers)
            form.blame("reason", "These are not those that you saw. Look at them once more")
        elif form.tried:
            form.blame("reason", "Enter the reason")
        numbers = _numbers(pledge_id, wanted) if wanted.given else []
        number, expected = len(numbers), _bound(pledge_id, wanted, numbers)
        sample = _sample(pledge_id, wanted) if wanted.given else []
    count_shown(len(sample))
    page = render_template(
        "register/take_out.html",
        form=form,
        pledge_id=pledge_id,
        title=titles(db.session.connection())[pledge_id],
        number=number,
        expected=expected,
        sample=sample,
        tried=form.tried or (request.method == "POST" and not form.errors),
        wards=wards,
        words=WORDS,
    )
    return (page, 422) if form.errors else page


@blueprint.route(f"/taken-out/<{NUMBER}:invalidation_id>", methods=["GET", "POST"])
@staff(Role.SURVEY_MANAGER)
@shows("signatures", of="invalidation")
def undo(invalidation_id: int) -> Page:
    """One time that signatures were taken out; with a reason they are put back."""
    held = select(TABLE).where(TABLE.c.id == invalidation_id).with_for_update()
    row = db.session.execute(held).one_or_none() or abort(404)
    form = ReasonForm()
    if row.undone_at is None and form.sent_and_valid():
        back = restore(db.session.connection(), invalidation_id)
        undone = {
            "undone_at": clock.now(),
            "undone_by": current_user.id,
            "undone_reason": form.reason.data.strip(),
        }
        db.session.execute(update(TABLE).where(TABLE.c.id == invalidation_id).values(undone))
        note("signatures.restored", row.pledge_id, signatures=back, invalidation=invalidation_id)
        db.session.commit()
        return redirect(url_for("invalidations.all_of", pledge_id=row.pledge_id), 303)
    page = render_template(
        "register/undo.html",
        invalidation=row,
        spoken=read_conditions(row.conditions),
        form=form,
        title=titles(db.session.connection())[row.pledge_id],
    )
    return (page, 422) if form.errors else page


def _from_link() -> dict[str, object]:
    """What a link to the form says; signs of abuse lead to it with a day."""
    given: dict[str, object] = {
        name: request.args[name] for name in PREFILLED if name in request.args
    }
    try:
        day = date.fromisoformat(request.args.get("day", ""))
    except ValueError:
        return given
    return given | {"first": day, "last": day}


def _taken_out(pledge_id: int, form: TakeOutForm, numbers: list[int]) -> Response:
    connection = db.session.connection()
    new = {
        "pledge_id": pledge_id,
        "conditions": form.conditions.written(),
        "reason": form.reason.data.strip(),
        "number": len(numbers),
        "staff_id": current_user.id,
        "at": clock.now(),
    }
    made = connection.execute(insert(TABLE).values(new)).inserted_primary_key
    number = int(made[0]) if made else 0
    counted = invalidate(connection, numbers, number)
    note("signatures.invalidated", pledge_id, signatures=counted, invalidation=number)
    db.session.commit()
    return redirect(url_for("invalidations.all_of", pledge_id=pledge_id), 303)


def _numbers(pledge_id: int, wanted: Conditions) -> list[int]:
    """The signatures that the conditions mean and that count, or wait to."""
    meant = (*wanted.clauses(pledge_id), SIGNATURES.c.state.in_(STANDING))
    listed = select(SIGNATURES.c.id).where(*meant).order_by(SIGNATURES.c.id)
    return list(db.session.execute(listed).scalars())


def _bound(pledge_id: int, wanted: Conditions, numbers: list[int]) -> str:
    """What only we can make of conditions and what they mean: whoever sends it saw just those."""
    key = str(current_app.config["SECRET_KEY"]).encode()
    seen = f"take-out {pledge_id} {wanted.written()} {numbers}"
    return hmac.new(key, seen.encode(), "sha256").hexdigest()


def _sample(pledge_id: int, wanted: Conditions) -> list[found.Found]:
    """The newest of them."""
    return found.some(db.session.connection(), pledge_id, wanted, size=SAMPLE, states=STANDING)
