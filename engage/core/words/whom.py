"""Of whom a figure speaks: what the way in which people were asked lets it say, and what not."""

from collections.abc import Sequence
from dataclasses import dataclass

from engage.core.statistics.sampling import SampleType
from engage.core.words.marked import marked

CAVEATS: dict[SampleType, str] = {
    SampleType.OPEN_LINK: marked(
        "Anyone with the link could answer, so this is not a random sample. The interval allows "
        "for chance only. It cannot allow for people who chose not to answer."
    ),
    SampleType.PANEL: marked(
        "Members of a panel answered, who had offered to be asked, so this is not a random "
        "sample. The interval allows for chance only. It cannot allow for people who would not "
        "join the panel, or did not answer."
    ),
    SampleType.RANDOM: marked(
        "The people who were asked were drawn at random. The interval allows for chance only. It "
        "cannot allow for people who were drawn and did not answer."
    ),
}

BY_CODE = marked(
    "Only people who were given a one-time code could answer, so this is not a random sample. The "
    "interval allows for chance only. It cannot allow for people who got no code, or did not "
    "answer."
)


def caveat(sample: SampleType, *, invited: bool = False) -> str:
    """What a reader must know of the figures of a wave, by the way in which people were asked.

    `invited` is whether the survey lets in only who has a one-time code.
    """
    return BY_CODE if invited else CAVEATS[sample]


@dataclass(frozen=True, slots=True)
class Whom:
    """The people whom a figure is about.

    `margins` are what their answers were weighted by (empty where each counts once, as in the
    survey of young people, or in the group of visitors); `group` is the group's label, empty for
    everybody; `people` are whom the weights stand for, `place` where they live.
    """

    sample: SampleType
    margins: tuple[str, ...] = ()
    group: str = ""
    people: str = "residents"
    place: str = "the borough"

    @property
    def speaks_of_residents(self) -> bool:
        """Whether the figure may be said of residents: drawn at random, and weighted to them."""
        return self.sample is SampleType.RANDOM and bool(self.margins)


def those(whom: Whom) -> str:
    """The people, to stand after "of" or "among": residents, or those who answered."""
    within = f" in the group “{whom.group}”" if whom.group else ""
    if whom.speaks_of_residents:
        return f"{whom.people}{within}"
    called = "panel members" if whom.sample is SampleType.PANEL else "those"
    return f"{called}{within} who answered{_weighted(whom)}"


def _weighted(whom: Whom) -> str:
    if not whom.margins:
        return ""
    by = listed([name for margin in whom.margins for name in margin.split(" and ")])
    return f" (their answers weighted to match {whom.place} by {by})"


def listed(names: Sequence[str]) -> str:
    """Names in a row, as in age, sex and ward."""
    return " and ".join([*filter(None, [", ".join(names[:-1])]), names[-1]])
