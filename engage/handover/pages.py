"""The two pages of handing over that several routes show."""

from flask import render_template

from engage.core.reporting.overrides import Standing
from engage.core.reporting.wishes import GIVES
from engage.handover.case import Case, Terms
from engage.handover.forms import DecideForm, HandOverForm
from engage.handover.made import preview
from engage.handover.words import GIVERS, LEVELS, STANDINGS, TREATMENTS


def overview_page(case: Case, fault: str = "") -> str:
    """The page from which everything about handing over begins."""
    return render_template(
        "handover/overview.html",
        case=case,
        agencies=[(each, case.wish(each.asked)) for each in case.policy.agencies],
        names=case.colleagues(),
        reasons={each.code: each.words for each in case.policy.reasons},
        bases={each.code: each.words for each in case.policy.bases},
        not_told={each.code: each.words for each in case.policy.not_told},
        levels=LEVELS,
        givers=GIVERS,
        gives=GIVES,
        standings=STANDINGS,
        usable=Standing.USABLE,
        form=DecideForm(formdata=None, seen=case.report.version),
        fault=fault,
    )


def wishes_mark(case: Case) -> str:
    """The wishes as a form carries them, to notice that they were changed meanwhile."""
    return ",".join(f"{name}={level}" for name, level in sorted(case.wishes.items()))


def preview_page(case: Case, terms: Terms, edited: dict[str, str], fault: str = "") -> str:
    shown = preview(case, terms, edited)
    faults = {name: f"Take out: {', '.join(found)}" for name, found in shown.faults(edited).items()}
    form = HandOverForm(formdata=None, seen=case.report.version, agency=terms.agency.id)
    form.override.data = terms.override.id if terms.override else ""
    form.wishes.data = wishes_mark(case)
    return render_template(
        "handover/preview.html",
        case=case,
        terms=terms,
        shown=shown,
        edited=edited,
        faults=faults,
        fault=fault,
        evidence=case.evidence(terms),
        form=form,
        levels=LEVELS,
        givers=GIVERS,
        treatments=TREATMENTS,
    )
