"""The results of each wave as everyone may read them, and how they were made."""

from flask import Blueprint, abort, render_template, request
from werkzeug.wrappers import Response

from engage import clock
from engage.actions.answering import answers_to
from engage.areas.outlines import drawn
from engage.extensions import db
from engage.freetext.released import released_quotes
from engage.published import store
from engage.published.corrected import corrected
from engage.published.named import figures_in, named, names_for
from engage.published.page import view
from engage.results.asked import asked, standing, unless_same, word
from engage.web.access import public

NUMBER = "int(max=2147483647)"
WAVE = f"/results/<slug:slug>/<{NUMBER}:wave_id>"
EDITION = f"{WAVE}/editions/<{NUMBER}:number>"

blueprint = Blueprint("results", __name__)


@blueprint.get("/results")
@public
def every() -> Response:
    """The results of every wave that came out, the newest first."""
    session = db.session()
    found = store.publications(session, clock.today())
    spoken = [
        (each, names_for(session, each)) for each in sorted(found, key=lambda each: each.withdrawn)
    ]
    version = [f"{each.id}-{each.state}-{each.digest} {names.mark}" for each, names in spoken]
    return unless_same(
        version,
        lambda: render_template(
            "results/every.html", found=[(named(each, names), names) for each, names in spoken]
        ),
    )


@blueprint.get(WAVE)
@blueprint.get(EDITION)
@public
def wave(slug: str, wave_id: int, number: int | None = None) -> Response:
    """What one wave found: as it stands in the newest edition, or as it stood in an earlier one."""
    session, found = db.session(), asked(slug, wave_id, number)
    names = names_for(session, found.edition)
    edition, gone = named(found.edition, names), found.gone
    quotes = [] if gone else released_quotes(session, wave_id)
    answers, outlines = ({}, ()) if gone else (answers_to(session, wave_id), drawn(session))

    def page() -> str:
        if gone:
            return render_template(
                "results/withdrawn.html", edition=named(gone, names), names=names
            )
        figures = figures_in(names, store.published_figures(session, edition.id))
        shown = view(
            edition.about, figures, by=word("by"), figure=word("figure"), outlines=outlines
        )
        former = [each for each in found.editions if each.edition == edition.edition - 1]
        then = [
            figures_in(names, store.published_figures(session, each.id))
            for each in former
            if not each.withdrawn
        ]
        return render_template(
            "results/wave.html",
            edition=edition,
            names=names,
            editions=found.editions,
            later=found.next,
            newest=f"/results/{slug}/{wave_id}",
            view=shown or abort(404),
            corrected=corrected(edition.about, figures, then[0] if then else ()),
            files=store.files_of(session, edition.id),
            quotes=quotes,
            answers=answers,
            methods=f"{found.base}/methods",
            address=found.base,
        )

    told = [f"{each.id} {each.text} {each.about}" for each in quotes]
    told += [f"{name} {each.id} {each.shown_at}" for name in answers for each in answers[name]]
    told += [f"{each.code} {each.name} {each.path}" for each in outlines]
    told += [request.query_string.decode(), names.mark]
    return unless_same([*found.version, found.base, *told], page)


@blueprint.get(f"{WAVE}/methods")
@blueprint.get(f"{EDITION}/methods")
@public
def methods(slug: str, wave_id: int, number: int | None = None) -> Response:
    """How the figures of a wave were made, in plain words."""
    found = standing(slug, wave_id, number)
    names = names_for(db.session(), found.edition)
    edition = named(found.edition, names)
    figures = store.published_figures(db.session(), found.edition.id)
    return unless_same(
        [*found.version, found.base, names.mark],
        lambda: render_template(
            "results/methods.html",
            edition=edition,
            about=edition.about,
            names=names,
            hidden=sum(each.estimate.hidden for each in figures),
            number=len(figures),
            aimed=any(each.targets for each in figures),
            back=found.base,
        ),
    )
