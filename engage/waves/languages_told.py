"""Whether a published questionnaire is complete in each language that people can choose."""

import json
from pathlib import Path
from typing import NamedTuple

from engage.core.definition.translation import translate
from engage.waves.models import PublishedDefinition
from engage.waves.translations import translations_of
from engage.web.language import LANGUAGES

NAMES = {each.code: each.name for each in LANGUAGES}


class Told(NamedTuple):
    """The languages that are complete, and a sentence with its remedy for each that is not."""

    complete: tuple[str, ...]
    gaps: tuple[str, ...]


def gaps_in_languages(
    published: PublishedDefinition, own: Path | None, *, unreviewed: bool
) -> Told:
    """What is missing of the languages of a version; `unreviewed` ones only on request."""
    raw = json.loads(published.content)
    spoken = translations_of(published.questionnaire, published.version, own, unreviewed=unreviewed)
    complete, gaps = ["English"], []
    for code, translation in sorted(spoken.items()):
        name, tally = NAMES.get(code, code), translate(raw, translation)[1]
        lacking = tally.total - tally.translated
        if lacking:
            gaps.append(
                f"{name}: {lacking} of {tally.total} texts are missing or older than the English. "
                "Complete its file, or take it away."
            )
        else:
            complete.append(name)
    return Told(tuple(complete), tuple(gaps))
