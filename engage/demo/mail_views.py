"""The mail that the demonstration sent, for whoever tries it out. No other site has these pages."""

from flask import Blueprint, abort, current_app, render_template, request

from engage import clock
from engage.config import Settings, is_loopback
from engage.demo.allowed import reasons_against
from engage.demo.mailbox import KEPT, MOST, listed, read
from engage.web.access import public
from engage.web.language import ENGLISH, keep_to

blueprint = Blueprint("demo_mail", __name__, url_prefix="/demo/mail")


@blueprint.get("")
@public
def everything() -> str:
    """What was sent in the last days, the newest first."""
    settings = _here()
    mails = listed(settings.instance_dir, clock.now())
    server = bool(settings.smtp_url)
    return render_template("demo/mail.html", mails=mails, server=server, days=KEPT.days, most=MOST)


@blueprint.get("/<name>")
@public
def one(name: str) -> str:
    """One message, with its links to follow."""
    settings = _here()
    mail = read(settings.instance_dir, name, clock.now()) or abort(404)
    return render_template(
        "demo/one_mail.html", mail=mail, parts=_parts(mail.words or "", settings)
    )


def _here() -> Settings:
    """The settings of a demonstration that only this machine reaches; answers 404 elsewhere."""
    settings: Settings = current_app.extensions["settings"]
    if reasons_against(settings) or not is_loopback(request.remote_addr or ""):
        abort(404)
    keep_to((ENGLISH.code,))
    return settings


def _parts(words: str, settings: Settings) -> list[tuple[str, bool]]:
    """The text in pieces, each with whether it is an address of this site, and can be followed."""
    found: list[tuple[str, bool]] = []
    rest = words
    while settings.public_url in rest:
        before, _, after = rest.partition(settings.public_url)
        path = after.split(maxsplit=1)[0] if after[:1] == "/" else ""
        path = path.rstrip(".,;)")
        found += [(before, False), (settings.public_url + path, True)]
        rest = after[len(path) :]
    return [*found, (rest, False)]
