"""The pages on which keys are opened again, and one's own password and codes are changed."""

from flask import Blueprint, abort, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from engage import clock
from engage.extensions import db, limiter
from engage.keyring import spare
from engage.keyring.held import LockedError, held_or_none
from engage.keyring.roles import KEYED, SECOND_STEP
from engage.signin.addresses import local_path
from engage.signin.forms import PasswordForm, SpareCodesForm, UnlockForm
from engage.signin.kept_form import kept, opened
from engage.signin.second_views import TOO_OFTEN
from engage.signin.unlocking import change_password, renew_spare_codes, unlock
from engage.web.access import current_user, staff

blueprint = Blueprint("own_keys", __name__)

WRONG = (
    "The password is not right, or there were too many tries. After 5 wrong tries, wait 15 minutes."
)


@blueprint.app_errorhandler(LockedError)
def locked(_error: LockedError) -> Response | tuple[str, int]:
    """Ask for the password before what is sealed is opened; what was written is not lost."""
    if request.method != "POST":
        return redirect(url_for("own_keys.unlock_page", next=request.full_path.rstrip("?")))
    member = current_user._get_current_object()  # noqa: SLF001  the person behind the proxy
    form = UnlockForm(formdata=None, kept=kept(request, member))
    return render_template(
        "signin/unlock.html", form=form, wrong="", files=bool(request.files)
    ), 403


@blueprint.route("/staff/unlock", methods=["GET", "POST"])
@staff()
@limiter.limit("20 per minute", methods=["POST"], error_message=TOO_OFTEN)
def unlock_page() -> str | Response | tuple[str, int]:
    """Ask for the password again after idle minutes, then lead back."""
    going = local_path(request.args.get("next", "")) or url_for("signin.home")
    if current_user.role not in KEYED:
        return redirect(going, 303)
    if request.method == "GET" and held_or_none() is not None:
        return redirect(going)
    form = UnlockForm()
    wrong = ""
    if form.sent_and_valid():
        member = current_user._get_current_object()  # noqa: SLF001  the person behind the proxy
        if unlock(db.session(), member, form.password.data, clock.now()):
            written = opened(form.kept.data or "", member)
            if written is None:
                return redirect(going, 303)
            return render_template("signin/again.html", written=written)
        wrong = WRONG
    page = render_template("signin/unlock.html", form=form, wrong=wrong, files=False)
    return (page, 422) if wrong or form.errors else page


@blueprint.route("/staff/spare-codes", methods=["GET", "POST"])
@staff()
@limiter.limit("20 per minute", methods=["POST"], error_message=TOO_OFTEN)
def spare_codes() -> str | tuple[str, int]:
    """Make ten new spare codes and show them once; those from before are good no more."""
    if current_user.role not in SECOND_STEP:
        abort(404)  # they sign in without a second step
    form = SpareCodesForm()
    if form.sent_and_valid():
        member = current_user._get_current_object()  # noqa: SLF001  the person behind the proxy
        codes = renew_spare_codes(db.session(), member, form.password.data, clock.now())
        if codes is not None:
            going = url_for("signin.sessions")
            return render_template("signin/spare_codes.html", codes=codes, going=going, first=False)
        form.blame("password", WRONG)
    left = spare.left(db.session(), current_user.id)
    page = render_template("signin/new_spare_codes.html", form=form, left=left)
    return (page, 422) if form.errors else page


@blueprint.route("/staff/password", methods=["GET", "POST"])
@staff()
@limiter.limit("20 per minute", methods=["POST"], error_message=TOO_OFTEN)
def password() -> str | Response | tuple[str, int]:
    """Change one's own password; what it seals is sealed anew."""
    form = PasswordForm()
    if form.sent_and_valid():
        member = current_user._get_current_object()  # noqa: SLF001  the person behind the proxy
        faults = change_password(
            db.session(), member, form.password.data, form.new.data, clock.now()
        )
        if faults == []:
            return redirect(url_for("own_keys.changed"), 303)
        if faults is None:
            form.blame("password", WRONG)
        for fault in faults or ():
            form.blame("new", fault)
    page = render_template("signin/password.html", form=form)
    return (page, 422) if form.errors else page


@blueprint.get("/staff/password/changed")
@staff()
def changed() -> str:
    """Say that it is done."""
    return render_template("signin/password_changed.html")
