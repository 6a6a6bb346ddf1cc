"""What the partnership decides about reports: what ships, and a council's own file over it."""

from datetime import date

import pytest
from settings import settings_for

from engage.care_settings import SHIPPED_POLICY, shipped_policy
from engage.config import SettingsError
from engage.core.definition.faults import DefinitionError
from engage.core.reporting.policy import Asked
from engage.core.reporting.policy_load import load_policy
from engage.reports.form import report_form
from engage.waves.catalogue import REPORT
from engage.waves.translations import translations_of

OWN = """
agencies:
  - {id: police, name: Testham Police, asked: police}
  - {id: haven, name: Haven, asked: support}
clocks: {first_contact: 2}
retention: {narrative: 24}
texts:
  when_read:
    - {since: "2026-03-01", words: Every weekday., languages: {pl: W dni robocze.}}
    - {since: "2026-09-01", words: Every day.}
contact_rules:
  honour: [Write to nobody.]
"""


def own(tmp_path, text: str):
    file = tmp_path / "own.yaml"
    file.write_text(text, "utf-8")
    return file


def test_what_ships_can_be_used_and_keeps_identity_shortest():
    policy = shipped_policy()
    assert policy.retention.identity < policy.retention.narrative < policy.retention.facts
    assert {each.asked for each in policy.agencies} == set(Asked)
    assert policy.clocks.override_review == 1
    assert any(each.immediate for each in policy.reasons)
    for name in policy.texts:
        assert policy.text(name, date(2026, 11, 21))


def test_a_councils_file_is_laid_over_what_ships(tmp_path):
    policy = settings_for(tmp_path, REPORTING_POLICY=str(own(tmp_path, OWN))).reporting
    assert [each.name for each in policy.agencies] == ["Testham Police", "Haven"]
    assert (policy.clocks.first_contact, policy.clocks.review) == (2, 20)
    assert (policy.retention.identity, policy.retention.narrative) == (12, 24)
    assert "Write to nobody." in policy.rules_for(frozenset({"honour", "hate"}))
    assert policy.rules_for(frozenset({"domestic"})) == shipped_policy().rules_for(
        frozenset({"domestic"})
    )


def test_a_text_holds_from_its_day_and_in_its_language(tmp_path):
    policy = load_policy(SHIPPED_POLICY, own(tmp_path, OWN))
    days = (date(2026, 2, 28), date(2026, 3, 1), date(2026, 8, 31), date(2026, 9, 1))
    said = [policy.text("when_read", day) for day in days]
    assert said == ["", "Every weekday.", "Every weekday.", "Every day."]
    assert policy.text("when_read", days[1], "pl") == "W dni robocze."
    assert policy.text("when_read", days[3], "pl") == "Every day."


def test_a_strand_is_asked_for_in_the_language_or_else_in_english(lite_app):
    said = {
        code: report_form(made).questions["strands"].option("age").label
        for code, made in translations_of(REPORT, 1, None, unreviewed=True).items()
    }
    assert said == {"pl": "Wiek tej osoby", "ur": "اس شخص کی عمر"}
    age = next(each for each in shipped_policy().strands if each.code == "age")
    assert age.label("cy") == age.words == "Their age"


def test_what_ships_says_in_polish_and_urdu_all_that_reporters_read():
    policy = shipped_policy()
    for each in (*(one for told in policy.texts.values() for one in told), *policy.strands):
        assert each.languages.keys() == {"pl", "ur"}, each.words


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("retention: {identity: 40}", "must go one after the other"),
        ("agencies: [{id: a, name: A, asked: police}]", "none of them is asked of as 'support'"),
        ("agencies: [{id: a, name: A, asked: mayor}]", "Use one of: police, support, nobody"),
        ("override_reasons: [{code: a, words: A}]", "none of them is immediate"),
        ("strands: [{code: a, words: A}, {code: a, words: B}]", "'a' is there twice"),
        ('texts: {danger: [{since: "2026-02-30", words: A}]}', "there is no day 2026-02-30"),
        (
            'texts: {danger: [{since: "2026-02-03", words: A}, {since: "2026-02-03", words: B}]}',
            "two texts hold from 2026-02-03",
        ),
        ("clocks: {override_review: 3}", "1 was expected"),
        ("colour: blue", "'colour' was unexpected"),
    ],
)
def test_a_file_that_cannot_be_used_says_what_is_wrong(tmp_path, text, said):
    with pytest.raises(DefinitionError, match=said):
        load_policy(SHIPPED_POLICY, own(tmp_path, text))


def test_the_site_does_not_start_with_a_policy_that_cannot_be_used(tmp_path):
    with pytest.raises(SettingsError, match="REPORTING_POLICY cannot be used"):
        settings_for(tmp_path, REPORTING_POLICY=str(tmp_path / "none.yaml"))
