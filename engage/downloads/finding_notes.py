"""What the sheet of notes says of changes, targets, cleaning, who answered and who did not."""

from collections.abc import Iterator

from engage.core.indicators.rounding import counts_told
from engage.core.representation.representation import JOINT, Representation
from engage.core.words.mirror import MARGINS, gap_words, together
from engage.downloads.content import Content

Note = tuple[str, str]
"""What a note is about, and the note."""

FAMILY = (
    "The p-value is how often chance alone would make a change at least so large. Of 20 tests "
    "about one finds something where there is nothing, so the p-values of a family of tests are "
    "adjusted for how many they are (Holm below 10 tests, Benjamini and Hochberg from 10 on). The "
    "main findings of the survey are one family; in each breakdown the other figures are one."
)
REACH = (
    "The smallest change that a next wave as precise as this one would show four times in five, at "
    "the 5% level (2.8 times the standard error of the change)."
)
NO_CHANGES = "There is no earlier wave of this survey with figures to compare with."
NO_TARGETS = "No target is on record for this wave."
NO_CLEANING = "No answer was removed, or no leading figures are named for this survey."
UNANSWERED = (
    "The shares who did not know and who did not answer are of all who were asked, where each "
    "counts once. They are in whole percent, or to the nearest 5 percent where one percent is "
    "fewer than five people, and hidden where that is fewer too. How many were asked is to the "
    "nearest ten."
)


def whom(content: Content) -> Iterator[Note]:
    """What a reader must know before anything else: who could answer."""
    yield "Who could answer", content.told.caveat
    if counts := counts_told(content.run.counts_rounded_to):
        yield "Numbers of people in figures", counts


def finding_notes(content: Content) -> Iterator[Note]:
    """All that there is to say besides how the figures themselves are made."""
    run, told = content.run, content.told
    yield "Who did not answer", UNANSWERED
    yield from who_answered(run.representation)
    if not run.sensitivity:
        yield "Cleaning", NO_CLEANING
    yield "Changes", FAMILY if told.earlier else NO_CHANGES
    if not told.verdicts:
        yield "Targets", NO_TARGETS
    yield "Smallest change", REACH


def who_answered(found: Representation | None) -> Iterator[Note]:
    """How well those who answered mirror the residents, or why that is not known."""
    if found is None:
        return
    about = "Who answered"
    if found.reason:
        yield about, found.reason
    for note in found.notes:
        yield about, note
    for gap in found.gaps:
        if gap.margin != JOINT:
            for said in gap_words(gap):
                yield f"{about}: {MARGINS.get(gap.margin, gap.margin).lower()}", said
    for said in together(found):
        yield f"{about}: {MARGINS[JOINT].lower()}", said
