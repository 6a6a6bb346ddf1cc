"""What an edition changed: the figures of it that stood otherwise in the edition before."""

from collections.abc import Sequence
from dataclasses import dataclass

from engage.published import words
from engage.published.about import About
from engage.published.figure import Figure

NOTHING = "–"


@dataclass(frozen=True, slots=True)
class Corrected:
    """A figure as it stood, and as it stands now; a dash where it was not there."""

    title: str
    then: str
    now: str


def corrected(about: About, now: Sequence[Figure], then: Sequence[Figure]) -> list[Corrected]:
    """The figures that were published in both editions and are printed otherwise, in order.

    What is there anew, or left out, is said by the note of the edition.
    """
    before = {each.key: each for each in then}
    made = []
    for each in now:
        indicator, old = about.indicator(each.indicator), before.get(each.key)
        if indicator is None or old is None:
            continue
        was, is_now = words.shown(indicator, old.estimate), words.shown(indicator, each.estimate)
        if was != is_now:
            group = about.breakdowns.get(each.breakdown, each.breakdown)
            made.append(Corrected(f"{indicator.name} ({group}: {each.label})", was, is_now))
    return made
