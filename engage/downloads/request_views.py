"""A second person looks at a request for the responses in full, and says yes or no."""

from collections.abc import Collection

from flask import Blueprint, abort, redirect, render_template, url_for
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from engage import clock
from engage.accounts.models import Role, StaffMember
from engage.approvals import store as approvals
from engage.approvals.store import ApprovalError
from engage.approvals.told import Thing, tell_of, wave_names
from engage.downloads import requests, service
from engage.downloads.forms import AnswerForm
from engage.downloads.models import FullRequest
from engage.extensions import db
from engage.waves import store as waves
from engage.waves.published import definition_of
from engage.web.access import current_user, staff
from engage.web.templating import in_words

blueprint = Blueprint("full_requests", __name__)

Page = str | Response | tuple[str, int]
NUMBER = "int(max=2147483647)"


def about_requests(session: Session, numbers: Collection[int]) -> dict[int, Thing]:
    """What taking the responses in full is called in the list of what was approved."""
    rows = session.scalars(select(FullRequest).where(FullRequest.id.in_(numbers))).all()
    names = wave_names(session, {row.wave_id for row in rows})
    return {
        row.id: Thing(
            f"Taking the responses in full of {names[row.wave_id]}, until "
            f"{in_words(row.delete_on)}, for this: {row.purpose}",
            {"request_id": row.id},
        )
        for row in rows
    }


tell_of(blueprint, requests.KIND, about_requests, "full_requests.decide")


@blueprint.route(f"/staff/downloads/requests/<{NUMBER}:request_id>", methods=["GET", "POST"])
@staff(Role.ANALYST)
def decide(request_id: int) -> Page:
    """What is asked for, by whom and why; what is sent is the answer of somebody else."""
    session = db.session()
    asked = session.get(FullRequest, request_id) or abort(404)
    form = AnswerForm()
    if not form.sent_and_valid():
        page = _page(asked, form)
        return (page, 422) if form.errors else page
    try:
        _answer(asked, form)
    except ApprovalError as error:
        session.rollback()
        return _page(asked, AnswerForm(formdata=None), fault=str(error)), 409
    session.commit()
    return redirect(url_for("full_requests.decide", request_id=request_id), 303)


def _answer(asked: FullRequest, form: AnswerForm) -> None:
    session, now, me = db.session(), clock.now(), current_user.id
    digest = form.digest.data or ""
    if form.answer.data == "yes":
        service.agree(session, asked, digest, staff_id=me, now=now)
        return
    subject, why = requests.subject_of(asked), form.reason.data or ""
    approvals.refuse(session, subject, digest, by=me, now=now, reason=why)


def _page(asked: FullRequest, form: AnswerForm, fault: str = "") -> str:
    session = db.session()
    wave = waves.get(session, asked.wave_id) or abort(404)
    said = approvals.history(session, requests.subject_of(asked))[:1]
    people = {asked.asked_by, *(each.decided_by for each in said)} - {None}
    return render_template(
        "downloads/request.html",
        asked=asked,
        wave=wave,
        definition=definition_of(wave.definition),
        said=said[0] if said else None,
        names={each: _name(each) for each in people if each},
        digest=requests.digest_of(asked),
        others=approvals.others(session, requests.AGREE, asked.asked_by),
        form=form,
        fault=fault,
    )


def _name(staff_id: int) -> str:
    member = db.session.get(StaffMember, staff_id)
    return member.name if member else "someone who has left"
