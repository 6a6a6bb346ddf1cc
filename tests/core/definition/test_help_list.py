"""Where to get help: what ships, a council's own list over it, and what a survey says itself."""

import pytest

from engage.care_settings import SHIPPED_HELP
from engage.core.definition.faults import DefinitionError
from engage.core.definition.help_list import HelpList, at_foot, load_help
from engage.core.definition.kinds import Kind, Theme
from engage.core.definition.question import Question, Service

EVERYWHERE = [
    "emergency",
    "emergency_text",
    "police",
    "childline",
    "domestic_abuse",
    "victim_support",
]
# Looked up when the list was written; a wrong digit sends a person in need to a stranger.
NUMBERS = {
    "emergency": "999",
    "emergency_text": "18000",
    "police": "101",
    "childline": "0800 1111",
    "domestic_abuse": "0808 2000 247",
    "victim_support": "08 08 16 89 111",
    "rape_crisis": "0808 500 2222",
    "crimestoppers": "0800 555 111",
    "samaritans": "116 123",
}
VICTIM_SUPPORT = Service("Victim Support", "For you.", "08 08 16 89 111")


@pytest.fixture
def over(tmp_path):
    """Lays a council's list over the one that ships."""

    def lay(text: str) -> HelpList:
        file = tmp_path / "help.yaml"
        file.write_text(text, "utf-8")
        return load_help(SHIPPED_HELP, file)

    return lay


def names(services) -> list[str]:
    return [each.name for each in services]


def test_the_shipped_list_has_the_right_numbers_and_the_urgent_first():
    shipped = load_help(SHIPPED_HELP)
    assert {each.id: each.service.phone for each in shipped.listed if each.service.phone} == NUMBERS
    assert [each.id for each in shipped.listed if each.everywhere] == EVERYWHERE
    assert [each.phone for each in shipped.services()][:3] == ["999", "18000", "101"]
    assert shipped.services()[1].text == "999"


def test_what_a_survey_names_comes_after_the_urgent_and_before_the_rest_and_nothing_twice():
    named = (
        Service("Samaritans", phone="116 123"),
        Service("A local place", phone="020 7946 0000"),
        Service("Notruf", "Ruf an.", phone="999"),
        VICTIM_SUPPORT,
    )
    shown = load_help(SHIPPED_HELP).services(named)
    assert names(shown)[:6] == [
        "Notruf",
        "In an emergency, if you cannot hear or speak on the phone",
        "The police, when it is not an emergency",
        "Samaritans",
        "A local place",
        "Victim Support",
    ]
    assert names(shown)[6:] == ["Childline", "National Domestic Abuse Helpline, run by Refuge"]
    victim_support = shown[5]
    assert victim_support.detail == "For you.", "the words of the survey, in its own language"
    assert victim_support.web == "https://www.victimsupport.org.uk"


def test_a_council_corrects_hides_and_adds(over):
    laid = over(
        """
services:
  - {id: victim_support, phone: "0300 000 0000"}
  - {id: true_vision, name: Somewhere else}
  - {id: our_centre, name: Our centre, detail: Come in., text: "07700 900123"}
hide: [childline, Samaritans]
"""
    )
    named = (VICTIM_SUPPORT, Service("Samaritans", phone="116 123"))
    shown = {each.name: each for each in laid.services(named)}
    assert shown["Victim Support"].phone == "0300 000 0000", "over what the survey says"
    assert shown["Victim Support"].detail == "For you."
    assert shown["Our centre"].text == "07700 900123"
    assert not {"Childline", "Samaritans", "Somewhere else"} & shown.keys()


def test_words_in_another_language_are_used_where_there_are_some(over):
    laid = over(
        """
services:
  - id: our_centre
    name: Our centre
    web: https://ours.example
    languages: {pl: {name: Nasze centrum}}
"""
    )
    assert "Nasze centrum" in names(laid.services(language="pl"))
    assert "Our centre" in names(laid.services(language="ur"))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("services: [{id: x, phone: '020'}]", "has no name. Give it one."),
        ("services: [{id: x, name: A place}]", "has no way to reach it. Give phone, text or web."),
        ("services: [{id: x, name: A, phone: call us}]", "services/0/phone"),
        ("services: [{id: x, name: A, phone: 999}]", "Put quotes round it"),
        ("services: [{id: x, name: A, web: 'http://a.example'}]", "services/0/web"),
        ("services: [{id: x, nam: A}]", "Remove it or correct its spelling."),
        (
            "services: [{id: x, name: A, phone: '020'}, {id: x, name: A, phone: '020'}]",
            "the id 'x' is there twice",
        ),
        ("hide: [Nobody]", "there is no service 'Nobody' on the list. Name one of: emergency"),
        ("hide: [emergency]", "it would not come first everywhere"),
        ("services: [{id: emergency, first: false}]", "it would not come first everywhere"),
        ("services: {", "Correct the YAML there"),
        ("[]", "is not of type 'object'"),
    ],
)
def test_every_fault_of_a_list_is_told_with_its_place_and_remedy(over, text, said):
    with pytest.raises(DefinitionError) as caught:
        over(text)
    assert said in str(caught.value)


def test_a_page_shows_help_at_its_foot_where_no_question_does():
    plain = Question("q", Kind.SINGLE, "?")
    private = Question("q", Kind.SINGLE, "?", themes=frozenset({Theme.EQUALITIES}))
    hurting = Question("q", Kind.SINGLE, "?", themes=frozenset({Theme.SEXUAL_VIOLENCE}))
    place = Question("q", Kind.AREA, "?", help_here=True)
    box = Question("q", Kind.LONG_TEXT, "?")
    assert [at_foot([each]) for each in (plain, private, hurting, place, box)] == [
        False,
        True,
        False,
        True,
        False,
    ]
    assert not at_foot([private, hurting])
