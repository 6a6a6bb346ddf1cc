"""What everyone may keep of an edition: its charts as pictures, and the files of its rows."""

from functools import lru_cache
from threading import BoundedSemaphore

from flask import Blueprint, abort, make_response, request
from limits import parse
from werkzeug.wrappers import Response

from engage.areas.outlines import drawn
from engage.extensions import db
from engage.network import network_key
from engage.papers.png import png
from engage.published import store
from engage.published.named import figures_in, named, names_for
from engage.published.page import view
from engage.results.asked import standing, unless_same, word
from engage.results.views import EDITION, WAVE
from engage.web.access import public
from engage.web.headers import ASKED_AGAIN
from engage.web.language import language, speak_english
from engage.web.limits import tally, too_many

KIND = "any(svg, png)"
TYPES = {"svg": "image/svg+xml; charset=utf-8", "png": "image/png"}
PICTURES = parse("30 per minute")
"""PNG pictures set for one network: setting them takes the time of the people who read."""
AT_ONCE = 2
"""Pictures that are set at one moment: the other threads go on with pages, whoever asks."""
BEING_SET = BoundedSemaphore(AT_ONCE)


def _set(svg: str) -> bytes:
    if not tally().hit(PICTURES, "pictures", network_key()):
        abort(429, too_many())
    if not BEING_SET.acquire(blocking=False):
        abort(503)
    try:
        return png(svg)
    finally:
        BEING_SET.release()


kept = lru_cache(maxsize=64)(_set)
"""PNG of a chart by its SVG: setting one takes as long as a page, and many ask for the same."""

blueprint = Blueprint("results_files", __name__)


@blueprint.get(f"{WAVE}/picture.<{KIND}:kind>")
@blueprint.get(f"{EDITION}/picture.<{KIND}:kind>")
@public
def picture(slug: str, wave_id: int, kind: str, number: int | None = None) -> Response:
    """One chart of a page of results by itself; the address says which."""
    if kind == "png" and language().direction == "rtl":
        speak_english()  # the typeface of our papers has no Arabic letters
    session, found = db.session(), standing(slug, wave_id, number)
    names = names_for(session, found.edition)
    figures = figures_in(names, store.published_figures(session, found.edition.id))
    shown = view(
        named(found.edition, names).about,
        figures,
        by=word("by"),
        figure=word("figure"),
        outlines=drawn(session),
    )
    charts = {each.anchor: each.svg for each in shown.blocks} if shown else {}
    svg = charts.get(word("chart")) or abort(404)
    answer = unless_same([*found.version, kind, svg], lambda: svg if kind == "svg" else kept(svg))
    answer.headers["Content-Type"] = TYPES[kind]
    return answer


@blueprint.get(f"{WAVE}/files/<name>")
@blueprint.get(f"{EDITION}/files/<name>")
@public
def file(slug: str, wave_id: int, name: str, number: int | None = None) -> Response:
    """A file of the published rows, by the name that its description calls it by."""
    session, edition = db.session(), standing(slug, wave_id, number).edition
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
