"""Run each benchmark in a process of its own, so that none inherits another's memory.

    python -m benchmarks [--write] [name ...]

What comes out is Markdown. With --write it also takes the place of the figures in
docs/performance.md.
"""

import platform
import subprocess
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pandas as pd
import psutil
import scipy

from benchmarks.lines import HEAD
from engage.config import ROOT

BENCHMARKS = {
    "bench_survey": "The table of indicators, beside R's survey package and pandas",
    "bench_counting": "Counting and estimating by the million",
    "bench_indicators": "The whole table of indicators of a wave",
    "bench_table": "Stored responses to a typed table, against reading them as JSON",
    "bundle": "Responses as CSV, SPSS and Parquet, beside the plain library calls",
    "whole_bundle": "The bundle of a wave, from the database to the zip",
    "web": "What a page costs the server, in times of an empty Flask route",
    "dashboard": "The dashboard of a wave, and a table of any two questions of it",
    "messages": "24,000 messages to signatories, the worker killed on the way",
    "pledges": "Signatures, confirmed and counted exactly, a second",
    "reports": "Sealed reports: one that comes in, and an inbox of 10,000",
    "dump": "What is stored of 10,000 reports, searched for everything that was told",
    "walk": "What a whole response costs the server, one person, four and fifty at once",
}
PAGE = Path(ROOT) / "docs" / "performance.md"
BEGIN, END = "<!-- figures begin -->", "<!-- figures end -->"


def main(names: Sequence[str]) -> int:
    """Print the named benchmarks, or all; the number of those that broke."""
    write = "--write" in names
    names = [name for name in names if name != "--write"]
    unknown = [name for name in names if name not in BENCHMARKS]
    if unknown:
        print(f"There is no benchmark {unknown[0]!r}. There are: {', '.join(BENCHMARKS)}.")
        return 2
    if write and names:
        print("Give --write by itself: the page shows all benchmarks of one run.")
        return 2
    broken, said = 0, [_told(machine())]
    for name in names or BENCHMARKS:
        said.append(_told(f"\n### {BENCHMARKS[name]}\n\n{HEAD}"))
        command = [sys.executable, "-m", f"benchmarks.{name}"]
        with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as running:
            said += [_told(line.rstrip("\n")) for line in running.stdout or ()]
        broken += running.returncode != 0
    if write and not broken:
        before, rest = PAGE.read_text(encoding="utf-8").split(BEGIN)
        after = rest.split(END)[1]
        figures = "\n".join(said)
        PAGE.write_text(f"{before}{BEGIN}\n{figures}\n{END}{after}", encoding="utf-8")
    return broken


def machine() -> str:
    """Where and when this is measured, and how busy the machine is with other things."""
    names = [
        line.split(":")[1].strip()
        for line in Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
        if line.startswith("model name")
    ]
    memory = psutil.virtual_memory().total / 2**30
    return (
        f"{datetime.now(UTC):%d %B %Y}, on {len(names)} processors ({names[0]}) with "
        f"{memory:.0f} GB of memory, {platform.system()}, Python {platform.python_version()}, "
        f"numpy {np.__version__}, scipy {scipy.__version__}, pandas {pd.__version__}. "
        f"On average {psutil.getloadavg()[2]:.1f} other processes wanted a processor in the "
        "quarter of an hour before."
    )


def _told(text: str) -> str:
    print(text, flush=True)
    return text


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
