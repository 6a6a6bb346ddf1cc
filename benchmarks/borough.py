"""Two invented waves of any size: coded tables as cleaning gives them, margins and indicators."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from engage.core.indicators.model import Indicator, Kind
from engage.core.statistics.factor import cross, factor_of
from engage.core.statistics.margins import Margin
from engage.core.statistics.sample import Sample, take_sample

MISSING = ["@not_asked", "@not_answered"]
QUESTIONS = [f"q{number:02}" for number in range(1, 31)]
# Very safe to very unsafe, don't know, prefer not to say; some were not asked or did not answer.
SAID = {"@not_asked": 5, "@not_answered": 3} | dict(
    zip("1234598", (18, 30, 17, 12, 8, 5, 2), strict=True)
)
PEOPLE = {
    "ward": {f"w{number:02}": 20 + number for number in range(28)},
    "age": {"16-24": 14, "25-34": 20, "35-44": 19, "45-54": 16, "55-64": 13, "65+": 18},
    "sex": {"F": 52, "M": 48},
    "ethnicity": {"White": 60, "Asian": 15, "Black": 13, "Mixed": 6, "Other": 6},
    "disability": {"@not_answered": 5, "yes": 20, "no": 75},
    "tenure": {"@not_answered": 5, "owns": 45, "rents": 28, "social": 22},
    "orientation": {"@not_answered": 6, "straight": 88, "other": 6},
    "religion": {"none": 38, "Christian": 36, "Muslim": 11, "Hindu": 6, "Jewish": 4, "other": 5},
}
RESIDENTS = 300_000


@dataclass(frozen=True)
class Wave:
    """One wave's responses: everybody, eight ways to break them down and thirty questions."""

    table: pd.DataFrame
    margins: list[Margin]

    def sample(self, breakdowns: list[str], weights: np.ndarray | None = None) -> Sample:
        """The people by age and sex, ward and ethnicity, and in these breakdowns."""
        factors = {name: factor_of(name, self.table[name]) for name in PEOPLE}
        labels = {**factors, "age_sex": cross("age_sex", [factors["age"], factors["sex"]])}
        return take_sample(
            len(self.table),
            margins=self.margins,
            labels=labels,
            breakdowns=[factors[name] for name in breakdowns],
            design_weights=weights,
        )


def wave(size: int, seed: int) -> Wave:
    """So many people at random, with the margins of residents who are a little different."""
    rng = np.random.default_rng(seed)
    columns = {name: _column(rng, size, shares) for name, shares in PEOPLE.items()}
    columns |= {name: _column(rng, size, SAID) for name in QUESTIONS}
    return Wave(pd.DataFrame(columns, copy=False), _margins(rng))


def _column(rng: np.random.Generator, size: int, shares: dict[str, float]) -> pd.Categorical:
    """Categories in these shares, to one in 256, which is quick to draw."""
    names = [*MISSING, *(name for name in shares if name not in MISSING)]
    ends = np.cumsum([shares.get(name, 0) for name in names])
    place = np.searchsorted(ends / ends[-1], (np.arange(256) + 0.5) / 256).astype(np.int8)
    drawn = place[rng.integers(0, 256, size, dtype=np.uint8)]
    return pd.Categorical.from_codes(drawn, categories=names)


def _margins(rng: np.random.Generator) -> list[Margin]:
    def margin(name: str, shares: dict[str, float]) -> Margin:
        sizes = np.array(list(shares.values())) * rng.uniform(0.8, 1.25, len(shares))
        sizes *= RESIDENTS / sizes.sum()
        return Margin(name, dict(zip(shares, sizes.tolist(), strict=True)))

    crossed = {
        f"{age}|{sex}": a * b
        for age, a in PEOPLE["age"].items()
        for sex, b in PEOPLE["sex"].items()
    }
    named = {"age_sex": crossed, "ward": PEOPLE["ward"], "ethnicity": PEOPLE["ethnicity"]}
    return [margin(name, shares) for name, shares in named.items()]


def shares_of() -> list[Indicator]:
    """One share a question: the first two answers of five."""
    return [
        Indicator(name, name, Kind.PROPORTION, (name,), ("1", "2"), tuple("12345"))
        for name in QUESTIONS
    ]


def thirty_six() -> list[Indicator]:
    """The shares, five mean scores, and a score of seven questions held to a threshold."""
    points = {code: 5.0 - place for place, code in enumerate("12345")}
    means = [
        Indicator(f"{name}_score", name, Kind.MEAN, (name,), scores=points)
        for name in QUESTIONS[:5]
    ]
    seven = tuple(QUESTIONS[10:17])
    high = Indicator("high", "high", Kind.SUM_THRESHOLD, seven, scores=points, threshold=24.0)
    return [*shares_of(), *means, high]
