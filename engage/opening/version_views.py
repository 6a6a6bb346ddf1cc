"""Questionnaires: their versions, one in full, and what changed between two."""

from collections.abc import Mapping
from itertools import groupby

from flask import Blueprint, abort, render_template, request
from sqlalchemy.orm import Session

from engage.accounts.models import Role
from engage.core.definition.compare import Aspect, Changed, compare
from engage.core.definition.faults import DefinitionError
from engage.core.definition.model import Definition
from engage.core.definition.plain_english import age_of, hardest, pages
from engage.core.definition.young import may_be_young
from engage.core.indicators.model import Indicator
from engage.core.indicators.series import Break, broken
from engage.extensions import db, site_settings
from engage.figures.indicators import indicators_of
from engage.opening.versions import Content, content_of, tongues_of, versions_of
from engage.web.access import staff
from engage.web.staff_pages import SURVEYS, add_staff_page
from engage.web.whole_number import whole_number

blueprint = Blueprint("questionnaires", __name__, url_prefix="/staff/questionnaires")
add_staff_page(
    blueprint,
    "Questionnaires",
    "questionnaires.versions",
    SURVEYS,
    "See the questions as people do, and what changed between versions.",
)

ASPECTS: Mapping[Aspect, str] = {
    Aspect.ADDED: "New",
    Aspect.REMOVED: "Left out",
    Aspect.WORDING: "Words",
    Aspect.KIND: "Kind of answer",
    Aspect.ANSWERS: "Answers",
    Aspect.ORDER: "Order",
    Aspect.ASKED: "Who is asked",
}


@blueprint.get("")
@staff(Role.SURVEY_MANAGER, Role.ANALYST)
def versions() -> str:
    """Every version of every survey, and the waves that asked it."""
    listed = versions_of(db.session(), site_settings().definitions_dir)
    surveys = [(name, list(group)) for name, group in groupby(listed, key=lambda each: each.name)]
    return render_template("opening/versions.html", surveys=surveys)


@blueprint.get("/<name:name>/<int(max=9999):version>")
@staff(Role.SURVEY_MANAGER, Role.ANALYST)
def version(name: str, version: int) -> str:
    """One version: its pages, its languages, how plain it is, and ways to try it."""
    own = site_settings().definitions_dir
    content = found(db.session(), name, version)
    listed = [each for each in versions_of(db.session(), own) if each.name == name]
    return render_template(
        "opening/version.html",
        definition=content.definition,
        tongues=tongues_of(content, own, demo=site_settings().demo),
        age=age_of(content.definition),
        ages={each.id: each.age for each in pages(content.definition)},
        hard=hardest(content.definition),
        young=may_be_young(content.definition),
        waves=next((each.waves for each in listed if each.version == version), ()),
        others=[each.version for each in listed if each.version != version and not each.fault],
    )


@blueprint.get("/<name:name>/changes")
@staff(Role.SURVEY_MANAGER, Role.ANALYST)
def changes(name: str) -> str:
    """What changed between two versions, and which indicators' series break there."""
    listed = versions_of(db.session(), site_settings().definitions_dir)
    there = sorted(each.version for each in listed if each.name == name and not each.fault)
    if not there:
        abort(404)
    newest, last = there[-1], there[-2] if len(there) > 1 else there[-1]
    chosen = sorted((_asked("before", last), _asked("after", newest)))
    before, after = (found(db.session(), name, each).definition for each in chosen)
    told = compare(before, after) if before.version != after.version else ()
    return render_template(
        "opening/changes.html",
        before=before,
        after=after,
        there=there,
        told=_by_question(told, before, after),
        aspects=ASPECTS,
        series=_series(name, before, after),
    )


def found(session: Session, name: str, version: int) -> Content:
    """A version; answers 404 where there is none, 409 where its file has faults."""
    try:
        return content_of(session, name, version, site_settings().definitions_dir)
    except LookupError:
        abort(404)
    except DefinitionError as error:
        abort(409, f"The file of this version has faults: {error}")


def _asked(which: str, otherwise: int) -> int:
    """A version that the address asks for; the usual one where it asks for none."""
    return whole_number(request.args.get(which), otherwise)


def _by_question(
    told: tuple[Changed, ...], before: Definition, after: Definition
) -> list[tuple[str, list[Changed]]]:
    """The changes of each question under its words, in the order in which they are told."""
    words = {each.id: each.text for one in (before, after) for each in one.questions.values()}
    grouped: dict[str, list[Changed]] = {}
    for each in told:
        grouped.setdefault(each.question, []).append(each)
    return [(words.get(question, question), listed) for question, listed in grouped.items()]


def _series(
    name: str, before: Definition, after: Definition
) -> list[tuple[Indicator, tuple[Break, ...]]]:
    """Each indicator with the breaks in its series; those that break first."""
    judged = [(each, broken(each, before, after)) for each in indicators_of(name)]
    return sorted(judged, key=lambda each: not each[1])
