"""The residents of every ward by sex and age, and what only the whole table shows to be wrong."""

from collections import Counter
from collections.abc import Iterator, Mapping
from itertools import pairwise

from engage.core.files.faults import Faults

Band = tuple[int, int]

BOTH = "both sexes"
ALL_AGES: Band = (-1, -1)
"""The place of sums that a file holds beside its parts."""


class ResidentsTable:
    """Residents by ward, sex and age band, gathered row by row and then checked as a whole."""

    def __init__(self, wards: Mapping[str, str], faults: Faults) -> None:
        """Start empty; `wards` are the names of the wards on record by their codes."""
        self.wards = wards
        self.faults = faults
        self._cells: dict[tuple[str, str], dict[Band, int]] = {}

    def put(self, where: str, ward: str, sex: str, band: Band, residents: int) -> None:
        """Put residents in their place; notes a place that is filled already."""
        bands = self._cells.setdefault((ward, sex), {})
        if band in bands:
            self.faults.add(
                f"{where} counts {self.wards[ward]}, {sex}, {said(band)} a second time."
            )
        bands[band] = residents

    def plain(self) -> dict[tuple[str, str], dict[Band, int]]:
        """The residents by ward and sex, then by age band, without the sums."""
        return {
            place: {band: number for band, number in bands.items() if band != ALL_AGES}
            for place, bands in self._cells.items()
            if place[1] != BOTH
        }

    def check(self) -> None:
        """Note wards without residents, bands that differ or do not join, sums that are false."""
        plain = self.plain()
        shapes = Counter(tuple(sorted(bands)) for bands in plain.values())
        usual = shapes.most_common(1)[0][0] if shapes else ()
        for problem in (*_broken(usual), *self._unlike(plain, usual), *self._false_sums(plain)):
            self.faults.add(problem)

    def _unlike(
        self, plain: dict[tuple[str, str], dict[Band, int]], usual: tuple[Band, ...]
    ) -> Iterator[str]:
        for ward, name in self.wards.items():
            for sex in ("female", "male"):
                bands = plain.get((ward, sex), {})
                lacking = [said(band) for band in usual if band not in bands]
                extra = [said(band) for band in sorted(bands) if band not in usual]
                if not bands:
                    yield f"{name} ({ward}) has no residents of sex {sex}."
                elif lacking or extra:
                    yield (
                        f"{name} ({ward}), {sex}, has other ages than most: "
                        f"without {', '.join(lacking) or 'none'}; "
                        f"besides {', '.join(extra) or 'none'}."
                    )

    def _false_sums(self, plain: dict[tuple[str, str], dict[Band, int]]) -> Iterator[str]:
        for (ward, sex), bands in self._cells.items():
            sexes = ("female", "male") if sex == BOTH else (sex,)
            for band, stated in bands.items():
                if sex != BOTH and band != ALL_AGES:
                    continue
                parts = (plain.get((ward, each), {}) for each in sexes)
                total = sum(
                    number
                    for part in parts
                    for age, number in part.items()
                    if band in (age, ALL_AGES)
                )
                if total != stated:
                    yield (
                        f"{self.wards[ward]} ({ward}), {sex}, {said(band)}: the file says "
                        f"{stated:,}, but its parts sum to {total:,}."
                    )


def _broken(bands: tuple[Band, ...]) -> Iterator[str]:
    """What is wrong with a sequence of age bands."""
    for before, after in pairwise(bands):
        if after[0] <= before[1]:
            yield f"The age bands {said(before)} and {said(after)} overlap."
        elif after[0] > before[1] + 1:
            yield f"Between the age bands {said(before)} and {said(after)} some ages are missing."


def said(band: Band) -> str:
    """An age band as a file has it."""
    youngest, oldest = band
    if band == ALL_AGES:
        return "all ages"
    if youngest == oldest:
        return f"age {youngest}"
    return f"{youngest}+" if oldest >= 999 else f"{youngest}-{oldest}"
