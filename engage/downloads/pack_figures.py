"""The figures of a board pack: which lead, what they say in ten sentences, how they perform."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from engage.core.indicators.model import Headline, Indicator
from engage.core.words.change import change_words, is_clear
from engage.core.words.figure import capital, of_whom
from engage.core.words.target import aim_words, target_words
from engage.downloads.content import Content
from engage.figures.charted import shown_of
from engage.figures.indicators import indicator_file_of
from engage.figures.sentences import BEFORE_ROUNDING, prints_alike
from engage.figures.store import StoredFigure
from engage.figures.told import between
from engage.figures.words import OVERALL

MOST = 10
"""Sentences on the first page, and figures where a survey names none that lead."""
NONE = "–"


@dataclass(frozen=True, slots=True)
class Leading:
    """A figure with its name for people and the indicator as the wave asked it."""

    title: str
    indicator: Indicator
    figure: StoredFigure

    @property
    def key(self) -> tuple[str, str, str]:
        """Which figure it is."""
        return self.figure.indicator, self.figure.breakdown, self.figure.group


def leading(content: Content) -> list[Leading]:
    """The headlines of the survey that the run has figures for, else the first of everybody."""
    heads = indicator_file_of(content.told.definition.id).headlines
    found = []
    for head in heads:
        figure, indicator = content.told.figures.get(head.key), content.by_id.get(head.indicator)
        if figure and indicator:
            found.append(Leading(_title(head, indicator, figure), indicator, figure))
    if found:
        return found
    of_all = [each for each in content.figures if each.breakdown == OVERALL]
    known = [each for each in of_all if each.indicator in content.by_id]
    return [
        Leading(content.name(each.indicator), content.by_id[each.indicator], each)
        for each in known[:MOST]
    ]


def ten_sentences(content: Content, figures: Sequence[Leading]) -> list[str]:
    """What the pack says, ten sentences at most: the figures, clear changes, then targets."""
    found = [*_found(content, figures)]
    beside = [*_changed(content, figures), *_aimed(content, figures)]
    room = max(MOST - len(found), MOST // 2)
    return [*found[: MOST - min(room, len(beside))], *beside[:room]]


def performance(content: Content, figures: Sequence[Leading]) -> list[list[str]]:
    """Rows of the performance table: figure, last, this, change in words, target, status."""
    return [_row(content, each) for each in figures]


def _row(content: Content, each: Leading) -> list[str]:
    before = content.told.before.get(each.key)
    held = content.told.verdicts.get(each.key, ())
    return [
        each.title,
        shown_of(each.indicator, before) if before else NONE,
        shown_of(each.indicator, each.figure.estimate),
        _change(content, each) or NONE,
        "; ".join(capital(aim_words(each.indicator, one.target)) for one in held) or NONE,
        "; ".join(
            capital(f"{one.verdict}{' so far' if one.ahead else ''}") if one.verdict
            else "Not looked at"
            for one in held
        )
        or NONE,
    ]  # fmt: skip


def _found(content: Content, figures: Sequence[Leading]) -> Iterator[str]:
    for each in figures:
        whom = content.told.whom(each.figure)
        yield f"{each.title}: {of_whom(each.indicator, each.figure.estimate, whom)}"


def _changed(content: Content, figures: Sequence[Leading]) -> Iterator[str]:
    for each in figures:
        change = content.told.changes.get(each.key)
        if change and not change.reason and is_clear(change):
            yield f"{each.title}: {_change(content, each)}"


def _aimed(content: Content, figures: Sequence[Leading]) -> Iterator[str]:
    for each in figures:
        whom = content.told.whom(each.figure)
        for one in content.told.verdicts.get(each.key, ()):
            if one.verdict is not None:
                told = target_words(each.indicator, one.target, one.verdict, whom, ahead=one.ahead)
                near = f" {BEFORE_ROUNDING}" if prints_alike(each.indicator, one) else ""
                yield f"{each.title}: {told}{near}"


def _change(content: Content, each: Leading) -> str:
    """What is said of the change; nothing without a wave before, or of a hidden figure."""
    change, waves_of = content.told.changes.get(each.key), between(content.told, each.key)
    if change is None or waves_of is None or each.figure.estimate.hidden:
        return ""
    return change_words(each.indicator, change, waves_of, among=False)


def _title(head: Headline, indicator: Indicator, figure: StoredFigure) -> str:
    if head.title:
        return head.title
    return indicator.name if head.breakdown == OVERALL else f"{indicator.name}: {figure.label}"
