"""What somebody says to one question: something, nothing, don't know, and what they tick."""

from collections.abc import Mapping

import numpy as np

from engage.core.definition.kinds import Kind, Means
from engage.core.definition.question import Question
from engage.core.definition.routing import Answer
from engage.core.statistics.arrays import IntArray
from engage.demo.manner import List

Said = dict[int, Answer]
"""Answers by person."""

# Percentages of those asked who pass over a question, or tick that they would rather not say.
SKIPPED, REFUSED = 1.5, 0.7
MORE_TICKS = 1.1
"""How many things people tick on a list beyond the first, on average."""


def those_who_say(
    question: Question, put: IntArray, apart: Mapping[str, float], random: np.random.Generator
) -> tuple[IntArray, Said]:
    """Who of the people asked gives a substantive answer, and the answers of those who do not.

    `apart` has the percentages of the answers that are none, by code.
    """
    others = dict(apart)
    if refused := code_of(question, Means.REFUSED):
        others[refused] = REFUSED
    edges = np.cumsum([SKIPPED, *others.values()])
    kinds = np.searchsorted(edges, random.random(len(put)) * 100, side="right")
    codes = ["", *others]
    said: Said = {}
    for person, kind in zip(put.tolist(), kinds.tolist(), strict=True):
        if 0 < kind < len(codes):
            said[person] = (codes[kind],) if question.kind is Kind.MULTIPLE else codes[kind]
    return put[kinds == len(codes)], said


def ticked(
    question: Question,
    ticking: List,
    some: IntArray,
    anything: np.ndarray,
    random: np.random.Generator,
) -> Said:
    """What each of some people ticks; those who tick nothing say that it is none of these."""
    codes, popular = list(ticking.ticks), np.log([*ticking.ticks.values()])
    # The largest of such sums is a draw without replacement by popularity (Gumbel).
    liking = popular + random.gumbel(size=(len(some), len(codes)))
    order = np.argsort(-liking, axis=1)
    counts = 1 + random.poisson(MORE_TICKS, len(some))
    none = code_of(question, Means.NONE_OF_THESE)
    said: Said = {}
    for at, person in enumerate(some.tolist()):
        if anything[at]:
            said[person] = tuple(codes[each] for each in sorted(order[at, : counts[at]].tolist()))
        elif none:
            said[person] = (none,)
    return said


def code_of(question: Question, means: Means) -> str:
    """The code of the option that means this; empty where the question has none."""
    return next((each.code for each in question.options if each.means is means), "")
