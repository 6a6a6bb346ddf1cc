"""Addresses that tell nothing: a survey by the number of its wave, its pages by their own.

A browser keeps every address that it shows. `/surveys/7/page/3` does not say what is asked there,
as `/surveys/women-and-girls/page/experience` does. The address with the name stays good, for
posters; surveys on what may hurt lead from it to the one with the number.
"""

from typing import Any

from flask import Flask, current_app

from engage.surveys.current import reading
from engage.waves.published import definition_by_id
from engage.waves.store import newest_wave

PAGE = "questions.section"


def number_pages(app: Flask) -> None:
    """Read and write the addresses of pages by number where their survey is."""
    app.url_value_preprocessor(_read)
    app.url_defaults(_write)


def _read(endpoint: str | None, values: dict[str, Any] | None) -> None:
    """Put the id of a page in the place of its number, before the view is called."""
    if endpoint != PAGE or not values or not values["section_id"].isdecimal():
        return
    ids, number = _sections(values["slug"]), values["section_id"]
    if len(number) <= len(str(len(ids))) and 1 <= int(number) <= len(ids):
        values["section_id"] = ids[int(number) - 1]


def _write(endpoint: str, values: dict[str, Any]) -> None:
    """Put the number of a page in the place of its id."""
    if endpoint != PAGE:
        return
    slug = values["slug"] = str(values["slug"])
    if slug.isdecimal():
        ids = _sections(slug)
        if values["section_id"] in ids:
            values["section_id"] = str(ids.index(values["section_id"]) + 1)


def _sections(slug: str) -> tuple[str, ...]:
    """The ids of the pages of a survey, in order; none where there is no such survey.

    A wave that is or was open keeps its questionnaire, so each is looked up once a process.
    """
    kept: dict[str, tuple[str, ...]] = current_app.extensions.setdefault("numbered_pages", {})
    if slug not in kept:
        with reading().connect() as connection:
            wave = newest_wave(connection, slug)
            if wave is None:
                return ()
            kept[slug] = definition_by_id(connection, wave.definition_id).section_ids
    return kept[slug]
