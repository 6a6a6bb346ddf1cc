"""Which questions may be put to somebody of whom little is known, such as only the age."""

from engage.core.definition.model import Definition
from engage.core.definition.truth import Answers, truth


def possible(definition: Definition, known: Answers, absent: str = "") -> frozenset[str]:
    """The ids of the questions that may be put to who gave the answers `known`, whatever else.

    Who is never asked a question has no answer to it, so that what follows from one is not asked
    either. `absent` is a question that has been left out.
    """
    found: set[str] = set()
    for question in definition.questions.values():
        when = question.show_if
        if when is None or truth(when, known, found - {absent}) is not False:
            found.add(question.id)
    return frozenset(found)
