"""Run each benchmark in a process of its own, so that none inherits another's memory."""

import subprocess
import sys
from collections.abc import Sequence

from engage.config import ROOT

BENCHMARKS = {
    "web": "What a page costs the server, in times of an empty Flask route",
    "bench_table": "Stored responses to a typed table, against reading them as JSON",
    "bench_indicators": "The whole table of indicators",
}


def main(names: Sequence[str]) -> int:
    """Print the named benchmarks, or all; the number of those that broke."""
    unknown = [name for name in names if name not in BENCHMARKS]
    if unknown:
        print(f"There is no benchmark {unknown[0]!r}. There are: {', '.join(BENCHMARKS)}.")
        return 2
    broken = 0
    for name in names or BENCHMARKS:
        print(f"\n{BENCHMARKS[name]}\n{'-' * len(BENCHMARKS[name])}", flush=True)
        done = subprocess.run([sys.executable, "-m", f"benchmarks.{name}"], cwd=ROOT, check=False)
        broken += done.returncode != 0
    return broken


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
