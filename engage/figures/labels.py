"""What the group of each row of a table is called for people."""

from collections.abc import Sequence

import pandas as pd

from engage.core.definition.model import Definition
from engage.figures.breakdowns import CONNECTION, Cut
from engage.figures.words import EVERYBODY, RESIDENTS


def labels(definition: Definition, made: Sequence[Cut], tidy: pd.DataFrame) -> list[str]:
    """The name of each row's group for people."""
    question = definition.role("connection")
    names = {("overall", "all"): RESIDENTS if question else EVERYBODY}
    for option in question.options if question else ():
        if option.connection:
            names[CONNECTION, option.connection] = option.label
    for cut in made:
        names |= {(cut.factor.name, group): label for group, label in cut.labels.items()}
    return [names[pair] for pair in zip(tidy["breakdown"], tidy["group"], strict=True)]
