"""The page of the second step: set the code generator up, or give its code."""

from datetime import datetime

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from engage import clock
from engage.extensions import db, limiter, site_settings
from engage.keyring import factor, spare
from engage.papers.qr import qr_svg
from engage.sessions import login
from engage.signin.addresses import local_path
from engage.signin.forms import CodeForm
from engage.signin.second import Step, confirm, step_for
from engage.web.access import public
from engage.web.demonstration import is_demo_login

blueprint = Blueprint("second_step", __name__)

WRONG = (
    "The code is not right, was used before, or there were too many tries. Wait for the next code "
    "and enter that. After 5 wrong tries, wait 15 minutes."
)
TOO_OFTEN = "There were too many tries from your network. Wait a minute, then try again."


@blueprint.route("/staff/second-step", methods=["GET", "POST"])
@public
@limiter.limit("20 per minute", methods=["POST"], error_message=TOO_OFTEN)
def enter() -> str | Response | tuple[str, int]:
    """Ask for the code; at the first time show what the generator needs, and then spare codes."""
    now = clock.now()
    member = login.awaiting()
    step = step_for(db.session(), member, now) if member else None
    asked_for = local_path(request.args.get("next", ""))
    if step is None:
        return redirect(url_for("signin.sign_in", next=asked_for), 303)
    form = CodeForm()
    wrong = ""
    if form.sent_and_valid():
        signed_in = confirm(db.session(), step, form.code.data, now)
        if signed_in is not None:
            login.sign_in(signed_in)
            going = asked_for or url_for("signin.home")
            return _shown_once(signed_in.id, going) if step.first else redirect(going, 303)
        wrong = WRONG
    page = _page(step, form, wrong, now)
    return (page, 422) if wrong or form.errors else page


def _page(step: Step, form: CodeForm, wrong: str, now: datetime) -> str:
    if not step.first:
        shown = is_demo_login(step.email)
        code = factor.next_code(db.session(), step.member.id, step.secret, now) if shown else None
        return render_template(
            "signin/code.html", form=form, wrong=wrong, demo=shown, code_of_the_moment=code
        )
    council = site_settings().council_name or "Engage"
    drawn = qr_svg(factor.address(step.secret, step.email, council), sized=False)
    grouped = " ".join(step.secret[at : at + 4] for at in range(0, len(step.secret), 4))
    return render_template(
        "signin/set_up.html", form=form, wrong=wrong, drawn=drawn.decode(), secret=grouped
    )


def _shown_once(staff_id: int, going: str) -> str:
    codes = spare.make(db.session(), staff_id)
    db.session.commit()
    return render_template("signin/spare_codes.html", codes=codes, going=going, first=True)
