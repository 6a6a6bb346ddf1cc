"""Whatever is sent to a public form: never our fault, never half a response, never another's.

The forms are found from the map of addresses, so that a new one is tried without being listed.
"""

import re
import shutil
from collections.abc import Iterator
from contextvars import Context
from html import unescape
from itertools import count
from pathlib import Path
from urllib.parse import quote_from_bytes

import pytest
from conftest import running
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings, strategies as st
from sqlalchemy import select
from survey import DEFINITIONS, open_a_wave
from werkzeug.routing import BuildError, Rule

from engage.answering.flow import missing
from engage.answering.models import Draft, DraftPage
from engage.core.definition.model import Definition
from engage.core.definition.routing import eligible
from engage.extensions import csrf, db
from engage.responses import packed
from engage.responses.models import Response
from engage.waves.catalogue import newest_file
from engage.waves.models import Wave
from engage.waves.published import definition_by_id
from engage.web.access import PUBLIC, rule_of

SHIPPED = ("fear_of_crime", "young_people", "women_and_girls")
FIELD = re.compile(r"<(?:input|select|textarea|button|option)\b[^>]*>")
NAME, VALUE = re.compile(r'\bname="([^"]*)"'), re.compile(r'\bvalue="([^"]*)"')
TOKEN = re.compile(r'name="csrf_token"[^>]*value="([^"]+)"')
FORM = "application/x-www-form-urlencoded"
TYPES = [FORM, FORM + "; charset=utf-7", "multipart/form-data; boundary=x", "multipart/form-data",
         "application/json", "text/plain", "\xff", ""]  # fmt: skip
BODIES = [
    b"", b"&&&===", b"=", b"%", b"%zz=%", b"a=%00", b"--x\r\n\r\n--x--", b"--x\r\nContent-Disp",
    b'--x\r\nContent-Disposition: form-data; name="q_a"; filename="x"\r\n\r\n\x00\r\n--x--\r\n',
    b"{}", b'{"csrf_token": []}', b"a=" + b"x" * 3_000_000, b"a=1&" * 100_000,
]  # fmt: skip
SLY = [
    "", "\x00", "\ud800", "\u202e", "\u2028", "0", "-0", "1e9", "9" * 400, "١٢", "²", "__class__",
    "@signs", "../../x", "{{7*7}}", "%s%n", "'; --", "<b>", "2026-02-30", "a" * 5000,
]  # fmt: skip
WORDS = st.one_of(st.sampled_from(SLY), st.text(max_size=40), st.text(st.characters(), max_size=4))
NUMBERS = count(1)


@pytest.fixture(scope="module")
def site(sqlite_template, tmp_path_factory) -> Iterator[Flask]:
    """Every definition that ships or is a living example, each open."""
    folder = tmp_path_factory.mktemp("fuzz")
    shutil.copy(sqlite_template, folder / "engage.sqlite")
    with running(folder, f"sqlite:///{folder / 'engage.sqlite'}") as app:
        for file in [*sorted(DEFINITIONS.glob("*/v1.yaml")), *map(newest_file, SHIPPED)]:
            open_a_wave(file=Path(file))
        yield app


def profile(examples: int) -> settings:
    """The same tries every time, as many as there is time for."""
    return settings(
        max_examples=examples, derandomize=True, deadline=None, database=None,
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip


def public_forms(app: Flask) -> list[Rule]:
    rules = [rule for rule in app.url_map.iter_rules() if "POST" in (rule.methods or ())]
    return [each for each in rules if PUBLIC in rule_of(app.view_functions[each.endpoint])]


def surveys() -> dict[str, Definition]:
    """Every open survey by its part of the address."""
    with db.engine.connect() as connection:
        waves = connection.execute(select(Wave.questionnaire, Wave.definition_id)).all()
        return {
            wave.questionnaire.replace("_", "-"): definition_by_id(connection, wave.definition_id)
            for wave in waves
        }


class Browser:
    """A browser without scruples, at an address of its own."""

    def __init__(self, app: Flask) -> None:
        self.http: FlaskClient = app.test_client()
        number = next(NUMBERS)
        self.http.environ_base["REMOTE_ADDR"] = (
            f"10.{number >> 16}.{number >> 8 & 255}.{number & 255}"
        )
        self.token = ""

    def begin(self, slug: str) -> None:
        """Press start, as far as that takes nothing but a press."""
        page = self.get(f"/surveys/{slug}")
        found = TOKEN.search(page)
        self.token = found.group(1) if found else ""  # an invitation is wanted first
        self.post(f"/surveys/{slug}", [("csrf_token", self.token)])

    def fields(self, path: str) -> dict[str, list[str]]:
        """The names of the fields of a page, and the values that each offers."""
        found: dict[str, list[str]] = {}
        name = ""
        for tag in FIELD.findall(self.get(path)):
            named, value = NAME.search(tag), VALUE.search(tag)
            name = unescape(named.group(1)) if named else name
            found.setdefault(name, []).append(unescape(value.group(1)) if value else "")
        return found

    def get(self, path: str) -> str:
        """A page, asked for with a context of its own, as a server does."""
        return Context().run(self.http.get, path, follow_redirects=True).text

    def post(self, path: str, pairs: list[tuple[str, str]]) -> bool:
        """Send a form; whether it was refused."""
        body = "&".join(f"{_quoted(name)}={_quoted(value)}" for name, value in pairs)
        return self.send(path, body.encode(), FORM)

    def send(self, path: str, body: bytes, kind: str) -> bool:
        """Send any bytes; whether they were refused, or led to where nothing is left to lose."""
        given = {"data": body, "headers": {"Content-Type": kind}}
        response = Context().run(self.http.post, path, **given)
        assert response.status_code < 500, (response.status_code, path, kind, body[:400])
        gone = response.headers.get("Location", "").endswith("/ended")
        return response.status_code >= 400 or gone


def _quoted(text: str) -> str:
    return quote_from_bytes(text.encode("utf-8", "surrogatepass"))


def address(data: st.DataObject, app: Flask, rule: Rule, offered: dict[str, Definition]) -> str:
    """An address that the rule takes, mostly of something that is there."""
    slug = data.draw(st.sampled_from(sorted(offered)), "survey")
    sections = [section.id for section in offered[slug].sections]
    guesses = {"slug": slug, "section_id": data.draw(st.sampled_from([*sections, "nowhere"]))}
    values = {name: guesses.get(name, data.draw(st.sampled_from(["1", "abc", "x-y"]))) for name in
              rule.arguments}  # fmt: skip
    try:
        return app.url_map.bind("localhost").build(rule.endpoint, values)
    except (BuildError, ValueError):
        numbers = {name: guesses.get(name, 1) for name in rule.arguments}
        return app.url_map.bind("localhost").build(rule.endpoint, numbers)


def pairs(data: st.DataObject, fields: dict[str, list[str]]) -> list[tuple[str, str]]:
    """Fields of the page and others, in any order, some missing, some twice, some as offered."""
    names = st.one_of(st.sampled_from(sorted(fields) or [""]), WORDS)
    chosen = data.draw(st.lists(names, max_size=12), "fields")
    values = [st.one_of(st.sampled_from(fields.get(name) or [""]), WORDS) for name in chosen]
    return [(name, data.draw(value)) for name, value in zip(chosen, values, strict=True)]


def whole(offered: dict[str, Definition]) -> int:
    """Check that every stored response is whole; how many there are."""
    with db.engine.connect().execution_options(read_only=True) as connection:
        assert all(wave.different == 0 for wave in packed.check(connection))
        ids = {
            wave.id: offered[wave.questionnaire.replace("_", "-")]
            for wave in connection.execute(select(Wave.id, Wave.questionnaire))
        }
        stored = connection.execute(select(Response.wave_id, Response.answers)).all()
        for response in stored:
            answers = packed._answers(response.answers)  # noqa: SLF001  as the check itself reads them
            assert missing(ids[response.wave_id], answers) is None
            assert eligible(ids[response.wave_id], answers)
        sent = select(DraftPage.section).join(Draft, Draft.id == DraftPage.draft_id)
        assert connection.execute(sent.where(Draft.sent)).all() == []
    return len(stored)


def hammer(app: Flask, rule: Rule, offered: dict[str, Definition], victim: Browser) -> None:
    """Send all sorts of things to one address."""

    @profile(12)
    @given(st.data())
    def run(data: st.DataObject) -> None:
        browser, path = Browser(app), address(data, app, rule, offered)
        browser.begin(path.split("/")[2] if path.startswith("/surveys/") else "every-kind")
        for _post in range(2):
            sent = pairs(data, browser.fields(path))
            token = data.draw(st.sampled_from([browser.token, browser.token, victim.token, "x"]))
            kept = [each for each in sent if each[0] != "csrf_token"]
            refused = browser.post(path, [("csrf_token", token), *kept])
            if token != browser.token and not _open_to_all(app, rule):
                assert refused, f"{path} took the token of somebody else"
        body, kind = data.draw(st.sampled_from(BODIES)), data.draw(st.sampled_from(TYPES))
        refused = browser.send(path, body, kind)
        assert refused or _open_to_all(app, rule), f"{path} took a form without a token"

    run()


def stumble(app: Flask, slug: str, definition: Definition) -> None:
    """Answer a survey to its end with what is offered, and with all sorts of things between."""

    @profile(3)
    @given(st.data())
    def run(data: st.DataObject) -> None:
        browser = Browser(app)
        browser.begin(slug)
        for section in definition.sections:
            path = f"/surveys/{slug}/page/{section.id}"
            fields = browser.fields(path)
            sensible = [
                (name, data.draw(st.sampled_from(values)))
                for name, values in fields.items()
                if name.startswith("q_") and data.draw(st.integers(0, 5))
            ]
            noise = pairs(data, fields) if data.draw(st.booleans()) else []
            browser.post(path, [("csrf_token", browser.token), *sensible, *noise])
        check = browser.fields(f"/surveys/{slug}/check")
        draft = check.get("draft", [""])[0]
        noise = [each for each in pairs(data, check) if each[0] not in {"csrf_token", "draft"}]
        sent = [("csrf_token", browser.token), ("draft", draft), *noise]
        browser.post(f"/surveys/{slug}/check", sent)

    run()


def test_no_public_form_can_be_broken(site):
    offered, rules = surveys(), public_forms(site)
    assert {"start.begin", "questions.section", "finish.send_answers"} <= {
        rule.endpoint for rule in rules
    }
    victim = Browser(site)
    victim.begin("every-kind")

    for rule in rules:
        hammer(site, rule, offered, victim)
    whole(offered)


def _open_to_all(app: Flask, rule: Rule) -> bool:
    view = app.view_functions[rule.endpoint]
    return f"{view.__module__}.{view.__name__}" in csrf._exempt_views  # noqa: SLF001  no other way


def test_whatever_is_answered_what_is_stored_is_whole(site):
    offered = surveys()
    before = whole(offered)

    for slug, definition in offered.items():
        stumble(site, slug, definition)
    assert whole(offered) > before, "nobody got through: nothing was tried"
