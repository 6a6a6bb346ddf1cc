"""Organisations that signed: their list, their pages, their papers."""

from typing import Any

from flask import (
    Blueprint,
    Response as Answer,
    abort,
    redirect,
    render_template,
    request,
    url_for,
)
from flask_babel import gettext as _
from werkzeug.exceptions import Conflict
from werkzeug.wrappers import Response

from engage import clock
from engage.extensions import db, site_settings, table_of
from engage.organisations import store
from engage.organisations.commitments import Status
from engage.organisations.listed import Filter, find, told
from engage.organisations.models import Organisation
from engage.organisations.words import PROMISES, SECTORS, SIZES, STATUSES, STEPS
from engage.papers.pdf import LettersError, pdf, svg
from engage.partners.certificate import paper_data
from engage.partners.mails import send_link
from engage.partners.public import COLOURS, PublicPage, public_page
from engage.pledges.backing import is_taken_out, signed_by, taken_out
from engage.web.access import public
from engage.web.errors import http_error
from engage.web.forms import PressForm

blueprint = Blueprint("partners", __name__, url_prefix="/organisations")

LONGEST_SEARCH = 60
WORDS = {
    "sectors": SECTORS, "sizes": SIZES, "promises": PROMISES, "statuses": STATUSES,
    "colours": COLOURS, "steps": STEPS,
}  # fmt: skip
"""What the templates of the slice call things."""


@blueprint.get("")
@public
def listed() -> str:
    """The organisations that are listed, found by name, sector and promise."""
    wanted = Filter(
        words=" ".join(request.args.get("name", "").split())[:LONGEST_SEARCH],
        sector=_known(request.args.get("sector", ""), SECTORS),
        promise=_known(request.args.get("promise", ""), PROMISES),
    )
    shown = ~taken_out(table_of(Organisation).c.id)
    found = find(db.session(), wanted, request.args.get("page", 1, type=int), shown)
    return render_template(
        "partners/list.html",
        wanted=wanted,
        found=found,
        told=told(db.session(), found.rows, clock.today()),
        holding=(Status.PROMISED, Status.UNDER_WAY, Status.DONE, Status.LATE),
        **WORDS,
    )


@blueprint.get("/<slug:slug>")
@public
def organisation(slug: str) -> str:
    """The page of an organisation, with what it promised and how that stands."""
    page = _page(slug)
    return render_template("partners/organisation.html", page=page, form=PressForm(), **WORDS)


@blueprint.post("/<slug:slug>/link")
@public
def mail_link(slug: str) -> Response:
    """Mail the link to an organisation's own page to its mailbox, once a day at most.

    The answer is the same whether there is a mailbox or not.
    """
    page = _page(slug)
    if PressForm().sent_and_valid():
        send_link(db.session(), page.organisation, clock.now())
        db.session.commit()
    return redirect(url_for("partners.link_sent", slug=slug), 303)


@blueprint.get("/<slug:slug>/link-sent")
@public
def link_sent(slug: str) -> str:
    """What happens now, and what to do if nothing comes."""
    return render_template("partners/link_sent.html", organisation=_page(slug).organisation)


@blueprint.get("/<slug:slug>/certificate.pdf")
@public
def certificate(slug: str) -> Answer:
    """The certificate, as long as a promise holds."""
    return _file(pdf("organisation", _data(slug)), "application/pdf", f"certificate-{slug}.pdf")


@blueprint.get("/<slug:slug>/badge.pdf")
@public
def badge(slug: str) -> Answer:
    """A badge to print and put in a window."""
    return _file(pdf("badge", _data(slug)), "application/pdf", f"badge-{slug}.pdf")


@blueprint.get("/<slug:slug>/badge.svg")
@public
def badge_image(slug: str) -> Answer:
    """A badge for the organisation's own website, to be kept there."""
    data = _data(slug)
    title = f"We signed {data['signed']}: {data['name']}"
    return _file(svg("badge", data, title), "image/svg+xml", f"badge-{slug}.svg")


@blueprint.errorhandler(LettersError)
def _no_letters(_error: LettersError) -> Answer:
    said = _("We cannot make this paper, as our letters do not have all those of the name.")
    return http_error(Conflict(said))


def _page(slug: str) -> PublicPage:
    """The page of an approved organisation; answers 404 where there is none of that address."""
    found = store.by_slug(db.session(), slug)
    if found is None or is_taken_out(db.session.connection(), found.id):
        abort(404)
    return public_page(db.session(), found, clock.today())


def _data(slug: str) -> dict[str, Any]:
    """What the papers of an organisation hold; answers 404 while none of its promises holds."""
    page = _page(slug)
    if page.span is None:
        abort(404, _("There is no certificate now, as no promise of this organisation holds."))
    settings = site_settings()
    signed = signed_by(db.session.connection(), page.organisation.id, "en")
    return paper_data(settings, page.organisation, page.holding, page.span, signed)


def _known(code: str, codes: object) -> str:
    return code if isinstance(codes, dict) and code in codes else ""


def _file(data: bytes, kind: str, name: str) -> Answer:
    answer = Answer(data, mimetype=kind)
    answer.headers.set("Content-Disposition", "inline", filename=name)
    return answer
