"""Choosing a language, and the proof that every text of the public pages can be translated."""

import re
from dataclasses import replace
from importlib.resources import files
from random import Random

import pytest
from babel import Locale
from core.definition.made import answers_to, fields_of
from page import PageClient
from pledge_walk import walk_pledges
from pseudo import PSEUDO, untranslated, write_catalogue, write_definitions
from publishing.editions import CHOSEN, closed_wave, published, shown_action
from settings import settings_for
from survey import SLUG, answer, begin, open_a_wave

from engage.app import create_app
from engage.core.definition.kinds import PLACE_KINDS
from engage.core.definition.load import load_definition
from engage.core.definition.question import Question, Service
from engage.core.definition.yaml_text import read_yaml
from engage.extensions import db
from engage.figures.indicators import indicators_of
from engage.web import catalogues, language
from engage.web.access import PUBLIC, rule_of

TRIES = 40
NOT_PAGES = {
    "council.colours",
    "health.health",
    "static",
    "leaving.leave",
    "languages.choice",
    "brought.go",
    "staying.stay",
    "statistics.file",
    "results_files.file",
    "results_files.picture",
    "followup_public.rss",
    "booking.certificate",
    "counter.badge",
    "counter.count",
    "own_page.copy",
    "partners.badge",
    "partners.badge_image",
    "partners.certificate",
    "training.calendar",
}
"""Public addresses that answer with no page of their own: with another's, a file or a picture."""

ELSEWHERE = ("/demo/", "/staff", "/tell-us")
"""Pages for staff are English; those of reports are in the languages that their own form has."""


@pytest.fixture(scope="session")
def catalogue(tmp_path_factory):
    folder = tmp_path_factory.mktemp("translations")
    write_catalogue(folder)
    return folder


@pytest.fixture
def speaking(monkeypatch, catalogue, sqlite_url, tmp_path):
    """The demonstration in a language that nobody speaks, with a wave of every test survey."""
    monkeypatch.setattr(language, "LANGUAGES", (*language.LANGUAGES, PSEUDO))
    monkeypatch.setattr(catalogues, "FOLDER", catalogue)
    own = tmp_path / "own"
    written = write_definitions(own)
    environ = {"DEMO": "1", "DATABASE_URL": sqlite_url, "DEFINITIONS_DIR": str(own)}
    app = create_app(settings_for(tmp_path, **environ))
    app.testing = True
    with app.app_context():
        for file in written:
            open_a_wave(file=file)
        yield Reader(app), written
        db.session.remove()
        db.engine.dispose()


class Reader(PageClient):
    """A browser whose reader finds every word of a page in brackets."""

    def __init__(self, app) -> None:
        super().__init__(app)
        self.app = app
        self.followed: set[str] = set()
        self.seen: set[str] = set()
        settings = app.extensions["settings"]
        services = read_help(files("engage.definitions") / "help.yaml")
        # Names and addresses, wards of the test, months, and services: these have their own lists.
        self.same = [settings.council_name, settings.privacy_contact, "ico.org.uk", "session"]
        self.same += Locale.parse(PSEUDO.tag).months["format"]["wide"].values()
        self.same += [
            "Abbey",
            "Bridge",
            "Some words",
            *(word for each in services for word in _words(each)),
        ]

    @property
    def path(self) -> str:
        return self.response.request.path

    def _took(self, response, status):
        super()._took(response, status)
        if response.mimetype == "text/html" and response.data and status not in {302, 303}:
            if status != 404:
                self.seen.add(self.endpoint(response.request.path))
            left = untranslated(self.page, self.same)
            assert not left, f"{response.request.path} says in English: {' '.join(left)}"
        return self

    def endpoint(self, path: str) -> str:
        return self.app.url_map.bind("localhost").match(path.partition("?")[0])[0]

    def look_around(self):
        """Follow the links of a page to pages that were not seen yet, and come back."""
        page, response = self.page, self.response
        for link in page.iter("a"):
            path = link.get("href", "").partition("#")[0]
            ours = path.startswith("/") and not path.startswith(ELSEWHERE)
            if ours and path not in self.followed and self.endpoint(path) not in NOT_PAGES:
                self.followed.add(path)
                self.get(path, follow=True).look_around()
        self.page, self.response = page, response
        return self

    def send(self, form: str, fields: dict | None = None):
        """Send the form of that id or address with what it holds, and go where that leads."""
        (found,) = (
            each for each in self.page.iter("form") if form in {each.get("id"), each.get("action")}
        )
        hidden = {
            each.get("name"): each.get("value", "")
            for each in found.iter("input")
            if each.get("type") == "hidden"
        }
        response = self.http.post(found.get("action"), data={**hidden, **(fields or {})})
        assert response.status_code in {200, 303, 409, 422}, (self.path, fields)
        self._took(response, response.status_code)
        return self.follow() if response.status_code == 303 else self


def _words(service: dict) -> list[str]:
    """What pages say of a service; addresses are shortened."""
    said = [str(service.get(name, "")) for name in ("name", "detail", "web")]
    return [each.removeprefix("https://").removeprefix("www.").rstrip(".") for each in said if each]


def read_help(file) -> list[dict]:
    return read_yaml(file.read_text("utf-8"), str(file))["services"]


def tried(question: Question, random: Random) -> dict[str, object]:
    """What a browser may send for a question: often an answer, else nothing or nonsense."""
    if random.random() < 0.3:
        boxes = ["", "-day", "-month", "-year", *(f"-{each.code}" for each in question.options)]
        return {f"q_{question.id}{box}": random.choice(("?", "1", "3000", "")) for box in boxes}
    if question.kind in PLACE_KINDS:
        return {f"q_{question.id}": "W1"}
    return fields_of(question, random.choice(answers_to(question)))


@pytest.mark.parametrize(
    ("demo", "said", "never"),
    [
        (True, "not every survey in all of them: English, Polski, اردو", "in English only"),
        (False, "The surveys are in English only.", "not every survey"),
    ],
)
def test_the_accessibility_page_says_in_which_languages_surveys_are(lite_app, demo, said, never):
    lite_app.extensions["settings"] = replace(lite_app.extensions["settings"], demo=demo)
    reader = PageClient(lite_app).get("/accessibility")
    assert said in reader.text.replace(" ,", ",")
    assert never not in reader.text


def test_between_the_parts_of_a_place_to_get_help_stands_the_punctuation_of_the_language(lite_app):
    """The numbers and addresses between the marks are taken out."""
    lite_app.extensions["settings"] = replace(lite_app.extensions["settings"], demo=True)
    with lite_app.test_request_context("/"):
        language.choose("ur")
        page = lite_app.jinja_env.from_string(
            '{% from "fields/help.html" import services_list with context %}'
            "{{ services_list([service]) }}"
        )
        whole = Service("A", "B", "123", "456", "https://c.example")
        shown = re.sub(r"<a .*?</a>", "#", page.render(service=whole))
    assert "A: #، #، #۔ B" in shown


def test_every_word_of_every_public_page_can_be_translated(speaking):
    reader, surveys = speaking
    reader.http.get(f"/language/{PSEUDO.code}")
    reader.get("/").get("/privacy").get("/accessibility").get("/nowhere", status=404)
    walk_pledges(reader)
    _look_at_results(reader)
    for number, file in enumerate(surveys):
        _walk(reader, load_definition(file), Random(number))
    _save_and_return(reader)
    pages = {
        rule.endpoint
        for rule in reader.app.url_map.iter_rules()
        if "GET" in rule.methods
        and not rule.rule.startswith(ELSEWHERE)
        and PUBLIC in rule_of(reader.app.view_functions[rule.endpoint])
    }
    missed = pages - reader.seen - NOT_PAGES
    assert not missed, f"no reader of another language has been on {missed}: lead one there"


# A line of a drawing is broken within a name.
GROUPS = (
    "Everybody who lives here", "Everybodywho", "lives here", "All", "Sex", "Female", "Male",
    "Ward", "W",
)  # fmt: skip


def _look_at_results(reader: Reader) -> None:
    """Read what was published of a wave, how it was made, and what was done about it.

    What a survey and its figures are called stands in the language that it was published in.
    """
    reader.same += ["How safe do you feel", "[c]", "c", *GROUPS, *(_named(each) for each in CHOSEN)]
    wave = closed_wave(db.session())
    published(db.session(), wave)
    shown_action(db.session(), wave)
    address = f"/results/fear-of-crime/{wave.id}"
    for path in ("/results", address, f"{address}?figure=safe_dark", f"{address}/methods"):
        reader.get(path)
    reader.get("/you-said-we-did")


def _named(indicator: str) -> str:
    return next(each.name for each in indicators_of("fear_of_crime") if each.id == indicator)


def _walk(reader: Reader, definition, random: Random) -> None:
    """Answer a survey, badly and well, to the end; then begin again and delete it."""
    slug = definition.id.replace("_", "-")
    if definition.invited:
        reader.get(f"/surveys/{slug}", follow=True).look_around()
        reader.get(f"/surveys/{slug}/code", follow=True)
        for code in ("one", "ABCD EFGH JKLM"):
            reader.send(reader.path, {"invitation": code})
        return
    begin(reader, slug)
    for _try in range(TRIES * len(definition.sections)):
        if "/page/" not in reader.path:
            break
        reader.look_around()
        fields: dict[str, object] = {}
        base, _, at = reader.path.partition("/page/")  # a sensitive one has no name, but numbers
        section = definition.sections[int(at) - 1] if at.isdecimal() else definition.section(at)
        for question in section.questions:
            fields |= tried(question, random)
        reader.send("questions", fields)
    if reader.path.endswith("/check"):
        reader.look_around().send(f"{base}/check")
        assert reader.path.endswith("/thank-you")
        begin(reader, base.rpartition("/")[2])
    reader.get(f"{base}/ended")
    reader.get(base, follow=True).look_around().post(f"{base}/delete").follow()


def _save_and_return(reader: Reader) -> None:
    """Save under a code, put the answers away, and come back with wrong codes."""
    begin(reader)
    base = reader.path.partition("/page/")[0]
    reader.send("questions", {"q_age_band": "3", "go": "later"})
    reader.send(f"{base}/save").get(f"{base}/save").send(f"{base}/put-away")
    reader.get("/return")
    for code in ("one two", "zzzz " * 6, "apple " * 6):
        reader.send("/return", {"code": code})


@pytest.fixture
def browser(speaking) -> PageClient:
    """A browser on the same site whose reader reads every language."""
    reader, _surveys = speaking
    return PageClient(reader.app)


MORE = f"/surveys/{SLUG}/page/more"


def on_more(browser) -> PageClient:
    begin(browser).post(f"/surveys/{SLUG}/page/you", {"q_age_band": "3"})
    return browser.get(MORE)


def lang(browser) -> str:
    return browser.page.get("lang")


def test_a_page_of_questions_is_saved_before_it_is_shown_in_another_language(browser):
    sent = {"q_avoid": ["park"], "q_validate": "Lights", "language": PSEUDO.code}
    on_more(browser).post(MORE, sent)
    assert browser.location == MORE
    browser.follow()
    assert lang(browser) == PSEUDO.tag
    assert browser.checked("q_avoid") == ["park"]
    assert browser.value("q_validate") == "Lights"


def test_what_cannot_be_taken_does_not_keep_a_reader_in_a_language(browser):
    on_more(browser).post(MORE, {"q_years": "7", "language": PSEUDO.code}).follow()
    browser.post(MORE, {"q_years": "many", "language": "en"}).follow()
    assert lang(browser) == "en"
    assert browser.value("q_years") == "7", "what was saved before stays"
    assert "not everything on this page" in browser.text


def test_going_back_says_what_could_not_be_read(browser):
    on_more(browser).post(MORE, {"q_years": "many", "go": "back"}).follow()
    assert "not everything on the last page" in browser.text


def test_a_language_that_is_not_offered_changes_nothing(browser):
    on_more(browser).post(MORE, {"q_years": "many", "language": "xx"}, status=422)
    assert lang(browser) == "en"
    browser.post(MORE, {"q_years": "7", "language": "xx"}).follow()
    assert browser.response.request.path != MORE


def test_a_page_that_was_to_be_checked_leads_back_to_the_check(browser):
    on_more(browser).post(f"{MORE}?then=check", {"language": PSEUDO.code})
    assert browser.location == f"{MORE}?then=check"


def test_nothing_made_in_one_language_is_shown_in_another(speaking, browser):
    reader, _surveys = speaking
    reader.http.get(f"/language/{PSEUDO.code}")
    for each in (reader, browser):
        answer(begin(each), {"you": {"q_age_band": "3"}})
    for path in (f"/surveys/{SLUG}", MORE, f"/surveys/{SLUG}/page/place", "/privacy"):
        reader.get(path)
        for bracket in "⟦⟪":
            words = browser.get(path).response.text.replace(PSEUDO.name, "")
            assert bracket not in words, path
    on_page = browser.get(MORE).response.text
    assert "Please do not name anyone" in on_page


def test_every_page_of_questions_offers_the_languages_and_enter_does_not_choose_one(browser):
    on_more(browser)
    buttons = [each for each in browser.page.iter("button") if each.get("form") == "questions"]
    assert [each.get("name") for each in buttons] == [None, "language", "go"]
    assert buttons[0].get("aria-hidden") == "true"
