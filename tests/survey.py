"""Waves to answer in tests, and a person who walks through one."""

from datetime import date
from pathlib import Path

from engage import clock
from engage.areas.models import Ward
from engage.extensions import db
from engage.waves.models import Wave, WaveState
from engage.waves.published import publish

DEFINITIONS = Path(__file__).parent / "definitions"
SLUG = "every-kind"


def open_a_wave(name: str = "2026", file: Path = DEFINITIONS / "every_kind" / "v1.yaml") -> int:
    """Open a wave of a questionnaire file, with wards to choose from; its number."""
    for code, ward in (("W1", "Abbey"), ("W2", "Bridge")):
        db.session.merge(Ward(code=code, name=ward))
    published = publish(db.session, file, clock.today())
    wave = Wave(
        questionnaire=published.questionnaire,
        name=name,
        definition_id=published.id,
        state=WaveState.OPEN,
        opens_on=date(2020, 1, 1),
        closes_on=date(2099, 1, 1),
        delete_on=date(2100, 1, 1),
    )
    db.session.add(wave)
    db.session.commit()
    number = wave.id
    db.session.remove()
    return number


ANSWERS: dict[str, dict[str, object]] = {
    "you": {"q_age_band": "3"},
    "place": {"q_ward": "W1"},
    "safety": {"q_safe_day": "1", "q_safe_dark": "3"},
    "more": {"q_avoid": ["park", "bus"], "q_years": "12", "q_validate": "Lights", "q_meta": "No"},
    "unsafe": {"q_why": ["dark"]},
}


def begin(client, slug: str = SLUG):
    """Press start and stand on the first page."""
    return press_start(client.get(f"/surveys/{slug}", follow=True), slug).follow()


def press_start(client, slug: str = SLUG, **given: str):
    """Send the start form of the page as a browser does; `given` goes before what it holds."""
    held = {name: client.value(name) for name in ("shown", "detail", "proof")}
    data = {name: value for name, value in held.items() if value is not None}
    return client.post(f"/surveys/{slug}", data | given)


def answer(client, answers: dict[str, dict[str, object]] = ANSWERS, slug: str = SLUG):
    """Answer every page that is put, and stand on the page that checks them.

    Sensitive surveys number their pages, so a page is known by the boxes that it has.
    """
    given = {name: value for page in answers.values() for name, value in page.items()}
    while "/page/" in client.response.request.path:
        boxes = {box.get("name") for box in client.page.iter() if box.get("name")}
        data = {name: value for name, value in given.items() if name in boxes}
        client.post(client.response.request.path, data).follow()
    return client
