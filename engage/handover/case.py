"""A report as somebody who hands it over has it before them: its wishes, overrides, packages."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from flask import abort, redirect, request, url_for
from sqlalchemy import select

from engage import clock
from engage.accounts.models import Role, StaffMember
from engage.areas.store import ward_names
from engage.core.reporting.allowed import gives_files
from engage.core.reporting.overrides import Override, Standing, lapse, overrides_in
from engage.core.reporting.policy import Agency, Asked, Policy
from engage.core.reporting.wishes import Giver, Level, Wish, levels_of, wish_of
from engage.extensions import db
from engage.handover.answers import Speaker, answers_of
from engage.keyring.held import Held, held_keys
from engage.reports import files
from engage.reports.form import report_form
from engage.reports.lead_first import note_read, shut_to, waits_for_lead
from engage.reports.opened import OpenReport, open_report, rings_of_staff
from engage.reports.policy import policy
from engage.reports.reading import note_opened
from engage.web.access import current_user


@dataclass(frozen=True, slots=True)
class Terms:
    """On which terms an agency gets something: by a wish, or by an override."""

    agency: Agency
    level: Level
    by: Giver
    override: Override | None = None

    @property
    def told(self) -> bool:
        """Whether the reporter may see that something was handed over."""
        return self.override is None or self.override.told


@dataclass(frozen=True)
class Case:
    """An opened report with what handing over needs."""

    report: OpenReport = field(repr=False)
    held: Held = field(repr=False)
    policy: Policy = field(repr=False)
    waits_for_lead: bool = False
    """Whether a safeguarding lead has to read it before it may leave."""

    @cached_property
    def answers(self) -> dict[str, Any]:
        """Every answer by the id of its question."""
        return answers_of(self.report)

    @cached_property
    def speaker(self) -> Speaker:
        """Says them in words."""
        return Speaker(report_form(), ward_names(db.session()))

    @cached_property
    def entries(self) -> list[Mapping[str, Any]]:
        """What caseworkers alone wrote: no other ring can tell of an override or a package."""
        return [each.value for each in self.report.entries if each.ring == "notes"]

    @cached_property
    def overrides(self) -> dict[str, Override]:
        """Every override by its id."""
        now, days = clock.now(), self.policy.override_days
        return {each.id: lapse(each, now, days) for each in overrides_in(self.entries)}

    @cached_property
    def packages(self) -> dict[str, Mapping[str, Any]]:
        """The entry of every package that was made, by its id."""
        return {each["package"]: each for each in self.entries if each["kind"] == "handover"}

    @property
    def wishes(self) -> dict[str, str]:
        """The levels that bind us now."""
        return levels_of(self.report.parts["wishes"])

    def wish(self, asked: Asked) -> Wish:
        """The wish that binds us towards agencies of a kind."""
        return wish_of(self.report.parts["wishes"], asked)

    def terms(self, agency: Agency, override_id: str = "") -> Terms | None:
        """The terms on which an agency gets something now; None for an unusable override.

        An override whose report has other wishes by now is not usable: it has to be asked again.
        """
        if not override_id:
            wish = self.wish(agency.asked)
            return Terms(agency, wish.level, wish.by)
        found = self.overrides.get(override_id)
        if (
            found is None
            or found.agency != agency.id
            or found.standing is not Standing.USABLE
            or dict(found.wishes) != self.wishes
        ):
            return None
        # Two people answer for it: a name that somebody else gave is then not held back.
        return Terms(agency, found.level, Giver.WORKER, found)

    def may_leave(self, terms: Terms) -> bool:
        """Whether it may leave now; in immediate danger it may before a lead has read it."""
        at_once = terms.override is not None and terms.override.immediate
        return at_once or not self.waits_for_lead

    def evidence(self, terms: Terms) -> list[dict[str, Any]]:
        """The files that may be given, without their names: kind, size and SHA-256."""
        if not gives_files(terms.level, terms.agency.asked):
            return []
        found = files.listed(db.session().connection(), self.report.id, self.report.rings)
        return [
            {
                "kind": str(each.about.get("kind", "")),
                "size": each.about["size"],
                "sha256": each.about["sha256"],
            }
            for each in sorted(found, key=lambda each: str(each.about["sha256"]))
        ]

    def colleagues(self) -> dict[int, str]:
        """The names of staff by their numbers."""
        rows = db.session().execute(select(StaffMember.id, StaffMember.name))
        return {number: name for number, name in rows}  # noqa: C416  rows are no pairs to mypy


def opened(report_id: str) -> Case:
    """A report that the signed-in person can open, or no such page (404).

    That it was opened is noted and committed first, whatever page comes of it.
    """
    held = held_keys()
    rings = rings_of_staff(db.session().connection(), held, report_id)
    if rings:
        note_opened(report_id, held.staff_id, clock.now(), sent=request.method == "POST")
    report = rings and open_report(db.session().connection(), report_id, rings)
    if not report or "wishes" in report.gone:
        abort(404)
    if current_user.role == Role.SAFEGUARDING_LEAD:
        note_read(report, held.staff_id, clock.now(), sent=request.method == "POST")
        return Case(report, held, policy())
    if shut_to(report, held.staff_id):
        abort(redirect(url_for("casework.one", report_id=report_id), 303))
    return Case(report, held, policy(), waits_for_lead(report))
