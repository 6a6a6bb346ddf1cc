"""A questionnaire on paper: the same questions under the numbers at which staff type them in."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from flask import Blueprint, abort, render_template
from flask_babel import gettext

from engage.areas.store import ward_names
from engage.core.definition.directions import clause_of
from engage.core.definition.editions import GROWN, Edition, editions_of
from engage.core.definition.kinds import PLACE_KINDS
from engage.core.definition.model import Definition
from engage.core.definition.paper import Numbered, Part, Way, keys_of, numbers_of, parts_of
from engage.core.definition.question import Option, Question, Section
from engage.core.definition.spoken import Voice
from engage.surveys.current import current_survey, reading
from engage.surveys.directions import way_in_words
from engage.web.access import public
from engage.web.days import date_in_words
from engage.web.help import help_services

blueprint = Blueprint("paper", __name__)

MOST_WARDS = 40
"""As many wards are listed with a box each; where there are more, people write theirs."""

SHORT = 36
"""Letters of a label that fits into half the width of the paper."""

YOUNGEST = min(GROWN)
"""Who is younger gets a shorter survey, and the start tells them so."""


@dataclass(frozen=True, slots=True)
class Printed:
    """A question as it is printed: its boxes as pairs of key and option, and the way to it."""

    number: int
    question: Question
    boxes: tuple[tuple[str, Option], ...]
    way: str

    @property
    def stops(self) -> bool:
        """Whether one of its answers says that the survey is not for somebody."""
        return any(not option.eligible for _key, option in self.boxes)

    @property
    def short(self) -> bool:
        """Whether its boxes fit beside one another, to save paper."""
        plain = all(len(each.label) <= SHORT and not each.help for _key, each in self.boxes)
        return plain and len(self.boxes) > 3 and not any(each.write_in for _, each in self.boxes)


@dataclass(frozen=True, slots=True)
class Page:
    """One part of the questionnaire as it is printed."""

    section: Section
    way: str
    questions: tuple[Printed, ...]


@blueprint.get("/surveys/<slug:slug>/paper")
@public
def paper(slug: str) -> str:
    """The questionnaire to print; first a choice where there is one paper for each age."""
    return _page(slug, None)


@blueprint.get("/surveys/<slug:slug>/paper/from-<int(max=200):lowest>")
@public
def edition(slug: str, lowest: int) -> str:
    """The paper for people from that age on."""
    return _page(slug, lowest)


def _page(slug: str, lowest: int | None) -> str:
    with reading().connect() as connection:
        survey = current_survey(connection, slug)
        wards = ward_names(connection)
    whole = survey.questionnaire.definition
    if whole.invited:  # paper cannot show that a code was used, and only once
        abort(404, gettext("There is no paper copy at this address."))
    editions = editions_of(whole)
    if lowest is None and len(editions) > 1:
        named = [(each, ages_of(each)) for each in editions]
        return render_template("surveys/papers.html", survey=survey, editions=named)
    chosen = next((each for each in editions if lowest in {None, each.lowest}), None)
    if chosen is None:
        abort(404, gettext("There is no paper copy at this address."))
    return render_template(
        "surveys/paper.html",
        survey=survey,
        definition=chosen.definition,
        ages=ages_of(chosen) if len(editions) > 1 else "",
        start=tuple(_beginning(chosen, alone=len(editions) == 1)),
        pages=tuple(_Press(chosen.definition, numbers_of(whole), wards, whole).pages()),
        services=help_services(whole.help),
        lists_wards=len(wards) <= MOST_WARDS,
    )


def _beginning(edition: Edition, *, alone: bool) -> Iterator[str]:
    """The paragraphs of the start that are for an edition.

    What is said to those under 13 names their age, in every language, and is not for older people.
    An edition that is `alone` is for everybody.
    """
    grown = edition.lowest >= YOUNGEST and not alone
    for paragraph in edition.definition.start.strip().split("\n\n"):
        if not (grown and re.search(rf"\b{YOUNGEST}\b", paragraph)):
            yield paragraph


def ages_of(edition: Edition) -> str:
    """For whom an edition is, in words."""
    if not edition.lowest and edition.highest is not None:
        return gettext("people under %(age)s", age=edition.highest + 1)
    if edition.highest is None:
        return gettext("people aged %(lowest)s or over", lowest=edition.lowest)
    return gettext(
        "people aged %(lowest)s to %(highest)s", lowest=edition.lowest, highest=edition.highest
    )


class _Press:
    """Puts an edition into the words and boxes that are printed, under the numbers of the whole."""

    def __init__(
        self,
        definition: Definition,
        numbers: Mapping[str, int],
        wards: Mapping[str, str],
        whole: Definition,
    ) -> None:
        self.definition, self.numbers, self.wards, self.whole = definition, numbers, wards, whole
        # Nobody has answered yet: what repeats an answer has its other words.
        self.voice = Voice(definition, {}, dates=date_in_words)

    def pages(self) -> Iterator[Page]:
        """Every part, in order."""
        for part in parts_of(self.definition, self.numbers):
            questions = tuple(self._printed(each) for each in part.questions)
            yield Page(self.voice.section(part.section), self._way(part), questions)

    def _printed(self, numbered: Numbered) -> Printed:
        question = self.voice.question(numbered.question)
        return Printed(numbered.number, question, tuple(self._boxes(question)), self._way(numbered))

    def _boxes(self, question: Question) -> Iterator[tuple[str, Option]]:
        """The boxes of a question with the keys that they have in the whole questionnaire."""
        wards = tuple(self.wards.items()) if question.kind in PLACE_KINDS else ()
        offered = {option.code: option for option in question.options}
        offered |= {code: Option(code, name) for code, name in wards}
        for key, code in keys_of(self.whole.questions[question.id], wards).items():
            if code in offered:
                yield key, offered[code]

    def _way(self, part: Part | Numbered) -> str:
        way: Way | None = part.way
        if way is None:
            return ""
        return way_in_words(way, clause_of(self.definition, way.when, self.numbers, self.wards))
