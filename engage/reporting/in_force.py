"""The wishes that bind us now, in the words in which they were given."""

from flask_babel import gettext

from engage.core.reporting.fields import WISHES
from engage.core.reporting.wishes import UNDER_18, said_of
from engage.reporting.asked import questionnaire
from engage.reports.opened import OpenReport

PART = "wishes"


def in_force(report: OpenReport) -> list[tuple[str, str]]:
    """Whom each wish is about, and what they may have; nothing once the wishes have expired."""
    if PART in report.gone:
        return []
    said = said_of(report.parts[PART])
    child = report.parts["facts"].get("victim_age") == UNDER_18
    form = questionnaire(worker=False).definition
    found = []
    for name, asked in WISHES.items():
        if name.endswith(UNDER_18) is child:
            option = form.questions[name].option(said.get(asked, ""))
            whom = gettext("The police") if asked == "police" else gettext("People who help")
            words = (
                option.label if option else gettext("Nobody has said so yet, so they get nothing")
            )
            found.append((whom, words))
    return found
