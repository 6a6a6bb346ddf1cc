"""What changed about what may be answered: bounds, places, what is required, what goes together."""

from collections.abc import Hashable, Iterator

from engage.core.definition.compare_asked import names_of, unordered
from engage.core.definition.days import in_words
from engage.core.definition.kinds import DATE_KINDS, NUMBER_KINDS, TEXT_KINDS, Kind
from engage.core.definition.model import Definition
from engage.core.definition.question import Question


def changed_limits(
    before: Definition, after: Definition, one: Question, other: Question
) -> Iterator[str]:
    """Each change as a sentence, of a question that both versions ask."""
    older, newer = names_of(before, after)
    if one.kind is other.kind:
        ranges = [_range(each) for each in (one, other)]
        if one.kind in NUMBER_KINDS and ranges[0] != ranges[1]:
            what = "dates" if one.kind in DATE_KINDS else "numbers"
            yield f"{older} takes {what} {ranges[0]}, {newer} {ranges[1]}."
        if one.kind is Kind.RANKING and one.places != other.places:
            yield f"{older} has {one.places} places to give, {newer} {other.places}."
        if one.kind is Kind.PLACES and one.choose != other.choose:
            yield f"{older} takes up to {one.choose} places, {newer} up to {other.choose}."
        if one.kind in TEXT_KINDS and one.max_length != other.max_length:
            yield f"{older} takes {one.max_length} letters, {newer} {other.max_length}."
    needs = [_needs(each) for each in (one, other)]
    if needs[0] != needs[1]:
        words = [_NEEDS[type(each)] for each in needs]
        if words[0] == words[1]:
            yield f"{newer} wants an answer of others than {older}."
        else:
            yield f"{older} {words[0]}, {newer} {words[1]}."
    rules = _rules(before, one), _rules(after, other)
    if rules[0] != rules[1]:
        yield _together(rules, (older, newer))


def _range(question: Question) -> str:
    dates = question.kind in DATE_KINDS
    least, most = (
        "" if bound is None else in_words(bound) if dates else str(bound)
        for bound in (question.minimum, question.maximum)
    )
    if question.until_today:
        most = "the day on which it is answered"
    parts = (f"from {least}" if least else "", f"to {most}" if most else "", question.unit)
    return " ".join(part for part in parts if part) or "of any size"


_NEEDS: dict[type, str] = {
    bool: "lets nobody skip it",
    type(None): "lets everybody skip it",
    tuple: "lets some people skip it",
}


def _needs(question: Question) -> Hashable:
    """Of whom an answer is wanted: True for everybody, None for nobody, or else the rule."""
    if question.kind is Kind.CONSENT:  # it says whom the survey is for, which is told of that
        return None
    return question.required or unordered(question.required_if)


def _rules(definition: Definition, question: Question) -> frozenset[Hashable]:
    """The rules of its page that look at a question, or show at it, whatever they say."""
    page = definition.sections[definition.page_of[question.id]]
    return frozenset(
        unordered(rule.wrong_if)
        for rule in page.rules
        if question.id == rule.at or question.id in rule.wrong_if.questions()
    )


def _together(
    rules: tuple[frozenset[Hashable], frozenset[Hashable]], names: tuple[str, str]
) -> str:
    older, newer = names
    if rules[0] < rules[1]:
        return f"{newer} refuses some answers together with others, which {older} takes."
    if rules[1] < rules[0]:
        return f"{newer} takes some answers together with others, which {older} refuses."
    return f"{newer} refuses other answers together with others than {older}."
