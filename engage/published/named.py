"""An edition as it is called in the reader's language; its figures and files stay."""

from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy.orm import Session

from engage.core.definition.names import ENGLISH, Names
from engage.published.about import About
from engage.published.edition import Published
from engage.published.figure import Figure
from engage.published.store import WARD
from engage.published.told import told
from engage.waves.names import names_of

PLACES = (WARD, "area_group")
"""Breakdowns whose groups are places: their names are the same in every language."""


def names_for(session: Session, published: Published) -> Names:
    """What the edition's survey, figures and groups are called for the reader."""
    return names_of(session, published.questionnaire, published.about.definition_version)


def _about(names: Names, about: About) -> About:
    if names is ENGLISH:
        return about
    return replace(
        about,
        title=names.of(about.title),
        indicators=tuple(replace(each, name=names.of(each.name)) for each in about.indicators),
        breakdowns={name: names.of(title) for name, title in about.breakdowns.items()},
        titles=tuple(names.of(each) if each else "" for each in about.titles),
    )


def named(published: Published, names: Names) -> Published:
    """The edition with its names and its words in the language."""
    return replace(published, about=told(_about(names, published.about)))


def figures_in(names: Names, figures: Sequence[Figure]) -> Sequence[Figure]:
    """Figures with their groups named in the language."""
    if names is ENGLISH:
        return figures
    return [
        each if each.breakdown in PLACES else replace(each, label=names.of(each.label))
        for each in figures
    ]
