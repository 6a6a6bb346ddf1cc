"""What a report is asked: the questionnaire with the strands that are recorded here besides."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

from engage.core.definition.load import built, load_definition
from engage.core.definition.model import Definition
from engage.core.definition.question import Option, Question, Section
from engage.core.definition.schema_fault import read_utf8
from engage.core.definition.translation import Translation, translate
from engage.core.definition.yaml_text import read_yaml
from engage.core.reporting.policy import Strand
from engage.extensions import site_settings
from engage.waves.catalogue import REPORT, newest_file
from engage.waves.translations import Spoken, translations_of

Change = Callable[[tuple[Option, ...]], tuple[Option, ...]]
STRANDS, OTHER = "strands", "other"
"""The question about strands, and the option before which local ones are put."""


def report_form(translation: Translation | None = None) -> Definition:
    """The questionnaire of this site, in English or as translated, with its local strands."""
    settings = site_settings()
    file = newest_file(REPORT, settings.definitions_dir)
    if translation is None:
        return _form(file, settings.reporting.strands)
    raw = read_yaml(read_utf8(file), str(file))
    definition = built(translate(raw, translation)[0])
    return _with_strands(definition, settings.reporting.strands, translation.language)


def report_languages() -> Spoken:
    """The languages beside English that the questionnaire may be shown in."""
    settings = site_settings()
    own = settings.definitions_dir
    version = report_form().version
    return translations_of(REPORT, version, own, unreviewed=settings.demo)


@lru_cache(4)
def _form(file: Path, strands: tuple[Strand, ...]) -> Definition:
    return _with_strands(load_definition(file), strands, "en")


def _with_strands(definition: Definition, strands: tuple[Strand, ...], language: str) -> Definition:
    local = {each.code: each.label(language) for each in strands}
    return with_options(definition, STRANDS, lambda given: _with_local(given, local))


def with_options(definition: Definition, question_id: str, change: Change) -> Definition:
    """The definition with other options at one question; everything else is as it was."""

    def changed(question: Question) -> Question:
        if question.id != question_id:
            return question
        return replace(question, options=change(question.options))

    def section(each: Section) -> Section:
        return replace(each, questions=tuple(map(changed, each.questions)))

    return replace(definition, sections=tuple(map(section, definition.sections)))


def _with_local(given: tuple[Option, ...], strands: Mapping[str, str]) -> tuple[Option, ...]:
    """The options with local strands before the one for something else, each once."""
    there = {each.code for each in given}
    local = tuple(Option(code, words) for code, words in strands.items() if code not in there)
    place = next((at for at, each in enumerate(given) if each.code == OTHER), len(given))
    return (*given[:place], *local, *given[place:])
