"""Measure something in a process of its own: the median CPU of five times, and the most memory."""

import json
import os
import resource
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass

import psutil

from engage.config import ROOT

TIMES = 5
KILOBYTE = 1024


@dataclass(frozen=True)
class Cost:
    """CPU seconds by what they went to, and the most memory that the process held, in bytes."""

    cpu: dict[str, float]
    peak: int


def cpu(work: Callable[[], object], times: int = TIMES) -> float:
    """The median CPU seconds of doing it; what it made is dropped outside the time."""
    taken = []
    for _each in range(times):
        start = time.process_time()
        made = work()
        taken.append(time.process_time() - start)
        del made
    return statistics.median(taken)


def watched(work: Callable[[], object]) -> tuple[float, float]:
    """CPU seconds of doing it once, and the bytes that the process held at most beyond before."""
    process, most, done = psutil.Process(), [0], threading.Event()

    def watch() -> None:
        while not done.wait(0.02):
            most[0] = max(most[0], process.memory_info().rss)

    before = process.memory_info().rss
    watcher = threading.Thread(target=watch)
    watcher.start()
    start = time.process_time()
    work()
    spent = time.process_time() - start
    done.set()
    watcher.join()
    return spent, float(max(0, most[0] - before))


def report(found: dict[str, float]) -> None:
    """Hand back the costs from the process that was measured."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * KILOBYTE
    print(json.dumps({"cpu": found, "peak": peak}))


def alone(module: str, *arguments: object) -> Cost:
    """Run `python -m module ...`, which reports, and give back what it found."""
    command = [sys.executable, "-m", module, *map(str, arguments)]
    # One thread: the time that others wait for each other would count as work.
    environ = os.environ | {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}
    done = subprocess.run(
        command, cwd=ROOT, check=True, capture_output=True, text=True, env=environ
    )
    return Cost(**json.loads(done.stdout.splitlines()[-1]))
