"""The language of a page: who may choose which, what falls back to English, and the catalogues."""

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import write_po
from flask_babel import gettext
from page import PageClient
from settings import settings_for

from engage.app import create_app
from engage.extensions import db
from engage.web import catalogues, language
from engage.web.days import date_in_words, month_names, ordinal
from engage.web.interface_texts import (
    fault_of,
    faulty_texts,
    missing_texts,
    read_english,
    read_texts,
    texts_file,
)
from tools.translations import compiled, english, tags

HOME = "Have your say on safety"


@pytest.fixture
def demo_app(sqlite_url, tmp_path):
    """The demonstration, which shows languages that nobody has reviewed."""
    app = create_app(settings_for(tmp_path, DATABASE_URL=sqlite_url, DEMO="1"))
    app.testing = True
    with app.app_context():
        yield app
        db.session.remove()
        db.engine.dispose()


@pytest.fixture
def folder(tmp_path):
    """A folder of catalogues in which Polish has some texts."""
    folder = tmp_path / "translations"
    source, made = Catalog(fuzzy=False), Catalog(locale="pl", fuzzy=False)
    for text, polish in ((HOME, "Powiedz, co myślisz"), ("Back", ""), ("Home page", "Początek")):
        source.add(text)
        made.add(text, polish)
    write_catalogues(folder, source, made)
    return folder


def write_catalogues(folder, source, made) -> None:
    file = texts_file("pl", folder)
    file.parent.mkdir(parents=True)
    with (folder / "messages.pot").open("wb") as opened:
        write_po(opened, source)
    with file.open("wb") as opened:
        write_po(opened, made)
    with file.with_suffix(".mo").open("wb") as opened:
        write_mo(opened, made)


def names(client) -> list[str]:
    """The languages that a page offers, those that are not chosen as links."""
    nav = client.page.find(".//nav[@aria-label]")
    return [] if nav is None else [each.text for each in nav.iter() if each.get("lang")]


def test_only_the_demonstration_offers_a_language_that_nobody_has_reviewed(lite_app, demo_app):
    client = PageClient(lite_app).get("/")
    assert names(client) == []
    for each in language.LANGUAGES:
        if not each.reviewed:
            assert client.get(f"/language/{each.code}", status=404).page.get("lang") == "en"
    assert client.get("/").page.get("lang") == "en"
    assert names(PageClient(demo_app).get("/")) == ["English", "Polski", "اردو"]


def test_a_choice_made_before_a_language_was_taken_away_is_english(lite_app):
    client = PageClient(lite_app)
    with client.http.session_transaction() as session:
        session[language.CHOSEN] = "ur"
    page = client.get("/").page
    assert (page.get("lang"), page.get("dir")) == ("en", "ltr")


def test_a_page_says_which_language_it_is_in_and_which_way_it_runs(demo_app):
    client = PageClient(demo_app)
    client.get("/language/ur", 303).follow()
    assert (client.page.get("lang"), client.page.get("dir")) == ("ur", "rtl")
    assert client.response.headers["Content-Language"] == "ur"
    sheets = [each.get("href") for each in client.page.iter("link")]
    assert any("govuk-rtl-" in sheet for sheet in sheets)
    assert client.get("/nowhere", status=404).page.get("dir") == "rtl"
    client.get("/language/pl", 303).follow()
    assert (client.page.get("lang"), client.page.get("dir")) == ("pl", "ltr")
    assert not any("rtl" in each.get("href") for each in client.page.iter("link"))


def test_pages_for_staff_stay_english(demo_app):
    client = PageClient(demo_app)
    client.get("/language/ur", 303)
    page = client.get("/staff/sign-in").page
    assert (page.get("lang"), page.get("dir")) == ("en", "ltr")
    assert client.response.headers["Content-Language"] == "en"
    assert names(client) == []


@pytest.mark.parametrize(
    ("wanted", "reached"),
    [
        ("/privacy", "/privacy"),
        ("/surveys/x/page/y?then=check", "/surveys/x/page/y?then=check"),
        ("/nowhere", "/"),
        ("/language/ur", "/"),
        ("//elsewhere.example/", "/"),
        ("/\\elsewhere.example/", "/"),
        ("https://elsewhere.example/", "/"),
        ("/privacy\r\nX: y", "/"),
        ("", "/"),
    ],
)
def test_a_choice_leads_back_to_a_page_of_this_site_and_nowhere_else(demo_app, wanted, reached):
    answer = demo_app.test_client().get("/language/pl", query_string={"next": wanted})
    assert (answer.status_code, answer.location) == (303, reached)


def test_english_again_leaves_nothing_in_the_cookie(demo_app):
    client = PageClient(demo_app)
    client.get("/language/pl", 303).get("/language/en", 303)
    with client.http.session_transaction() as session:
        assert language.CHOSEN not in session


def test_a_missing_text_stays_english(demo_app, folder, monkeypatch):
    monkeypatch.setattr(catalogues, "FOLDER", folder)
    client = PageClient(demo_app)
    client.get("/language/pl", 303).follow()
    assert client.page.findtext(".//h1") == "Powiedz, co myślisz"
    assert "No survey is open" in client.text


def test_a_catalogue_that_cannot_be_read_is_as_good_as_none(demo_app, folder, monkeypatch):
    monkeypatch.setattr(catalogues, "FOLDER", folder)
    texts_file("pl", folder).with_suffix(".mo").write_bytes(b"\x00 not a catalogue")
    client = PageClient(demo_app)
    client.get("/language/pl", 303).follow()
    assert client.page.findtext(".//h1") == HOME


def test_an_error_page_goes_on_in_english_when_its_own_words_fail(demo_app, folder, monkeypatch):
    broken = Catalog(locale="pl", fuzzy=False)
    broken.add("Home page", "%(nobody)s")
    with texts_file("pl", folder).with_suffix(".mo").open("wb") as opened:
        write_mo(opened, broken)
    monkeypatch.setattr(catalogues, "FOLDER", folder)
    client = PageClient(demo_app)
    client.get("/language/pl", 303)
    page = client.get("/nowhere", status=404).page
    assert (page.get("lang"), page.findtext(".//h1")) == ("en", "Page not found")


def test_dates_and_places_are_in_the_words_of_the_language(demo_app):
    with demo_app.test_request_context("/"):
        assert (date_in_words(20260305), date_in_words(202603)) == ("5 March 2026", "March 2026")
        assert ordinal(3) == "3rd"
    with demo_app.test_request_context("/"):
        language.choose("pl")
        assert date_in_words(20260305) == "5 marca 2026"
        assert date_in_words(202603) == "marzec 2026"
        months = month_names()
        assert {(3, "March"), (3, "marca"), (3, "marzec")} <= set(months)
    with demo_app.test_request_context("/"):
        language.choose("ur")
        assert date_in_words(20260305).startswith("5 ")


def test_texts_are_looked_up_when_they_are_said(demo_app, folder, monkeypatch):
    monkeypatch.setattr(catalogues, "FOLDER", folder)
    with demo_app.test_request_context("/"):
        assert gettext("Home page") == "Home page"
        language.choose("pl")
        assert gettext("Home page") == "Początek"


def test_the_texts_that_a_language_does_not_have_are_counted(folder):
    assert missing_texts("pl", folder) == ["Back"]
    assert missing_texts("ur", folder) == [HOME, "Back", "Home page"]


@pytest.mark.parametrize(
    ("text", "made", "fault"),
    [
        ("Page %(number)s", "Strona %(number)s", ""),
        ("Page %(number)s", "Strona", "placeholders"),
        ("Page %(number)s", "Strona %(numer)s", "placeholders"),
        ("Zoom to 400%%", "Do 400%%", ""),
        ("Zoom to 400%%", "Do 400%", "neither of a placeholder"),
        ("Zoom to 400%%", "Do 400% i", "neither of a placeholder"),
        ("Home", "<b>Początek</b>", "markup"),
        ("Home", 'Po"czątek', "markup"),
        ("Home", "", ""),
        (("%(n)s ward", "%(n)s wards"), ("%(n)s okręg", "%(n)s okręgi", "%(n)s okręgów"), ""),
        (("%(n)s ward", "%(n)s wards"), ("jeden okręg", "%(n)s okręgi", "%(n)s okręgów"), ""),
        (("%(n)s ward", "%(n)s wards"), ("jeden", "%(m)s okręgi", "%(n)s"), "placeholders"),
    ],
)
def test_a_translation_that_would_break_a_page_is_found(text, made, fault):
    found = fault_of(Message(text, made))
    assert fault in found
    assert bool(found) == bool(fault)


def test_a_faulty_translation_is_left_out_of_what_the_site_reads(tmp_path):
    source, made = Catalog(fuzzy=False), Catalog(locale="pl", fuzzy=False)
    for text, polish in (("Page %(number)s", "Strona %(numer)s"), ("Back", "Wstecz")):
        source.add(text)
        made.add(text, polish)
    write_catalogues(tmp_path / "texts", source, made)
    (said,) = compiled(tmp_path / "texts")
    assert "'Page %(number)s' stays English" in said
    found = catalogues.Translations.load(tmp_path / "texts", ["pl"])
    assert found.gettext("Back") == "Wstecz"
    assert found.gettext("Page %(number)s") == "Page %(number)s"


def test_the_command_counts_the_texts_of_the_interface_too(lite_app):
    done = lite_app.test_cli_runner().invoke(args=["translations", "check"])
    for tag in tags():
        assert f"interface in {tag}: {len(missing_texts(tag))} texts are missing" in done.output


def texts_of(catalog) -> set[tuple[object, object]]:
    return {(each.id, each.context) for each in catalog if each.id}


def test_the_catalogues_have_the_texts_that_the_site_has():
    now = texts_of(english())
    assert texts_of(read_english()) == now, "run `make translations`"
    for tag in tags():
        assert texts_of(read_texts(tag)) == now, f"{tag}: run `make translations`"


@pytest.mark.parametrize("tag", tags())
def test_no_translation_would_break_a_page(tag):
    assert faulty_texts(tag) == []


def test_a_reviewed_language_misses_nothing():
    for each in language.LANGUAGES:
        if each.reviewed and each.tag != "en":
            assert missing_texts(each.tag) == []
