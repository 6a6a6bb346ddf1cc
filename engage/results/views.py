"""The results of each wave as everyone may read them, how they were made, and their files."""

import hashlib
from collections.abc import Callable

from flask import Blueprint, abort, make_response, render_template, request
from werkzeug.wrappers import Response

from engage import clock
from engage.extensions import db
from engage.freetext.released import released_quotes
from engage.published import store
from engage.published.corrected import corrected
from engage.published.edition import Published
from engage.published.page import view
from engage.web.access import public
from engage.web.headers import ASKED_AGAIN
from engage.web.language import language

NUMBER = "int(max=2147483647)"
SHOWN_AS = 2
"""Raised when the pages show the same figures in another way, so that browsers ask anew."""

blueprint = Blueprint("results", __name__)


@blueprint.get("/results")
@public
def every() -> Response:
    """The results of every wave that came out, the newest first."""
    found = store.publications(db.session(), clock.today())
    version = [f"{each.id}-{each.state}-{each.digest}" for each in found]
    return _unless_same(version, lambda: render_template("results/every.html", found=found))


@blueprint.get(f"/results/<slug:slug>/<{NUMBER}:wave_id>")
@public
def wave(slug: str, wave_id: int) -> Response:
    """What one wave found, as it stands in the newest edition."""
    session = db.session()
    edition = _edition(slug, wave_id)
    editions = store.editions(session, wave_id)
    quotes = [] if edition.withdrawn else released_quotes(session, wave_id)

    def page() -> str:
        if edition.withdrawn:
            return render_template("results/withdrawn.html", edition=edition, editions=editions)
        figures = store.published_figures(session, edition.id)
        shown = view(edition.about, figures, by=_asked("by"), figure=_asked("figure")) or abort(404)
        former = next((each for each in editions if each.edition == edition.edition - 1), None)
        then = store.published_figures(session, former.id) if former else ()
        return render_template(
            "results/wave.html",
            edition=edition,
            editions=editions,
            view=shown,
            corrected=corrected(edition.about, figures, then),
            files=store.files_of(session, edition.id),
            quotes=quotes,
            methods=f"{request.path}/methods",
            address=request.path,
        )

    told = [f"{each.id} {each.text} {each.about}" for each in quotes]
    return _unless_same([*_version(edition), request.query_string.decode(), *told], page)


@blueprint.get(f"/results/<slug:slug>/<{NUMBER}:wave_id>/methods")
@public
def methods(slug: str, wave_id: int) -> Response:
    """How the figures of a wave were made, in plain words."""
    edition = _standing(slug, wave_id)
    figures = store.published_figures(db.session(), edition.id)
    hidden = sum(each.estimate.hidden for each in figures)
    return _unless_same(
        _version(edition),
        lambda: render_template(
            "results/methods.html",
            edition=edition,
            about=edition.about,
            hidden=hidden,
            number=len(figures),
            back=request.path.removesuffix("/methods"),
        ),
    )


@blueprint.get(f"/results/<slug:slug>/<{NUMBER}:wave_id>/picture.svg")
@public
def picture(slug: str, wave_id: int) -> Response:
    """One chart of a page of results by itself; the address says which."""
    edition = _standing(slug, wave_id)
    figures = store.published_figures(db.session(), edition.id)
    shown = view(edition.about, figures, by=_asked("by"), figure=_asked("figure")) or abort(404)
    found = [each.svg for each in shown.blocks if each.anchor == _asked("chart")]
    if not found:
        abort(404)
    answer = _unless_same([*_version(edition), request.query_string.decode()], lambda: found[0])
    answer.headers["Content-Type"] = "image/svg+xml; charset=utf-8"
    return answer


@blueprint.get(f"/results/<slug:slug>/<{NUMBER}:wave_id>/files/<name>")
@public
def file(slug: str, wave_id: int, name: str) -> Response:
    """A file of the published rows, by the name that its description calls it by."""
    session, edition = db.session(), _standing(slug, wave_id)
    found = next((each for each in store.files_of(session, edition.id) if each.name == name), None)
    content = store.content_of(session, edition.id, found.kind) if found else None
    if found is None or content is None:
        abort(404)
    answer = make_response(content)
    answer.headers["Content-Type"] = found.media_type
    answer.headers["Content-Disposition"] = f'attachment; filename="{found.name}"'
    answer.headers["Cache-Control"] = ASKED_AGAIN
    answer.set_etag(found.digest)
    return answer.make_conditional(request)


def _asked(name: str) -> str:
    return request.args.get(name, "")


def _edition(slug: str, wave_id: int) -> Published:
    """The newest edition of a wave that came out; 404 where there is none."""
    found = store.of_wave(db.session(), wave_id)
    if found is None or found.slug != slug:
        abort(404)
    return found


def _standing(slug: str, wave_id: int) -> Published:
    """The same, of which the figures may be shown."""
    found = _edition(slug, wave_id)
    if found.withdrawn:
        abort(404)
    return found


def _version(edition: Published) -> list[str]:
    return [str(edition.id), edition.state, edition.digest, edition.said]


def _unless_same(version: list[str], page: Callable[[], str]) -> Response:
    """The page, or that the browser has it already, told by what it would show."""
    written = "\n".join([str(SHOWN_AS), language().code, *version])
    tag = hashlib.sha256(written.encode()).hexdigest()[:32]
    same = request.if_none_match.contains(tag)
    answer: Response = make_response("", 304) if same else make_response(page())
    answer.set_etag(tag)
    answer.headers["Cache-Control"] = ASKED_AGAIN
    answer.headers["Vary"] = "Cookie"
    return answer
