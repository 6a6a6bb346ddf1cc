"""Staff sign in and out, find their pages, and see where they are signed in."""

import logging

from flask import (
    Blueprint,
    abort,
    get_flashed_messages,
    redirect,
    render_template,
    request,
    url_for,
)
from werkzeug.wrappers import Response

from engage import clock
from engage.audit.done import note_done
from engage.extensions import db, limiter
from engage.keyring.roles import SECOND_STEP
from engage.sessions import login, store
from engage.signin import service
from engage.signin.addresses import local_path
from engage.signin.forms import SignInForm
from engage.web.access import current_user, public, staff
from engage.web.forms import PressForm
from engage.web.staff_pages import add_staff_page

blueprint = Blueprint("signin", __name__)
add_staff_page(blueprint, "Home", "signin.home")

# At its most talkative the limiter would log the address that it refused.
logging.getLogger("flask-limiter").setLevel(logging.WARNING)

WRONG = (
    "The e-mail address or the password is not right, or there were too many tries. "
    "After 5 wrong tries, wait 15 minutes."
)
TOO_OFTEN = "There were too many tries to sign in from your network. Wait a minute, then try again."


@blueprint.route("/staff/sign-in", methods=["GET", "POST"])
@public
@limiter.limit("20 per minute", methods=["POST"], error_message=TOO_OFTEN)
def sign_in() -> str | Response | tuple[str, int]:
    """Ask for e-mail address and password; one message for everything that is wrong with them."""
    form = SignInForm()
    wrong = ""
    if form.sent_and_valid():
        signed_in = service.sign_in(
            db.session(), email=form.email.data, password=form.password.data, now=clock.now()
        )
        if signed_in is not None:
            login.sign_in(signed_in)
            asked_for = local_path(request.args.get("next", ""))
            if signed_in.role in SECOND_STEP:  # this session is nobody's yet
                return redirect(url_for("second_step.enter", next=asked_for), 303)
            return redirect(asked_for or url_for("signin.home"), 303)
        wrong = WRONG
    elif request.method == "GET" and current_user.is_authenticated:
        return redirect(url_for("signin.home"))
    kept = get_flashed_messages(category_filter=["password"])
    if kept and not form.email.data:  # somebody chose their password on the page before
        form.email.data = kept[0]
    page = render_template("signin/sign_in.html", form=form, wrong=wrong, kept=bool(kept))
    return (page, 422) if wrong or form.errors else page


@blueprint.post("/staff/sign-out")
@staff()
def sign_out() -> Response:
    """End the session, here and in the database."""
    _refuse_unpressed()
    store.end(db.session(), current_user.id, current_user.session_id, clock.now())
    db.session.commit()
    return _left()


@blueprint.get("/staff")
@staff()
def home() -> str:
    """What this person may do."""
    return render_template("signin/home.html")


@blueprint.get("/staff/sessions")
@staff()
def sessions() -> str:
    """The places where this person is signed in."""
    living = store.of(db.session(), current_user.id, clock.now())
    second_step = current_user.role in SECOND_STEP
    return render_template(
        "signin/sessions.html", sessions=living, form=PressForm(), second_step=second_step
    )


@blueprint.post("/staff/sessions/<int(max=2147483647):session_id>/end")
@staff()
def end_session(session_id: int) -> Response:
    """End one of this person's own sessions; nobody else's can be found here."""
    _refuse_unpressed()
    if not store.end(db.session(), current_user.id, session_id, clock.now()):
        abort(404)
    note_done("session.ended", f"session:{session_id}")
    db.session.commit()
    if session_id == current_user.session_id:
        return _left()
    return redirect(url_for("signin.sessions"), 303)


@blueprint.app_template_global()
def sign_out_form() -> PressForm:
    """The way out, for the head of every page for staff."""
    return PressForm()


def _left() -> Response:
    """Nobody is signed in here any more."""
    login.sign_out()
    answer = redirect(url_for("signin.sign_in"), 303)
    # Dashboards may stay in the browser's cache (`engage.web.headers.ASKED_AGAIN`): until now.
    answer.headers["Clear-Site-Data"] = '"cache"'
    return answer


def _refuse_unpressed() -> None:
    if not PressForm().sent_and_valid():
        abort(400, "Press the button on our page.")
