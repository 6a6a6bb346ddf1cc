"""Every questionnaire and indicator file is checked at once."""

import pytest

from engage.waves.checking import faults_of_everything
from engage.waves.lock import marks, write_lock


@pytest.fixture
def faults(catalogue):
    """The faults of the catalogue as it is by then."""
    write_lock(marks([catalogue.first]), catalogue.lock)

    def find() -> list[str]:
        found = faults_of_everything(
            catalogue.own,
            shipped=catalogue.shipped,
            indicators=catalogue.indicators,
            lock=catalogue.lock,
        )
        return [str(fault) for fault in found]

    return find


def test_sound_files_have_no_faults(faults):
    assert faults() == []


def test_faults_in_several_files_are_all_listed(catalogue, faults):
    catalogue.put(catalogue.own / "dogs" / "v1.yaml", "id: dogs")
    catalogue.put(catalogue.own / "cats" / "v1.yaml", "id: [")
    catalogue.change(catalogue.indicators / "every_kind.yaml", "variable: safe_dark", "variable: x")
    found = "\n".join(faults())
    assert "dogs/v1.yaml" in found
    assert "cats/v1.yaml" in found
    assert "no variable 'x'" in found


def test_the_councils_own_files_are_checked_but_not_locked(catalogue, faults):
    text = catalogue.first.read_text().replace("id: every_kind", "id: dogs")
    catalogue.put(catalogue.own / "dogs" / "v1.yaml", text)
    assert faults() == []


def test_a_file_lies_where_its_id_and_version_say(catalogue, faults):
    text = catalogue.first.read_text()
    catalogue.put(catalogue.own / "dogs" / "v1.yaml", text)
    catalogue.put(catalogue.own / "every_kind" / "v1-old.yaml", text)
    found = "\n".join(faults())
    assert "says 'every_kind' but lies in the folder 'dogs'" in found
    assert "says version 1 but is called v1-old.yaml" in found


def test_one_version_is_not_written_twice(catalogue, faults):
    catalogue.put(catalogue.own / "every_kind" / "v1.yaml", catalogue.first.read_text())
    [fault] = faults()
    assert "same version of the same questionnaire" in fault


def test_a_changed_version_is_found(catalogue, faults):
    catalogue.change(catalogue.first, "Very safe", "Quite safe")
    [fault] = faults()
    assert "has changed since" in fault


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('["1", "2", "3"]', '["1", "2", "7"]', "'safe_dark' has no answer '7'. Use some of: 1, 2"),
        ("questionnaire: every_kind", "questionnaire: pets", "There are: every_kind."),
        ("better: higher", "better: sometimes", "sometimes"),
    ],
)
def test_an_indicator_counts_what_is_asked(catalogue, faults, old, new, said):
    catalogue.change(catalogue.indicators / "every_kind.yaml", old, new)
    assert said in "\n".join(faults())


def test_the_councils_own_files_of_indicators_are_checked(catalogue, faults):
    text = (catalogue.indicators / "every_kind.yaml").read_text()
    own = catalogue.put(catalogue.own / "indicators" / "every_kind.yaml", text)
    assert faults() == []
    catalogue.change(own, "variable: safe_dark", "variable: safe_park")
    [fault] = faults()
    assert fault.startswith(f"{own}: indicators/safe_dark: the questionnaire has no variable")


def test_a_file_of_indicators_is_called_after_its_questionnaire(catalogue, faults):
    text = (catalogue.indicators / "every_kind.yaml").read_text()
    catalogue.put(catalogue.own / "indicators" / "safety.yaml", text)
    [fault] = faults()
    assert "says 'every_kind' but is called safety.yaml. Call it every_kind.yaml" in fault
