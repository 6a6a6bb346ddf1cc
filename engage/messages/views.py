"""Writing to signatories: draft, dry run, send, watch, stop."""

from flask import Blueprint, abort, redirect, render_template, url_for
from sqlalchemy import select
from werkzeug.wrappers import Response

from engage import clock
from engage.accounts.models import Role
from engage.areas.store import ward_names
from engage.audit.done import note_done
from engage.campaigns import store
from engage.campaigns.models import Campaign
from engage.campaigns.segment import Segment, dry_run, stored_segment
from engage.contacts.consent import subjects
from engage.extensions import db, site_settings
from engage.messages.forms import KINDS, MessageForm, SendForm, as_given
from engage.outbox.kinds import Kind
from engage.outbox.letters import STOP, foot
from engage.outbox.ways import way
from engage.pledges.titles import titles
from engage.web.access import current_user, staff
from engage.web.forms import PressForm
from engage.web.language import LANGUAGES
from engage.web.staff_pages import PLEDGE, add_staff_page

blueprint = Blueprint("messages", __name__, url_prefix="/staff/messages")
add_staff_page(
    blueprint,
    "Messages",
    "messages.all_messages",
    PLEDGE,
    "Write to people who agreed to hear from you.",
)

Page = str | Response | tuple[str, int]
NUMBER = "int(max=2147483647)"


@blueprint.get("")
@staff(Role.SURVEY_MANAGER)
def all_messages() -> str:
    """Every message to many, the newest first."""
    found = db.session.scalars(select(Campaign).order_by(Campaign.id.desc())).all()
    return render_template("messages/all.html", campaigns=found, subjects=subjects())


@blueprint.route("/new", methods=["GET", "POST"])
@staff(Role.SURVEY_MANAGER)
def new() -> Page:
    """Write one; it is a draft until somebody sends it."""
    form = _form()
    if form.sent_and_valid():
        campaign = store.write(
            db.session(),
            segment=form.segment,
            subject=form.subject.data,
            text=form.written,
            staff_id=current_user.id,
            now=clock.now(),
        )
        _note("campaign.written", campaign.id)
        db.session.commit()
        return redirect(url_for("messages.message", campaign_id=campaign.id), 303)
    page = render_template("messages/write.html", form=form, campaign=None)
    return (page, 422) if form.errors else page


@blueprint.get(f"/<{NUMBER}:campaign_id>")
@staff(Role.SURVEY_MANAGER)
def message(campaign_id: int) -> str:
    """A draft as it will be sent and to how many, or how far it has come."""
    return _page(_campaign(campaign_id), SendForm(formdata=None))


@blueprint.route(f"/<{NUMBER}:campaign_id>/change", methods=["GET", "POST"])
@staff(Role.SURVEY_MANAGER)
def change(campaign_id: int) -> Page:
    """Write a draft anew."""
    campaign = _draft(campaign_id)
    form = _form(**as_given(campaign))
    if form.sent_and_valid():
        subject = str(form.subject.data)
        if not store.change(db.session(), campaign_id, form.segment, subject, form.written):
            abort(409, "This message was sent meanwhile. It cannot be changed any more.")
        _note("campaign.changed", campaign_id)
        db.session.commit()
        return redirect(url_for("messages.message", campaign_id=campaign_id), 303)
    page = render_template("messages/write.html", form=form, campaign=campaign)
    return (page, 422) if form.errors else page


@blueprint.post(f"/<{NUMBER}:campaign_id>/send")
@staff(Role.SURVEY_MANAGER)
def send(campaign_id: int) -> Page:
    """Send a draft; pressing twice sends it once."""
    campaign, form = _campaign(campaign_id), SendForm()
    if not form.sent_and_valid():
        return _page(campaign, form), 422
    people = dry_run(db.session.connection(), _segment(campaign)).number
    if store.start(db.session(), campaign_id, clock.now()):
        _note("campaign.started", campaign_id, people=people, topic=campaign.topic)
        db.session.commit()
    return redirect(url_for("messages.message", campaign_id=campaign_id), 303)


@blueprint.post(f"/<{NUMBER}:campaign_id>/stop")
@staff(Role.SURVEY_MANAGER)
def stop(campaign_id: int) -> Response:
    """Let no more of it leave."""
    _campaign(campaign_id)
    if PressForm().sent_and_valid():
        dropped = store.stop(db.session(), campaign_id)
        if dropped is not None:
            _note("campaign.stopped", campaign_id, dropped=dropped)
            db.session.commit()
    return redirect(url_for("messages.message", campaign_id=campaign_id), 303)


@blueprint.post(f"/<{NUMBER}:campaign_id>/delete")
@staff(Role.SURVEY_MANAGER)
def delete(campaign_id: int) -> Response:
    """Throw a draft away."""
    _campaign(campaign_id)
    if PressForm().sent_and_valid() and store.delete_draft(db.session(), campaign_id):
        _note("campaign.deleted", campaign_id)
        db.session.commit()
    return redirect(url_for("messages.all_messages"), 303)


def _page(campaign: Campaign, form: SendForm) -> str:
    segment = _segment(campaign)
    draft = campaign.state == "draft"
    wards = ward_names(db.session())
    return render_template(
        "messages/message.html",
        campaign=campaign,
        about=subjects()[segment.topic],
        pledge=titles(db.session.connection()).get(segment.pledge_id or 0, ""),
        kind=KINDS[segment.kind],
        wards=[wards.get(code, code) for code in segment.wards],
        ward_names=wards,
        tongues={each.code: each.name for each in LANGUAGES},
        foot=foot(site_settings(), Kind.CAMPAIGN, "en", f"{site_settings().public_url}{STOP}…"),
        dry_run=dry_run(db.session.connection(), segment) if draft else None,
        progress=None if draft else store.progress(db.session(), campaign.id),
        can_send=way(site_settings()) is not None,
        form=form,
        press=PressForm(formdata=None),
    )


def _form(**given: object) -> MessageForm:
    form = MessageForm(**given)
    form.offer(titles(db.session.connection()), ward_names(db.session()))
    return form


def _campaign(campaign_id: int) -> Campaign:
    return db.session.get(Campaign, campaign_id) or abort(404)


def _draft(campaign_id: int) -> Campaign:
    campaign = _campaign(campaign_id)
    if campaign.state != "draft":
        abort(409, "This message was sent. It cannot be changed any more: write another.")
    return campaign


def _segment(campaign: Campaign) -> Segment:
    return stored_segment(campaign.topic, campaign.segment)


def _note(action: str, campaign_id: int, **detail: str | int) -> None:
    note_done(action, f"campaign:{campaign_id}", detail)
