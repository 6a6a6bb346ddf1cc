"""Breaks in a series: why figures of two versions of a questionnaire may not be compared."""

from collections.abc import Iterator
from dataclasses import dataclass

from engage.core.definition.codebook import variables
from engage.core.definition.compare import Aspect, compare_eligibility, compare_question
from engage.core.definition.model import Definition
from engage.core.indicators.model import BreakKind, Indicator, at_version

__all__ = ["Break", "BreakKind", "broken"]

_KINDS = {
    Aspect.WORDING: BreakKind.WORDING,
    Aspect.KIND: BreakKind.ANSWERS,
    Aspect.ANSWERS: BreakKind.ANSWERS,
    Aspect.ORDER: BreakKind.ORDER,
    Aspect.ASKED: BreakKind.ASKED,
}


@dataclass(frozen=True, slots=True)
class Break:
    """One reason not to compare, with a sentence for people."""

    kind: BreakKind
    says: str


def broken(indicator: Indicator, before: Definition, after: Definition) -> tuple[Break, ...]:
    """Every break in an indicator's series between two versions of its questionnaire.

    Those that its file declares come first. Then comes what changed of the questions that it is
    made from, of those that decide whom these are put to, and of whom the survey is for. Where
    it was revised to another question, the two questions are compared, each in its version.
    Which version is given first makes no difference; a version has no break with itself. Raises
    ValueError for versions of two questionnaires.
    """
    if before.id != after.id:
        raise ValueError(f"{before.id!r} and {after.id!r} are two questionnaires: no one series.")
    if before.version == after.version:
        return ()
    if before.version > after.version:
        before, after = after, before
    declared = [
        Break(each.kind, each.says)
        for each in indicator.breaks
        if before.version < each.version <= after.version
    ]
    found = list(_found(indicator, before, after))
    if not any(each.kind is BreakKind.ANSWERS for each in found):
        found += _counted(indicator, before, after)
    return tuple(dict.fromkeys([*declared, *found]))


def _found(indicator: Indicator, before: Definition, after: Definition) -> Iterator[Break]:
    """What comparing the questions themselves finds."""
    for one, other in dict.fromkeys(_pairs(indicator, before, after)):
        if one is None or other is None:
            yield _not_asked(before if one is None else after)
            continue
        for change in compare_question(before, after, one, other):
            yield Break(_KINDS[change.kind], change.says)
        gates = [each for each in _gates(before, one) if each in _gates(after, other)]
        for gate in gates:
            for change in compare_question(before, after, gate):
                if change.kind is Aspect.ASKED:
                    yield Break(BreakKind.ASKED, change.says)
    for change in compare_eligibility(before, after):
        yield Break(BreakKind.ASKED, change.says)


def _pairs(
    indicator: Indicator, before: Definition, after: Definition
) -> Iterator[tuple[str | None, str | None]]:
    """The questions that its variables come from, each in its version; None for one not asked."""
    olds, news = ({each.name: each.question for each in variables(one)} for one in (before, after))
    first, second = (at_version(indicator, each.version).variables for each in (before, after))
    # Where one version has more of them, `_counted` says so.
    for name, later in zip(first, second, strict=False):
        one, other = olds.get(name), news.get(later)
        if name == later:
            # A box that one version does not have: its question may be there all the same.
            one = one or (other if other in before.questions else None)
            other = other or (one if one in after.questions else None)
        yield one, other


def _gates(definition: Definition, question_id: str) -> list[str]:
    """The questions that decide whether this one is put to somebody, and those behind them."""
    found: dict[str, None] = {}
    waiting = [question_id]
    while waiting:
        rule = definition.questions[waiting.pop()].show_if
        new = [each for each in (rule.questions() if rule else ()) if each not in found]
        found |= dict.fromkeys(new)
        waiting += new
    return list(found)


def _not_asked(definition: Definition) -> Break:
    return Break(BreakKind.ASKED, f"Version {definition.version} does not ask for this.")


def _counted(indicator: Indicator, before: Definition, after: Definition) -> list[Break]:
    """A revision that makes something else of the same answers."""
    one, other = (at_version(indicator, each.version) for each in (before, after))
    same = (one.numerator, one.base, one.scores, one.threshold, len(one.variables)) == (
        *(other.numerator, other.base, other.scores, other.threshold, len(other.variables)),
    )
    older, newer = f"version {before.version}", f"Version {after.version}"
    says = f"{newer} makes the figure from the answers in another way than {older}."
    return [] if same else [Break(BreakKind.ANSWERS, says)]
