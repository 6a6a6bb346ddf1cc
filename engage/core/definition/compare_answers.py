"""What changed among the answers that a question offers."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from engage.core.definition.compare_words import told as labels_told
from engage.core.definition.kinds import Means
from engage.core.definition.question import Option, Question
from engage.core.definition.wording import alike, plain, quoted

_MEANS = {
    Means.DONT_KNOW: "not knowing",
    Means.REFUSED: "preferring not to say",
    Means.NONE_OF_THESE: "none of these",
    Means.NOT_APPLICABLE: "that it does not apply",
    None: "an answer like the others",
}


@dataclass(frozen=True, slots=True)
class _Matched:
    """The answers of two versions: those that are the same one, in pairs, and the rest."""

    pairs: tuple[tuple[Option, Option], ...]
    removed: tuple[Option, ...]
    added: tuple[Option, ...]


def changed_answers(before: Question, after: Question, versions: tuple[str, str]) -> str:
    """The changes as sentences; empty when people are offered the same, stored the same.

    `versions` are the names of the two, such as version 1. An answer is the same as one with its
    words, or else as one with its code.
    """
    matched = _match(before.options, after.options)
    older, newer = versions
    told = [
        *(f"{newer} has no answer {quoted(each.label)}." for each in matched.removed),
        *(f"{newer} adds the answer {quoted(each.label)}." for each in matched.added),
        *(line for one, other in matched.pairs for line in _changed(one, other, versions)),
    ]
    place = {option.code: number for number, option in enumerate(after.options)}
    places = [place[other.code] for _one, other in matched.pairs]
    if places != sorted(places):
        told.append(f"{newer} gives the answers in another order than {older}.")
    return " ".join(f"{line[0].upper()}{line[1:]}" for line in told)


def _match(before: Sequence[Option], after: Sequence[Option]) -> _Matched:
    left = {plain(option.label): option for option in after}
    same = [(one, left.pop(plain(one.label), None)) for one in before]
    pairs = [(one, other) for one, other in same if other]
    by_code = {option.code: option for option in left.values()}
    again = [(one, by_code.pop(one.code, None)) for one, other in same if not other]
    pairs += [(one, other) for one, other in again if other]
    place = {option.code: number for number, option in enumerate(before)}
    return _Matched(
        pairs=tuple(sorted(pairs, key=lambda pair: place[pair[0].code])),
        removed=tuple(one for one, other in again if not other),
        added=tuple(by_code.values()),
    )


def _changed(one: Option, other: Option, versions: tuple[str, str]) -> Iterator[str]:
    older, newer = versions
    named = quoted(other.label)
    if not alike(one.label, other.label):
        yield f"the answer {quoted(one.label)} of {older} is {named} in {newer}."
    if one.code != other.code:
        yield f"{named} is stored as {one.code} in {older} and as {other.code} in {newer}."
    if not alike(one.help, other.help):
        hints = [quoted(each.help) if each.help.strip() else "nothing" for each in (one, other)]
        yield f"the hint at {named} says {hints[0]} in {older} and {hints[1]} in {newer}."
    if labels_told(one.texts) != labels_told(other.texts):
        yield f"{named} is put to some people in other words."
    if one.means is not other.means:
        stands = f"stands for {_MEANS[one.means]} in {older} and for {_MEANS[other.means]}"
        yield f"{named} {stands} in {newer}."
    if one.age != other.age:
        yield f"{named} stands for {_ages(one)} in {older} and for {_ages(other)} in {newer}."
    if one.group != other.group:
        groups = [quoted(each.group) if each.group else "no group" for each in (one, other)]
        yield f"{named} counts to {groups[0]} in {older} and to {groups[1]} in {newer}."


def _ages(option: Option) -> str:
    if option.age is None:
        return "no age"
    first, last = option.age
    return f"{first} or older" if last is None else f"{first} to {last} years"
