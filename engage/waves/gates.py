"""The gates that a wave passes before it opens: what each asks, and what is still missing.

Some are tried by the machine, some are signed by a person, most are both. When all are green, a
second person agrees to the wave as it stands: `standing_digest` is what they agree to.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Any

from engage.config import Settings
from engage.core.definition.model import Definition
from engage.core.definition.plain_english import PLAIN, age_of
from engage.core.definition.young import may_be_young
from engage.waves.gate_points import ACCESSIBILITY_POINTS, ETHICS_POINTS
from engage.waves.languages_told import gaps_in_languages
from engage.waves.models import Wave, WaveGate
from engage.waves.published import canonical, definition_of, digest
from engage.web.templating import in_words


class GateName(StrEnum):
    """The gates, in the order of the page."""

    PRIVACY = "privacy"
    ACCESSIBILITY = "accessibility"
    ENGLISH = "english"
    ETHICS = "ethics"
    IMPACT = "impact"
    SAFEGUARDING = "safeguarding"


TITLES: dict[GateName, str] = {
    GateName.PRIVACY: "Privacy notice",
    GateName.ACCESSIBILITY: "Accessibility",
    GateName.ENGLISH: "Plain English",
    GateName.ETHICS: "Children and young people",
    GateName.IMPACT: "Data protection impact assessment",
    GateName.SAFEGUARDING: "Safeguarding",
}


@dataclass(frozen=True, slots=True)
class Site:
    """What the gates need to know of the site; `own` are the council's own questionnaires."""

    council_name: str
    privacy_contact: str
    safeguarding_lead: bool
    own: Path | None = None
    demo: bool = False


@dataclass(frozen=True, slots=True)
class Gate:
    """One gate of a wave: what was found, what is missing with its remedy, and what was signed.

    `signable` is whether a person signs something there.
    """

    name: GateName
    found: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    signable: bool = False
    signed: WaveGate | None = field(default=None, compare=False)

    @property
    def title(self) -> str:
        """What it is called."""
        return TITLES[self.name]

    @property
    def green(self) -> bool:
        """Whether nothing is missing."""
        return not self.missing


Signed = Mapping[str, WaveGate]


def site_of(settings: Settings) -> Site:
    """What the gates need of the settings."""
    return Site(
        council_name=settings.council_name,
        privacy_contact=settings.privacy_contact,
        safeguarding_lead=settings.safeguarding_lead is not None,
        own=settings.definitions_dir,
        demo=settings.demo,
    )


def gates_of(wave: Wave, signed: Signed, site: Site, today: date) -> tuple[Gate, ...]:
    """Every gate of a wave as it is today."""
    definition = definition_of(wave.definition)
    return (
        _privacy(wave, definition, site),
        _accessibility(wave, signed, site),
        _english(definition, signed),
        _ethics(definition, signed),
        _impact(wave, signed, today),
        _safeguarding(definition, site),
    )


def standing_digest(wave: Wave, signed: Signed) -> str:
    """What a second person agrees to: the wave, its questions, and all that was signed."""
    state = {
        "questionnaire": wave.questionnaire,
        "name": wave.name,
        "questions": wave.definition.digest,
        "days": [each.isoformat() for each in (wave.opens_on, wave.closes_on, wave.delete_on)],
        "sample": str(wave.sample),
        "signed": {name: facts_in(row) for name, row in signed.items()},
    }
    return digest(canonical(state))


def facts_in(row: WaveGate | None) -> dict[str, Any]:
    """What was signed; nothing where nothing was."""
    facts: dict[str, Any] = json.loads(row.facts) if row else {}
    return facts


def _privacy(wave: Wave, definition: Definition, site: Site) -> Gate:
    missing = []
    if not site.council_name:
        missing.append("The council's name is not set: give it in the setting COUNCIL_NAME.")
    if not site.privacy_contact:
        missing.append("No data protection officer is named: give the setting PRIVACY_CONTACT.")
    for what, text in (("for whom", definition.audience), ("why", definition.start)):
        if not text.strip():
            missing.append(f"The questionnaire does not say {what} it asks: make a new version.")
    found = (
        f"The first page names {site.council_name or 'the council'} and whom to ask about data.",
        "It says why people are asked, on which law, what is kept, and what their rights are.",
        f"It promises that answers are deleted on {in_words(wave.delete_on)}.",
    )
    return Gate(GateName.PRIVACY, () if missing else found, tuple(missing))


def _accessibility(wave: Wave, signed: Signed, site: Site) -> Gate:
    row = signed.get(GateName.ACCESSIBILITY)
    languages, gaps = gaps_in_languages(wave.definition, site.own, unreviewed=site.demo)
    found = (
        "Every question, answer and page has its words: the checks of questionnaires see to it.",
        *(f"{each} is complete." for each in languages),
    )
    return Gate(
        GateName.ACCESSIBILITY,
        found,
        (*gaps, *_unticked(row, ACCESSIBILITY_POINTS)),
        signable=True,
        signed=row,
    )


def _english(definition: Definition, signed: Signed) -> Gate:
    row, age = signed.get(GateName.ENGLISH), age_of(definition)
    said = f"Its reading age is {age:.1f} years; {PLAIN:.0f} is the most that plain words need."
    if age <= PLAIN:
        return Gate(GateName.ENGLISH, (said,))
    found = (said, f"Why it stays so: {facts_in(row)['reason']}") if row else ()
    lacks = () if row else (f"{said} Make a new version, or sign why it has to stay so.",)
    return Gate(GateName.ENGLISH, found, lacks, signable=True, signed=row)


def _ethics(definition: Definition, signed: Signed) -> Gate:
    if not may_be_young(definition):
        return Gate(GateName.ETHICS, ("It is for adults only: who is under 18 is turned away.",))
    row = signed.get(GateName.ETHICS)
    found = ("People under 18 may answer.",)
    return Gate(GateName.ETHICS, found, _unticked(row, ETHICS_POINTS), signable=True, signed=row)


def _impact(wave: Wave, signed: Signed, today: date) -> Gate:
    row = signed.get(GateName.IMPACT)
    if row is None:
        lacks = ("No assessment is recorded: sign where it lies, who agreed, and its days.",)
        return Gate(GateName.IMPACT, (), lacks, signable=True)
    facts = facts_in(row)
    review = date.fromisoformat(facts["review_on"])
    said = (
        f"{facts['reference']}, agreed by {facts['agreed_by']} on "
        f"{in_words(date.fromisoformat(facts['agreed_on']))}, to be reviewed by {in_words(review)}."
    )
    late = (
        f"Its review was due on {in_words(review)}: review it, and sign the new days."
        if review < today
        else f"Its review, on {in_words(review)}, comes before the last day of the wave, "
        f"{in_words(wave.closes_on)}: review it first, and sign the new days."
    )
    missing = (late,) if review < max(today, wave.closes_on) else ()
    return Gate(GateName.IMPACT, (said,), missing, signable=True, signed=row)


def _safeguarding(definition: Definition, site: Site) -> Gate:
    if not definition.has_boxes:
        return Gate(GateName.SAFEGUARDING, ("Nobody can write in their own words here.",))
    if site.safeguarding_lead:
        said = "A safeguarding lead is named, and is told when somebody flags what was written."
        return Gate(GateName.SAFEGUARDING, (said,))
    lacks = (
        "People can write in their own words, and nobody is told when somebody flags what a "
        "person wrote. Name one in the setting SAFEGUARDING_LEAD first."
    )
    return Gate(GateName.SAFEGUARDING, (), (lacks,))


def _unticked(row: WaveGate | None, points: Mapping[str, str]) -> tuple[str, ...]:
    ticked = facts_in(row).get("points", [])
    return tuple(f"Not signed yet: {said}" for name, said in points.items() if name not in ticked)
