"""The questionnaire of a request: in the reader's language, for the public or for a worker."""

from flask import current_app

from engage.core.definition.translation import Translation
from engage.reports.form import report_form, report_languages, with_options
from engage.web.language import ENGLISH, keep_to, language
from engage.web.questionnaire import Questionnaire

WORKER = "worker"
"""The answer to `role` that only a signed-in worker of a centre can give."""


def questionnaire(*, worker: bool) -> Questionnaire:
    """The compiled questionnaire; a process makes each once."""
    spoken = _spoken()
    keep_to(spoken)
    code = language().code
    kept: dict[tuple[str, bool], Questionnaire]
    kept = current_app.extensions.setdefault("report_questionnaires", {})
    found = kept.get((code, worker))
    if found is None:
        definition = with_options(
            report_form(spoken[code]),
            "role",
            lambda given: tuple(each for each in given if (each.code == WORKER) is worker),
        )
        found = kept[code, worker] = Questionnaire(definition)
    return found


def _spoken() -> dict[str, Translation | None]:
    kept: dict[str, dict[str, Translation | None]]
    kept = current_app.extensions.setdefault("report_languages", {})
    if not kept:
        kept["all"] = {ENGLISH.code: None, **report_languages()}
    return kept["all"]
