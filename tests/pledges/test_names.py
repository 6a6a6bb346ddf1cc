"""What a name may hold, in every alphabet."""

import pytest

from engage.pledges.names import UnfitNameError, checked_name


@pytest.mark.parametrize(
    "name",
    [
        "Ada O’Brien-Smith",
        "St.John Rivers",
        "Dr.Smith",
        "J. R. R. Tolkien",
        "Łukasz Żółć",
        "Анна Smith",
        "محمد علی",
        "李小龍",
        "Marks & Spencer (Quillhaven)",
        "AT&T",
        "Müller, 2nd",
    ],
)
def test_names_as_people_have_them_are_taken(name):
    assert checked_name(name) == name


@pytest.mark.parametrize(
    ("name", "fault"),
    [
        ("Аda Lovelace", "mixed"),  # its first letter is Cyrillic
        ("Ada Lοvelace", "mixed"),  # with a Greek o
        ("evil.com", "web"),
        ("See evil.club now", "web"),
        ("EVIL.COM", "web"),
        ("t.me/evil", "web"),
        ("evil。com", "web"),
        ("ｅｖｉｌ．ｃｏｍ", "web"),
        ("ada@example.org", "web"),
        ("<b>Ada</b>", "markup"),
        ("Ada &lt;b", "markup"),
        ("[Ada](evil)", "markup"),
        ("{{ Ada }}", "markup"),
        ("=Ada", "start"),
        ("123", "letters"),
        ("Ada\u202eevol", "unseen"),
    ],
)
def test_what_is_no_name_is_refused(name, fault):
    with pytest.raises(UnfitNameError) as refused:
        checked_name(name)
    assert refused.value.fault == fault
