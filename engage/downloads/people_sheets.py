"""Who answered and whom their answers stand for, as sheets of a workbook."""

from collections.abc import Sequence

from engage.core.export.cells import Cell, Rough, WholePercent
from engage.core.export.sheets import Heading, Sheet
from engage.core.representation.representation import Group, Representation, State
from engage.core.statistics.estimate import EMPTY, HIDDEN
from engage.core.words.figure import capital
from engage.core.words.mirror import MARGINS, STATES
from engage.downloads.cells import NOT_APPLICABLE
from engage.figures.weighting import Line
from engage.figures.words import FEW_HIDDEN


def weighting(lines: Sequence[Line]) -> Sheet | None:
    """Every category that was weighted by; None where nothing was."""
    if not lines:
        return None
    return Sheet(
        name="Weighting",
        title="Whom the answers stand for",
        table="weighting",
        headings=(
            Heading("Weighted by", 24),
            Heading("Group", 44),
            Heading("People who answered (number)", 14),
            Heading("Residents they stand for without weights (number)", 16),
            Heading("Residents they stand for with weights (number)", 16),
        ),
        rows=[
            (
                capital(line.margin),
                capital(line.group),
                *map(_count, (line.people, line.before, line.residents)),
            )
            for line in lines
        ],
        lines=(
            "This worksheet has one table. The sheet Notes says how the weights are made.",
            FEW_HIDDEN,
        ),
    )


def who_answered(found: Representation | None) -> Sheet | None:
    """Every group of every margin beside the residents; None where nothing could be compared."""
    if found is None or not found.groups:
        return None
    return Sheet(
        name="Who answered",
        title="Who answered beside who lives here",
        table="who_answered",
        headings=(
            Heading("Compared by", 24),
            Heading("Group", 44),
            Heading("People who answered (to the nearest ten)", 16),
            Heading("Residents (number)", 14),
            Heading("Share of answers (percent)", 14),
            Heading("Share of residents (percent)", 14),
            Heading("Share of answers by share of residents (ratio)", 18),
            Heading("What that says", 30),
        ),
        rows=[_group(group) for group in found.groups],
        lines=(
            f"This worksheet has one table. The sheet Notes has the R-indicator. {FEW_HIDDEN}",
            (
                "People who live here and answered, of those who said their group. Shares and "
                "ratios come from the rounded numbers, what they say from the exact ones and their "
                "95% interval."
            ),
            (
                "A ratio of 1 is as many as there should be, 0.5 half as many. Equal shares do not "
                "make a random sample: people still choose whether to answer."
            ),
        ),
    )


def _group(group: Group) -> tuple[Cell, ...]:
    shares = (group.sample_share, group.population_share)
    return (
        MARGINS.get(group.margin, group.margin),
        group.name,
        _count(group.people),
        round(group.residents),
        *(_absent(group) if share is None else WholePercent(share) for share in shares),
        _absent(group) if group.ratio is None else Rough(group.ratio),
        STATES[group.state],
    )


def _absent(group: Group) -> str:
    if group.people is None:
        return HIDDEN
    return EMPTY if group.state is State.NOBODY else NOT_APPLICABLE


def _count(number: float | None) -> Cell:
    return HIDDEN if number is None else round(number)
