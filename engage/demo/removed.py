"""Responses that the cleaning rules take out. That they came, and why, is invented."""

from collections.abc import Iterator, Sequence

import numpy as np

from engage.core.definition.model import Definition
from engage.core.definition.routing import Answer

Answers = dict[str, Answer]


def not_for_them(
    definition: Definition, used: Sequence[Answers], count: int, random: np.random.Generator
) -> Iterator[Answers]:
    """Answers of people that the survey is not for, as a paper form can bring them in."""
    refused = [
        (question.id, option.code)
        for question in definition.questions.values()
        for option in question.options
        if not option.eligible
    ]
    for at in random.integers(len(used), size=count).tolist():
        question, code = refused[int(random.integers(len(refused)))]
        yield used[at] | {question: code}


def hardly_begun(
    definition: Definition, used: Sequence[Answers], count: int, random: np.random.Generator
) -> Iterator[Answers]:
    """Answers of people who said who they are, and then stopped."""
    first = {question.id for section in definition.sections[:2] for question in section.questions}
    for at in random.integers(len(used), size=count).tolist():
        yield {question: answer for question, answer in used[at].items() if question in first}
