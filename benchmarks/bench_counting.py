"""Counting and estimating one million and ten million responses, and adding a thousand.

Thirty questions, eight breakdowns and two waves, half of the responses each. Counting begins at
the coded tables in memory and ends with the counts; estimating ends with the whole table, raked,
with intervals. Beside it, the same bytes are read once from memory (numpy's `max`, the fastest
there is). Each size is measured in a process of its own.
"""

import argparse
from dataclasses import replace

from benchmarks.alone import alone, cpu, report
from benchmarks.borough import PEOPLE, QUESTIONS, Wave, shares_of, wave
from benchmarks.lines import say, seconds
from engage.core.indicators.answers import answers
from engage.core.indicators.compute import tabulate
from engage.core.indicators.counting import Counted, count_indicators
from engage.core.statistics.engine import Batch
from engage.core.statistics.tally import Tally

MODULE = "benchmarks.bench_counting"
MILLION = 1_000_000
THOUSAND = 1000
ISSUED = 0.01  # what reading the bytes of a million costs on a usual machine


def read_once(waves: list[Wave]) -> int:
    """Read every byte of the codes once."""
    names = [*PEOPLE, *QUESTIONS]
    return max(int(each.table[name].array.codes.max()) for each in waves for name in names)


def counted(waves: list[Wave]) -> list[Counted]:
    """Both waves counted, from their tables."""
    breakdowns = list(PEOPLE)
    return [count_indicators(each.table, shares_of(), each.sample(breakdowns)) for each in waves]


def estimated(made: list[Counted]) -> list[int]:
    """The figures of both waves: how many they are."""
    return [
        len(tabulate(each, wave=str(at), estimators=["rake"], methods=["xlogit"]).tidy)
        for at, each in enumerate(made)
    ]


def measure_all(people: int) -> None:
    """Reading, counting and estimating."""
    waves = [wave(people // 2, seed) for seed in (1, 2)]
    found = {"read": cpu(lambda: read_once(waves)), "count": cpu(lambda: counted(waves))}
    made = counted(waves)
    found["figures"] = float(sum(estimated(made)))
    found["estimate"] = cpu(lambda: estimated([replace(each) for each in made]))
    report(found)


def batch_of(held: Wave) -> Batch:
    """The people of a wave as an engine is given them."""
    sample = held.sample(list(PEOPLE))
    return replace(sample.batch, answers=answers(held.table, shares_of()))


def measure_added() -> None:
    """A million, and then a thousand more, five times."""
    everybody = wave(MILLION, 3)
    more = iter([wave(THOUSAND, seed) for seed in range(4, 10)])
    form = batch_of(everybody).form

    def anew() -> Tally:
        tally = Tally(form)
        tally.add(batch_of(everybody))
        return tally

    found = {"all": cpu(anew)}
    tally = anew()
    tally.add(batch_of(next(more)))
    found["more"] = cpu(lambda: tally.add(batch_of(next(more))))
    report(found)


def run(sizes: list[int]) -> None:
    """Measure each size by itself, and print."""
    for people in sizes:
        cost = alone(MODULE, "--all", people)
        read, count, estimate = (cost.cpu[name] for name in ("read", "count", "estimate"))
        what, parts = f"{people:,} responses", people / MILLION
        say(f"{what}: reading their bytes once", seconds(read))
        say(
            f"{what}: counting ({seconds(count / parts)} a million)",
            seconds(count),
            f"reading, {seconds(read)}",
            f"{count / read:,.0f}",
        )
        against = f"reading at 0.01 s a million, {seconds(ISSUED * parts)}"
        say(f"{what}: counting", seconds(count), against, f"{count / ISSUED / parts:,.0f}", "50")
        say(f"{what}: estimating {cost.cpu['figures']:,.0f} figures", seconds(estimate))
        say(f"{what}: most memory", f"{cost.peak / 1e9:.2f} GB", limit="4 GB")
    cost = alone(MODULE, "--added")
    all_of_them, more = cost.cpu["all"], cost.cpu["more"]
    beside = f"counting all, {seconds(all_of_them)}"
    ratio = f"1/{all_of_them / more:,.0f}"
    say("1,000 responses added to 1,000,000", seconds(more), beside, ratio, "1/100")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--all", type=int)
    parser.add_argument("--added", action="store_true")
    parser.add_argument("--sizes", type=int, nargs="+", default=[MILLION, 10 * MILLION])
    options = parser.parse_args()
    if options.all:
        measure_all(options.all)
    elif options.added:
        measure_added()
    else:
        run(options.sizes)
