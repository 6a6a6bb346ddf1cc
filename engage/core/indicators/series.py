"""Breaks in a series: why figures of two versions of a questionnaire may not be compared."""

from dataclasses import dataclass

from engage.core.definition.model import Definition
from engage.core.indicators.model import BreakKind, Indicator

__all__ = ["Break", "BreakKind", "broken"]


@dataclass(frozen=True, slots=True)
class Break:
    """One reason not to compare, with a sentence for people."""

    kind: BreakKind
    says: str


def broken(indicator: Indicator, before: Definition, after: Definition) -> tuple[Break, ...]:
    """Every break in an indicator's series between two versions of its questionnaire.

    Those that its file declares come first. The order of the two versions does not matter; a
    version has no break with itself.
    """
    first, last = sorted((before.version, after.version))
    return tuple(
        Break(each.kind, each.says) for each in indicator.breaks if first < each.version <= last
    )
