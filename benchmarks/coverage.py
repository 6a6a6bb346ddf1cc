"""How often 95% intervals hold the truth: samples drawn again and again from a known borough.

    python -m benchmarks.coverage [repetitions]

People of different ages and sexes answer more or less readily, and answer differently; every
sample is raked to ward and age by sex. The table is for docs/coverage.md.
"""

import sys
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd

from engage.core.indicators.compare import AREAS, Wave, compare
from engage.core.indicators.compute import tabulate
from engage.core.indicators.counting import Counted, count_indicators
from engage.core.indicators.model import Areas, Better, Comparisons, GroupPair, Indicator, Kind
from engage.core.statistics.did import arms
from engage.core.statistics.factor import Factor
from engage.core.statistics.margins import Margin, MarginError
from engage.core.statistics.overlap import Links
from engage.core.statistics.sample import take_sample

SEED = 20260302
RESIDENTS = 40_000
WARDS, AGES, SEXES = 6, 4, 2
LEVELS = {"rare": 0.04, "some": 0.20, "half": 0.50, "most": 0.92}
METHODS = ("mean", "xlogit", "wilson", "beta")
ESTIMATORS = ("rake", "fixed")
PAIR = GroupPair("sex", "0", "1")
PLAN = Comparisons((PAIR,), Areas("ward", frozenset("01"), frozenset("23")))


@dataclass(frozen=True, slots=True)
class Borough:
    """Everybody: ward, age, sex, how readily they answer, and what they say in either wave."""

    ward: np.ndarray
    age: np.ndarray
    sex: np.ndarray
    readiness: np.ndarray
    answers: tuple[np.ndarray, np.ndarray]


def borough(rng: np.random.Generator) -> Borough:
    """A borough in which place, age and sex shape both answers and answering."""
    ward = rng.choice(WARDS, RESIDENTS, p=[0.3, 0.2, 0.2, 0.15, 0.1, 0.05])
    age, sex = rng.integers(0, AGES, RESIDENTS), rng.integers(0, SEXES, RESIDENTS)
    readiness = np.exp(0.4 * age + 0.2 * sex)
    lean = 0.3 * (ward - 2) + 0.3 * (age - 1.5) - 0.5 * (sex - 0.5)
    person = rng.logistic(size=(RESIDENTS, len(LEVELS)))
    waves = []
    for shift in (0.0, 0.15):
        # Most of what a person says stays from one wave to the next.
        again = np.where(rng.random(person.shape) < 0.3, rng.logistic(size=person.shape), person)
        middle = [np.log(p / (1 - p)) + shift for p in LEVELS.values()]
        waves.append((again + lean[:, None] + middle > 0).astype(np.int64))
    return Borough(ward, age, sex, readiness / readiness.sum(), (waves[0], waves[1]))


INDICATORS = tuple(
    Indicator(
        id=name,
        name=name,
        kind=Kind.PROPORTION,
        variables=(name,),
        numerator=("1",),
        base=("0", "1"),
        better=Better.HIGHER,
    )
    for name in LEVELS
)


def counted(people: Borough, rows: np.ndarray, wave: int) -> Counted:
    """One sample of the borough, counted."""
    ward, age, sex = people.ward[rows], people.age[rows], people.sex[rows]
    wards = Factor("ward", tuple(map(str, range(WARDS))), ward)
    sexes = Factor("sex", ("0", "1"), sex)
    joint = Factor("age_sex", tuple(map(str, range(AGES * SEXES))), age * SEXES + sex)
    sizes = np.bincount(people.age * SEXES + people.sex)
    margins = [
        Margin("ward", {str(i): float(n) for i, n in enumerate(np.bincount(people.ward))}),
        Margin("age_sex", {str(i): float(n) for i, n in enumerate(sizes)}),
    ]
    sample = take_sample(
        len(rows),
        margins=margins,
        labels={"ward": wards, "age_sex": joint},
        breakdowns=[wards, sexes, arms(wards, frozenset("01"), frozenset("23"), AREAS)],
    )
    said = people.answers[wave][rows]
    table = pd.DataFrame(
        {
            name: pd.Categorical.from_codes(said[:, column], categories=["0", "1"])
            for column, name in enumerate(LEVELS)
        }
    )
    return count_indicators(table, INDICATORS, sample)


def truths(people: Borough) -> dict[tuple[str, str, str, str], float]:
    """What everybody says, by what is asked: wave 2, its changes and its comparisons."""
    first, second = people.answers
    found = {}
    for column, name in enumerate(LEVELS):
        before, after = first[:, column], second[:, column]
        women, men = people.sex == 1, people.sex == 0
        treated, control = people.ward < 2, (people.ward == 2) | (people.ward == 3)
        steps = after - before
        found[name, "figure", "overall", "all"] = after.mean()
        found[name, "wave_diff", "overall", "all"] = steps.mean()
        for ward in range(WARDS):
            here = people.ward == ward
            found[name, "figure", "ward", str(ward)] = after[here].mean()
            found[name, "wave_diff", "ward", str(ward)] = steps[here].mean()
        found[name, "group_diff_w2", "sex", "1-0"] = after[women].mean() - after[men].mean()
        found[name, "did", AREAS, "T-C"] = steps[treated].mean() - steps[control].mean()
    return found


def intervals(
    people: Borough, rng: np.random.Generator, size: int, stay: float
) -> Iterator[tuple[str, str, str, tuple[str, str, str, str], float, float]]:
    """The intervals of one pair of waves; `stay` is the share of the first who answer again."""
    first = rng.choice(RESIDENTS, size, p=people.readiness)
    kept = int(size * stay)
    second = np.concatenate([first[:kept], rng.choice(RESIDENTS, size - kept, p=people.readiness)])
    before, after = counted(people, first, 0), counted(people, second, 1)
    if not stay:
        tidy = tabulate(after, wave="2", estimators=ESTIMATORS, methods=METHODS).tidy
        for row in tidy[tidy["breakdown"].isin(["overall", "ward"])].itertuples():
            key = (row.indicator, "figure", row.breakdown, row.group)
            yield row.estimator, row.method, "figure", key, row.lower, row.upper
    both = np.arange(kept)
    ways = {"independent": None, "overlapping": Links(both, both)} if stay else {"": None}
    for told, links in ways.items():
        made = compare(
            Wave("1", before),
            Wave("2", after),
            breakdowns=["overall", "ward"],
            comparisons=PLAN,
            estimators=["rake"],
            links=links,
        )
        for each in made:
            key = (each.indicator, each.kind, each.breakdown, each.group)
            gap = each.difference
            kind = f"{each.kind} {told}".strip()
            yield each.estimator, "t", kind, key, gap.lower, gap.upper


def simulate(repetitions: int) -> pd.DataFrame:
    """A row an interval: whether it holds the truth, and its width."""
    rng = np.random.default_rng(SEED)
    people = borough(rng)
    true = truths(people)
    rows = []
    for size, stay in ((400, 0.0), (1500, 0.0), (1500, 0.6)):
        refused = 0
        for _repetition in range(repetitions):
            try:
                for estimator, method, kind, key, lower, upper in intervals(
                    people, rng, size, stay
                ):
                    if key in true:
                        holds = lower <= true[key] <= upper
                        place = "whole" if key[3] in {"all", "1-0", "T-C"} else "ward"
                        case = (size, stay, kind, estimator, method, key[0], place)
                        rows.append((*case, holds, upper - lower))
            except MarginError:
                refused += 1
        if refused:
            print(f"{refused} samples of {size} had nobody in a category, and were refused.")
    names = ["size", "stay", "kind", "estimator", "method", "level", "place", "holds", "width"]
    return pd.DataFrame(rows, columns=names)


def main() -> None:
    """Print the share of intervals that hold the truth."""
    repetitions = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
    made = simulate(repetitions)
    keys = ["kind", "place", "size", "stay", "estimator", "method"]
    shares = made.pivot_table("holds", keys, "level", aggfunc="mean", sort=False)[list(LEVELS)]
    widths = made.groupby(keys, sort=False)["width"].mean()
    print("| what | where | people | again | estimator | interval | " + " | ".join(LEVELS), end=" ")
    print("| mean width |\n|" + "---|" * (len(keys) + len(LEVELS) + 1))
    for key, row in shares.iterrows():
        held = " | ".join(f"{share:.1%}" for share in row)
        kind, place, size, stay, estimator, method = key
        print(
            f"| {kind} | {place} | {size} | {stay:.0%} | {estimator} | {method} | {held}", end=" "
        )
        print(f"| {widths[key]:.3f} |")


if __name__ == "__main__":
    main()
