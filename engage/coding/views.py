"""The list of questions with texts, the texts of one, and looking for words in them."""

from flask import Blueprint, current_app, render_template, request

from engage.accounts.models import Role
from engage.coding.asked import Asked, asked_or_404, words_of
from engage.coding.forms import SearchForm
from engage.extensions import db
from engage.freetext import codings, frames, listing, texts
from engage.freetext.listing import Which
from engage.freetext.models import QuoteState
from engage.freetext.quotes import quotes_in
from engage.freetext.search import Sought, sought
from engage.waves.models import Wave
from engage.waves.published import definition_of
from engage.web.access import count_shown, current_user, permits, shows, staff
from engage.web.staff_pages import FINDINGS, add_staff_page

NUMBER = "int(max=2147483647)"
WHICH = {
    Which.ALL: "All",
    Which.UNCODED: "Not coded yet",
    Which.SECOND: "For a second coding by you",
    Which.CODED: "Coded",
}

blueprint = Blueprint("coding", __name__, url_prefix="/staff/themes")
add_staff_page(
    blueprint,
    "Themes",
    "coding.questions",
    FINDINGS,
    "Sort what people wrote by themes, take out what tells who wrote it, release quotes.",
)


@blueprint.get("")
@staff(Role.ANALYST, Role.SURVEY_MANAGER)
def questions() -> str:
    """Each question with texts that screening passed, and how far they are coded.

    Survey managers are led on to the table of themes; the texts are for those who code them.
    """
    session = db.session()
    listed = []
    for each in texts.progress(session):
        wave = session.get_one(Wave, each.wave_id)
        definition = definition_of(wave.definition)
        listed.append(
            (each, f"{definition.title}, {wave.name}", words_of(definition, each.question))
        )
    asked = len(quotes_in(session, [QuoteState.ASKED]))
    codes = permits(current_app.view_functions["coding.listed"], current_user.role)
    page = "coding.listed" if codes else "coding_table.table"
    return render_template("coding/questions.html", listed=listed, asked=asked, page=page)


@blueprint.get(f"/<{NUMBER}:wave_id>/<question>")
@staff(Role.ANALYST)
@shows("texts")
def listed(wave_id: int, question: str) -> str:
    """The texts of a question: all, those to code, those with one code."""
    asked = asked_or_404(db.session(), wave_id, question)
    which = next((each for each in Which if each == request.args.get("which")), Which.ALL)
    code = request.args.get("code", type=int)
    page = max(request.args.get("page", 1, type=int), 1)
    return _page(asked, SearchForm(formdata=None), which=which, code=code, page=page)


@blueprint.post(f"/<{NUMBER}:wave_id>/<question>")
@staff(Role.ANALYST)
@shows("texts")
def search(wave_id: int, question: str) -> str | tuple[str, int]:
    """The texts that hold what is looked for."""
    asked = asked_or_404(db.session(), wave_id, question)
    form = SearchForm()
    if not form.sent_and_valid():
        return _page(asked, form), 422
    looked_for = sought(form.words.data or "")
    return _page(asked, form, page=form.page.data or 1, looked_for=looked_for)


def _page(
    asked: Asked,
    form: SearchForm,
    *,
    which: Which = Which.ALL,
    code: int | None = None,
    page: int = 1,
    looked_for: Sought | None = None,
) -> str:
    session = db.session()
    place = asked.wave_id, asked.question
    searching = bool(looked_for and looked_for.terms)
    if looked_for and searching:
        found = listing.searched(session, *place, looked_for, page=page)
    else:
        reader = current_user.id
        found = listing.listed(session, *place, which=which, code=code, reader=reader, page=page)
    frame = frames.frame_of(session, asked.questionnaire, asked.question)
    count_shown(len(found.ids))
    return render_template(
        "coding/listed.html",
        asked=asked,
        texts=texts.shown(session, found.ids),
        labels=codings.labels_of(session, found.ids),
        found=found,
        which=which,
        ways=WHICH,
        code=code,
        codes=frames.codes_in(session, frame),
        searched=searching,
        form=form,
    )
