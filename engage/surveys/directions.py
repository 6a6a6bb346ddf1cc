"""Directions on paper in words: whom questions are for, and where everybody else goes on."""

from collections.abc import Callable, Sequence

from flask_babel import gettext

from engage.core.definition.condition import Sign
from engage.core.definition.directions import Amount, Clause, Says
from engage.core.definition.paper import Way
from engage.web.days import date_in_words


def way_in_words(way: Way, clause: Clause) -> str:
    """The line before a part or a run of questions that is not for everybody."""
    what = in_words(clause)
    if way.first is None:
        return gettext("Read this only if %(what)s.", what=what)
    if way.first == way.last:
        only = gettext("Answer question %(first)s only if %(what)s.", first=way.first, what=what)
    else:
        only = gettext(
            "Answer questions %(first)s to %(last)s only if %(what)s.",
            first=way.first,
            last=way.last,
            what=what,
        )
    if way.onward is None:
        onward = gettext("If not, you have finished.")
    else:
        onward = gettext("If not, go to question %(next)s.", next=way.onward)
    return f"{only} {onward}"


def in_words(clause: Clause, *, inside: bool = False) -> str:
    """A clause in words that follow “only if”; brackets go around several inside another."""
    if clause.says in JOINED:
        between = gettext(" and ") if clause.says is Says.ALL else gettext(" or ")
        told = between.join(in_words(part, inside=True) for part in clause.parts)
        return f"({told})" if inside else told
    return SAID[clause.says](clause)


JOINED = frozenset({Says.ALL, Says.ANY})


def _ticked(clause: Clause) -> str:
    return gettext(
        "you ticked %(labels)s at question %(number)s",
        labels=one_of(clause.labels),
        number=clause.number,
    )


def _not_ticked(clause: Clause) -> str:
    return gettext(
        "you did not tick %(labels)s at question %(number)s",
        labels=one_of(clause.labels),
        number=clause.number,
    )


def _other(clause: Clause) -> str:
    return gettext(
        "you answered question %(number)s, and not with %(labels)s",
        labels=one_of(clause.labels),
        number=clause.number,
    )


def _answered(clause: Clause) -> str:
    return gettext("you answered question %(number)s", number=clause.number)


def _empty(clause: Clause) -> str:
    return gettext("you left question %(number)s empty", number=clause.number)


def _number(clause: Clause) -> str:
    return gettext("%(number)s is %(range)s", number=amount(clause.amount), range=span(clause))


def _not_number(clause: Clause) -> str:
    return gettext("%(number)s is not %(range)s", number=amount(clause.amount), range=span(clause))


SAID: dict[Says, Callable[[Clause], str]] = {
    Says.TICKED: _ticked,
    Says.NOT_TICKED: _not_ticked,
    Says.OTHER: _other,
    Says.ANSWERED: _answered,
    Says.EMPTY: _empty,
    Says.NUMBER: _number,
    Says.NOT_NUMBER: _not_number,
}
"""What a clause says about one question, to how it is said."""


def amount(of: Amount | None) -> str:
    """A number that people can work out."""
    if of is None or of.title:
        return gettext("“%(label)s”", label=of.title if of else "")
    if of.labels:
        return gettext(
            "the number of times you ticked %(labels)s at questions %(numbers)s",
            labels=one_of(of.labels),
            numbers=listed(of.numbers),
        )
    if len(of.numbers) == 1:
        return gettext("your answer to question %(number)s", number=of.numbers[0])
    return gettext("the sum of your answers to questions %(numbers)s", numbers=listed(of.numbers))


def listed(numbers: Sequence[int]) -> str:
    """The numbers of several questions."""
    return gettext(", ").join(map(str, numbers))


def one_of(labels: Sequence[str]) -> str:
    """Several labels in quotation marks, the last after “or”."""
    quoted = [gettext("“%(label)s”", label=label) for label in labels]
    if len(quoted) < 2:
        return "".join(quoted) or gettext("another answer")
    most = gettext(", ").join(quoted[:-1])
    return gettext("%(most)s or %(last)s", most=most, last=quoted[-1])


def span(clause: Clause) -> str:
    """What a number or a date is held against, in words."""
    told = [THAN[sign](amount(other)) for sign, other in clause.than]
    if clause.lowest is not None or clause.highest is not None:
        told.insert(0, _bounds(clause))
    return gettext(" and ").join(told)


THAN: dict[Sign, Callable[[str], str]] = {
    Sign.AT_LEAST: lambda number: gettext("%(number)s or more", number=number),
    Sign.AT_MOST: lambda number: gettext("%(number)s or less", number=number),
    Sign.MORE_THAN: lambda number: gettext("more than %(number)s", number=number),
    Sign.LESS_THAN: lambda number: gettext("less than %(number)s", number=number),
}
"""How one number is compared with another."""


def _bounds(clause: Clause) -> str:
    def said(number: int) -> str:
        return date_in_words(number) if clause.dated else str(number)

    lowest, highest = clause.lowest, clause.highest
    if lowest is not None and lowest == highest:
        return said(lowest)
    if lowest is not None and highest is not None:
        return gettext("from %(low)s to %(high)s", low=said(lowest), high=said(highest))
    if lowest is not None:
        if clause.dated:
            return gettext("%(date)s or later", date=said(lowest))
        return gettext("%(number)s or more", number=said(lowest))
    most = said(highest or 0)
    if clause.dated:
        return gettext("%(date)s or earlier", date=most)
    return gettext("%(number)s or less", number=most)
