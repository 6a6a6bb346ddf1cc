"""Saving a draft under a code of words, to be finished later or on another device."""

from typing import NamedTuple

from flask import Blueprint, abort, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from engage import clock
from engage.answering.code_words import code_of, site_salt, stretched
from engage.answering.draft import OpenDraft
from engage.answering.resume import give_code, name_of
from engage.answering.seal import new_token
from engage.extensions import db, limiter, site_settings
from engage.surveys.brought import forget_place
from engage.surveys.current import Survey, current_survey, reading, unsent_draft
from engage.surveys.forms import AwayForm, CodeForm, MailForm
from engage.surveys.invited import forget_invitation
from engage.surveys.kept import kept
from engage.surveys.mailing import Mailed, mail_code
from engage.surveys.onward import page_left, way_onward
from engage.surveys.respondent import forget, hold, is_held
from engage.waves.store import open_waves
from engage.web.access import public
from engage.web.limits import too_many

blueprint = Blueprint("saved", __name__)

CODES = "60 per minute"
"""From one network; each costs a sixth of a second."""
MAILS = "10 per hour"
"""From one network: enough for a family, too few to fill somebody's mailbox."""
UNFIT = 422


class Mine(NamedTuple):
    """The draft of this browser, its token, and what tells its code from others."""

    survey: Survey
    token: str
    draft: OpenDraft
    code_name: str

    @property
    def last_day(self) -> str:
        """The last day on which the answers are there, in words."""
        return kept(self.draft, self.survey.wave, clock.now()).last_day


@blueprint.get("/surveys/<slug:slug>/save")
@public
def save(slug: str) -> str:
    """What a code is for, and the button that makes one."""
    mine = _mine(slug)
    survey = mine.survey
    return render_template(
        "surveys/save.html",
        survey=survey,
        coded=mine.draft.coded,
        last_day=mine.last_day,
        seed=new_token(),
        instead=mine.code_name,
        onward=page_left(survey) or way_onward(survey, mine.draft),
        left_out="left_out" in request.args,
    )


@blueprint.post("/surveys/<slug:slug>/save")
@public
@limiter.limit(CODES, error_message=too_many)
def make_code(slug: str) -> str | Response:
    """Make a code, in place of the one before, and show it. It cannot be shown again."""
    mine, form = _mine(slug), CodeForm()
    if not form.sent_and_valid():
        return redirect(url_for("saved.save", slug=slug), 303)
    survey, token, draft, _ = mine
    code = code_of(token, str(form.seed.data))
    keys = stretched(code, site_salt(site_settings().secret_key))
    with db.engine.begin() as connection:
        made = give_code(
            connection,
            token,
            draft.id,
            keys,
            instead=str(form.instead.data or ""),
            now=clock.now(),
            closes_on=survey.wave.closes_on,
        )
    if not made:
        return redirect(url_for("saved.save", slug=slug), 303)
    if not is_held(survey.wave.id):
        hold(survey.wave.id, token)
    return _show(_mine(slug), form, code)


@blueprint.post("/surveys/<slug:slug>/save/mail")
@public
@limiter.limit(MAILS, error_message=too_many)
def mail(slug: str) -> str | Response | tuple[str, int]:
    """Send the code that the page shows to an address, which is kept nowhere."""
    if not site_settings().smtp_url:
        abort(404)
    mine, form = _mine(slug), MailForm()
    valid = form.sent_and_valid()
    if form.seed.errors or form.instead.data != mine.code_name:
        return redirect(url_for("saved.save", slug=slug), 303)
    code = code_of(mine.token, str(form.seed.data))
    if not valid:
        return _show(mine, form, code, wrong=str(form.address.errors[0])), UNFIT
    to = str(form.address.data)
    sent = mail_code(site_settings(), to, code, until=mine.last_day, now=clock.now())
    return _show(mine, form, code, mailed=sent)


@blueprint.post("/surveys/<slug:slug>/put-away")
@public
def put_away(slug: str) -> Response:
    """Let this browser forget answers that have a code: they stay, and the code opens them."""
    mine = _mine(slug)
    if not mine.draft.coded or not AwayForm().sent_and_valid():
        return redirect(url_for("saved.save", slug=slug), 303)
    with reading().connect() as connection:
        others = [wave.id for wave in open_waves(connection, clock.today())]
    forget(mine.survey.wave.id, others)
    forget_place(mine.survey.wave.id)
    forget_invitation(mine.survey.wave.id)
    return redirect(url_for("saved.away", slug=slug), 303)


@blueprint.get("/surveys/<slug:slug>/put-away")
@public
def away(slug: str) -> str:
    """Say that this browser has forgotten the answers, and how to come back to them."""
    with reading().connect() as connection:
        survey = current_survey(connection, slug)
    return render_template("surveys/away.html", survey=survey)


def _mine(slug: str) -> Mine:
    with reading().connect() as connection:
        survey = current_survey(connection, slug)
        token, draft = unsent_draft(connection, survey)
        return Mine(survey, token, draft, name_of(connection, draft.id))


def _show(
    mine: Mine,
    form: CodeForm,
    code: tuple[str, ...],
    *,
    wrong: str = "",
    mailed: Mailed | None = None,
) -> str:
    return render_template(
        "surveys/resume_code.html",
        survey=mine.survey,
        code=code,
        seed=form.seed.data,
        instead=mine.code_name,
        last_day=mine.last_day,
        onward=way_onward(mine.survey, mine.draft),
        address=f"{site_settings().public_url}/return",
        may_mail=bool(site_settings().smtp_url),
        wrong=wrong,
        mailed=mailed,
    )
