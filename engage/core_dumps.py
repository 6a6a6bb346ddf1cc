"""A process that falls over leaves no copy of its memory: keys and words are in it."""

import ctypes
import resource
import sys

PR_SET_DUMPABLE = 4
"""From linux/prctl.h."""


def leave_none() -> None:
    """Let this process and those that it forks leave no core dump, and nobody look into them.

    The limit alone does not hold where the kernel pipes dumps to a program. The mark does, and
    keeps other processes of the same user from reading this one's memory; it is Linux's own.
    """
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_DUMPABLE, 0, 0, 0, 0)
