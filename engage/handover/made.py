"""Packages: what an agency would get, what it got, and the same package made again for a file."""

import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from engage.clock import day_of
from engage.core.reporting.allowed import Treatment, withheld
from engage.core.reporting.clocks import What
from engage.core.reporting.minimise import Minimised, minimise
from engage.core.reporting.policy import Asked, Coded
from engage.core.reporting.wishes import Giver, Level
from engage.handover.acts import Acting
from engage.handover.case import Case, Terms
from engage.handover.package import package_of
from engage.handover.reaching import contact_of, lacking


class PackageGoneError(Exception):
    """A package cannot be made again: the report has changed since, or parts have expired."""


class TermsChangedError(Exception):
    """The wishes are others by now, or the override was found to be wrong."""


@dataclass(frozen=True, slots=True)
class Preview:
    """What an agency would get on these terms, answer by answer."""

    terms: Terms
    chosen: tuple[Minimised, ...] = field(repr=False)

    @property
    def gives(self) -> bool:
        """Whether anything leaves at all."""
        return any(each.treatment is not Treatment.WITHHELD for each in self.chosen)

    @property
    def lacks(self) -> list[str]:
        """What the agency would need to get in touch as it may, and would not have."""
        return lacking(self.terms.level, self.chosen)

    def faults(self, edited: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
        """What has to be taken out of each text that somebody wrote, by its question."""
        return {each.id: each.found for each in self.chosen if each.found and edited.get(each.id)}


def preview(case: Case, terms: Terms, edited: Mapping[str, str]) -> Preview:
    """What an agency would get; `edited` are texts as somebody left them."""
    return Preview(
        terms,
        minimise(case.answers, terms.level, terms.agency.asked, by=terms.by, edited=edited),
    )


def hand_over(
    acting: Acting, terms: Terms, edited: Mapping[str, str], sender: str
) -> Mapping[str, Any]:
    """Write down that a package leaves; its entry. Raises ChangedElsewhereError.

    The entry has what is needed to make the package again, without any answer that was not
    edited: so it outlives no part of the report.
    """
    case, override = acting.case, terms.override
    looked = {each: text for each, text in edited.items() if text.strip() and each in case.answers}
    meta = _meta(case, terms, sender, day_of(acting.now).isoformat())
    entry: dict[str, Any] = {
        "package": meta["package"],
        "agency": terms.agency.id,
        "asked": str(terms.agency.asked),
        "level": str(terms.level),
        "giver": str(terms.by),
        "override": override.id if override else "",
        "told": terms.told,
        "meta": meta,
        "edited": looked,
        "clock": acting.run(What.ACKNOWLEDGEMENT, case.policy.clocks.acknowledgement),
    }
    if override and override.undecided:
        # What left at once is to be looked at from now on, whenever it was asked for.
        acting.stop(override.clock)
        days = case.policy.clocks.override_review
        entry["review_clock"] = acting.run(What.OVERRIDE_REVIEW, days)
    entry["sha256"] = _package(case, entry)["sha256"]
    acting.add("notes", "handover", **entry)
    if terms.told:
        acting.add(
            "talk",
            "handover",
            agency=terms.agency.name,
            level=str(terms.level),
            asked=str(terms.agency.asked),
            beyond=override is not None,
        )
    acting.went_out(told=terms.told)
    acting.log()
    return entry


def made_again(case: Case, entry: Mapping[str, Any]) -> dict[str, Any]:
    """The package of an entry, exactly as it was; raises PackageGoneError, TermsChangedError."""
    if not _still_holds(case, entry):
        raise TermsChangedError
    package = _package(case, entry)
    if package["sha256"] != entry["sha256"]:
        raise PackageGoneError
    return package


def _still_holds(case: Case, entry: Mapping[str, Any]) -> bool:
    """Whether it may leave on these terms now: people change their minds after it was made."""
    override = case.overrides.get(entry["override"])
    if override is not None:
        return dict(override.wishes) == case.wishes and override.right is not False
    return case.wish(Asked(entry["asked"])).level is Level(entry["level"])


def _package(case: Case, entry: Mapping[str, Any]) -> dict[str, Any]:
    """Made from what the entry says alone, so that it comes out the same each time."""
    level, asked, giver = Level(entry["level"]), Asked(entry["asked"]), Giver(entry["giver"])
    chosen = minimise(case.answers, level, asked, by=giver, edited=entry["edited"])
    return package_of(entry["meta"], chosen, withheld(level, asked, giver), case.speaker)


def _meta(case: Case, terms: Terms, sender: str, made_on: str) -> dict[str, Any]:
    """What a package says of itself."""
    override = terms.override
    basis: dict[str, Any] = {"by": "wish", "level": str(terms.level), "giver": str(terms.by)}
    if override:
        basis = {
            "by": "override",
            "level": str(terms.level),
            "reason": override.reason,
            "reason_words": _words(case.policy.reasons, override.reason),
            "lawful_basis": override.basis,
            "lawful_basis_words": _words(case.policy.bases, override.basis),
            "victim_told": override.told,
        }
        if not override.told:
            basis["not_told"] = override.not_told
            basis["not_told_words"] = _words(case.policy.not_told, override.not_told)
    return {
        "package": secrets.token_hex(16),
        "made_on": made_on,
        "from": sender,
        "to": {"id": terms.agency.id, "name": terms.agency.name},
        "basis": basis,
        "contact": contact_of(case, terms),
        "evidence": case.evidence(terms),
    }


def _words(known: Iterable[Coded], code: str) -> str:
    """The words of a code as the policy has them now; the code, if it has it no more."""
    return next((each.words for each in known if each.code == code), code)
