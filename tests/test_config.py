import stat

import pytest

from engage.accounts.models import Role
from engage.config import SettingsError, read_settings
from engage.demo.logins import LOGINS

KEY = "k" * 40


def read(tmp_path, **environ):
    return read_settings({"INSTANCE_DIR": str(tmp_path), "SECRET_KEY": KEY} | environ)


def refused(tmp_path, **environ) -> str:
    with pytest.raises(SettingsError) as caught:
        read(tmp_path, **environ)
    return str(caught.value)


def test_by_default_the_demonstration_is_on_with_a_database_of_its_own(tmp_path):
    settings = read(tmp_path)
    assert settings.demo
    assert settings.database_url == f"sqlite:///{tmp_path / 'demo.sqlite'}"
    assert settings.public_url == "http://127.0.0.1:5000"


def test_the_demonstration_names_its_own_safeguarding_lead_and_no_other_site_has_one(tmp_path):
    lead = read(tmp_path).safeguarding_lead
    assert lead is not None
    [login] = [each for each in LOGINS if each.role is Role.SAFEGUARDING_LEAD]
    assert (lead.name, lead.email) == (login.name, login.email)
    assert read(tmp_path, DEMO="0").safeguarding_lead is None


@pytest.mark.parametrize(
    "environ",
    [
        {"HOST": "0.0.0.0"},
        {"HOST": "192.0.2.7"},
        {"PUBLIC_URL": "https://safety.example"},
        {"DATABASE_URL": "postgresql://engage@localhost/engage"},
        {"TRUSTED_PROXIES": "1"},
    ],
)
def test_the_demonstration_is_off_beyond_this_machine_and_refused_there(tmp_path, environ):
    assert not read(tmp_path, **environ).demo
    assert "only for this machine" in refused(tmp_path, DEMO="1", **environ)


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "::1", "127.9.9.9"])
def test_every_loopback_address_is_this_machine(tmp_path, host):
    assert read(tmp_path, HOST=host, DEMO="1").demo


def test_everything_wrong_is_said_at_once_with_its_name_value_and_remedy(tmp_path):
    said = refused(
        tmp_path,
        PORT="eighty",
        DATABASE_URL="mysql://x",
        SECRET_KEY="short",
        SMTP_URL="mail.example",
        PUBLIC_URL="safety.example",
        COUNCIL_COLOUR="green",
        TRUSTED_PROXIES="-1",
        DEFINITIONS_DIR="/no/such/folder",
        COUNTS_ROUNDED_TO="3",
        FIGURES_LICENCE="Free for all <http://example.org/>",
        DEMO="perhaps",
    )
    for part in (
        "PORT is 'eighty': give a whole number",
        "DATABASE_URL starts with 'mysql'",
        "SECRET_KEY is too short",
        "SMTP_URL is 'mail.example': start it with smtp:// or smtps://",
        "PUBLIC_URL is 'safety.example'",
        "COUNCIL_COLOUR is 'green'",
        "TRUSTED_PROXIES is '-1'",
        "DEFINITIONS_DIR is '/no/such/folder'",
        "COUNTS_ROUNDED_TO is '3': give one of 1, 5, 10.",
        "FIGURES_LICENCE is 'Free for all <http://example.org/>': give the name and the address",
        "DEMO is 'perhaps': give 1 or 0",
    ):
        assert part in said


def test_mail_needs_a_sender(tmp_path):
    assert "MAIL_FROM is empty" in refused(tmp_path, SMTP_URL="smtp://mail.example:25")


def test_a_key_of_notify_is_whole_and_has_its_template_and_is_not_quoted(tmp_path):
    half = "engage-26785a09-ab16-4eb0-8407-a37497a57506"
    said = refused(tmp_path, NOTIFY_KEY=half)
    assert "NOTIFY_KEY is no key" in said
    assert "belong together" in said
    assert half not in said
    whole = f"{half}-3d844edf-8d35-48ac-975b-e847b4f122b0"
    given = {"INSTANCE_DIR": str(tmp_path), "NOTIFY_KEY": whole, "NOTIFY_TEMPLATE": "f33517ff"}
    assert read_settings(given).notify_key == whole


def test_a_key_is_made_once_for_its_owner_alone(tmp_path):
    first = read_settings({"INSTANCE_DIR": str(tmp_path)}).secret_key
    assert len(first) >= 32
    assert stat.S_IMODE((tmp_path / "secret_key").stat().st_mode) == 0o600
    assert read_settings({"INSTANCE_DIR": str(tmp_path)}).secret_key == first
    made = {file.name for file in tmp_path.iterdir()}
    assert made == {"address_key", "receipt_salt", "secret_key"}


def test_an_empty_key_file_is_named_not_used(tmp_path):
    (tmp_path / "secret_key").write_text("")
    with pytest.raises(SettingsError, match="delete the file to make a new one"):
        read_settings({"INSTANCE_DIR": str(tmp_path)})


@pytest.mark.parametrize(("given", "to"), [("", 1), ("1", 1), ("5", 5), ("10", 10)])
def test_counts_are_exact_unless_a_rounding_is_set(tmp_path, given, to):
    assert read(tmp_path, COUNTS_ROUNDED_TO=given).counts_rounded_to == to


@pytest.mark.parametrize("address", ["https://[", 'https://x"onload=a', "https:///x"])
def test_the_address_of_a_licence_is_one_that_can_be_followed(tmp_path, address):
    assert "FIGURES_LICENCE is 'Own" in refused(tmp_path, FIGURES_LICENCE=f"Own <{address}>")


def test_figures_have_the_open_government_licence_unless_another_or_none_is_named(tmp_path):
    assert "open-government-licence/version/3" in read(tmp_path).figures_licence.address
    assert read(tmp_path, FIGURES_LICENCE="none").figures_licence.lines() == ()
    given = read(tmp_path, FIGURES_LICENCE="CC BY 4.0 <https://example.org/by>").figures_licence
    assert given.lines() == ("Licence: CC BY 4.0, https://example.org/by",)
