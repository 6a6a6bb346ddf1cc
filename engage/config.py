"""Typed settings from the environment; one error lists everything that is wrong with them."""

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import urlsplit

from engage.care_settings import Lead, help_list, reporting_policy, safeguarding_lead
from engage.core.definition.help_list import HelpList
from engage.core.disclosure.policy import ROUNDINGS
from engage.core.export.licence import Licence
from engage.core.reporting.policy import Policy
from engage.key_file import kept_key
from engage.licence_setting import figures_licence

ROOT = Path(__file__).resolve().parent.parent
SHORTEST_KEY = 32
NOTIFY_KEY = re.compile(r".+-[0-9a-f]{8}(?:-[0-9a-f]{4,12}){4}-[0-9a-f]{8}(?:-[0-9a-f]{4,12}){4}")
"""The name of the key, the number of the service, the secret."""


class SettingsError(ValueError):
    """The environment cannot be used; the message lists every setting that is wrong."""


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings of one running site; `engage.settings_table` says what each is for."""

    host: str
    port: int
    database_url: str
    secret_key: str
    address_key: str
    receipt_salt: str
    smtp_url: str
    redis_url: str
    attack_starts_per_minute: int
    public_url: str
    trusted_proxies: int
    mail_from: str
    notify_key: str
    notify_template: str
    demo: bool
    council_name: str
    council_colour: str
    privacy_contact: str
    exit_url: str
    paper_return: str
    help: HelpList
    reporting: Policy
    safeguarding_lead: Lead | None
    instance_dir: Path
    audit_anchors: Path
    definitions_dir: Path | None
    counts_rounded_to: int
    figures_licence: Licence

    @property
    def sqlite(self) -> bool:
        """Whether the database is SQLite."""
        return self.database_url.startswith("sqlite")

    @property
    def https(self) -> bool:
        """Whether people reach the site over HTTPS, so that its cookies may demand it."""
        return self.public_url.startswith("https://")


DEMO_COUNCIL = "Quillhaven Borough Council"
DEMO_DEFINITIONS = ROOT / "engage" / "demo" / "definitions"
DEMO_CONTACT = "the data protection officer of Quillhaven, an invented borough"
DEMO_LEAD = "Jo Fern <safeguarding@quillhaven.example>"
"""The safeguarding lead among the accounts of the demonstration."""


class _Reader:
    """Reads settings and gathers what is wrong instead of stopping at the first."""

    def __init__(self, environ: Mapping[str, str]) -> None:
        self.environ = environ
        self.wrong: list[str] = []

    def text(self, name: str, default: str = "") -> str:
        return self.environ.get(name, "").strip() or default

    def number(self, name: str, default: int, lowest: int, highest: int) -> int:
        raw = self.text(name, str(default))
        if raw.isascii() and raw.isdigit() and lowest <= int(raw) <= highest:
            return int(raw)
        self.wrong.append(f"{name} is {raw!r}: give a whole number from {lowest} to {highest}.")
        return default

    def one_of(self, name: str, choices: tuple[int, ...]) -> int:
        raw = self.text(name, str(choices[0]))
        if raw in map(str, choices):
            return int(raw)
        self.wrong.append(f"{name} is {raw!r}: give one of {', '.join(map(str, choices))}.")
        return choices[0]

    def flag(self, name: str, *, default: bool) -> bool:
        raw = self.text(name, "1" if default else "0").lower()
        if raw in {"1", "true", "yes", "on"}:
            return True
        if raw not in {"0", "false", "no", "off"}:
            self.wrong.append(f"{name} is {raw!r}: give 1 or 0.")
        return False

    def address(self, name: str, default: str, schemes: tuple[str, ...]) -> str:
        raw = self.text(name, default)
        if raw and (urlsplit(raw).scheme not in schemes or not urlsplit(raw).hostname):
            starts = " or ".join(f"{scheme}://" for scheme in schemes)
            self.wrong.append(f"{name} is {raw!r}: start it with {starts}, then a host.")
        return raw.rstrip("/")


def read_settings(environ: Mapping[str, str] | None = None) -> Settings:
    """The settings in an environment (this process's by default); raises SettingsError."""
    reader = _Reader(os.environ if environ is None else environ)
    host = reader.text("HOST", "127.0.0.1")
    port = reader.number("PORT", 5000, 1, 65535)
    instance = Path(reader.text("INSTANCE_DIR", str(ROOT / "instance"))).resolve()
    public = reader.address("PUBLIC_URL", f"http://{_bracketed(host)}:{port}", ("http", "https"))
    database = _database_url(reader, instance)
    local = is_loopback(host) and is_loopback(urlsplit(public).hostname or "")
    proxies = reader.number("TRUSTED_PROXIES", 0, 0, 10)
    # A proxy on this machine could show a loopback address to the world.
    may_demo = local and database.startswith("sqlite") and proxies == 0
    demo = reader.flag("DEMO", default=may_demo and not reader.text("DATABASE_URL"))
    if demo and not may_demo:
        reader.wrong.append(
            "DEMO is on, but the demonstration borough is only for this machine: HOST and "
            "PUBLIC_URL must be loopback addresses, the database SQLite and TRUSTED_PROXIES 0. "
            "Set DEMO=0."
        )
    if demo and not reader.text("DATABASE_URL"):
        database = f"sqlite:///{instance / 'demo.sqlite'}"
    definitions = reader.text("DEFINITIONS_DIR", str(DEMO_DEFINITIONS) if demo else "")
    if definitions and not Path(definitions).is_dir():
        reader.wrong.append(f"DEFINITIONS_DIR is {definitions!r}: there is no such folder.")
    settings = Settings(
        host=host,
        port=port,
        database_url=database,
        secret_key=_key(reader, "SECRET_KEY", instance / "secret_key"),
        address_key=_key(reader, "ADDRESS_KEY", instance / "address_key"),
        receipt_salt=_key(reader, "RECEIPT_SALT", instance / "receipt_salt"),
        smtp_url=reader.address("SMTP_URL", "", ("smtp", "smtps")),
        redis_url=reader.address("REDIS_URL", "", ("redis", "rediss")),
        attack_starts_per_minute=reader.number("ATTACK_STARTS_PER_MINUTE", 120, 0, 100_000),
        public_url=public,
        trusted_proxies=proxies,
        mail_from=reader.text("MAIL_FROM"),
        notify_key=reader.text("NOTIFY_KEY"),
        notify_template=reader.text("NOTIFY_TEMPLATE"),
        demo=demo,
        council_name=reader.text("COUNCIL_NAME", DEMO_COUNCIL if demo else ""),
        council_colour=_colour(reader),
        privacy_contact=reader.text("PRIVACY_CONTACT", DEMO_CONTACT if demo else ""),
        exit_url=reader.address("EXIT_URL", "https://www.bbc.co.uk/weather", ("https",)),
        help=help_list(reader.text("HELP_FILE"), reader.wrong),
        reporting=reporting_policy(reader.text("REPORTING_POLICY"), reader.wrong),
        safeguarding_lead=safeguarding_lead(
            reader.text("SAFEGUARDING_LEAD", DEMO_LEAD if demo else ""), reader.wrong
        ),
        paper_return=reader.text("PAPER_RETURN"),
        instance_dir=instance,
        audit_anchors=Path(
            reader.text(
                "AUDIT_ANCHORS", str(instance / f"{'demo-' if demo else ''}audit-anchors.log")
            )
        ).resolve(),
        definitions_dir=Path(definitions).resolve() if definitions else None,
        counts_rounded_to=reader.one_of("COUNTS_ROUNDED_TO", ROUNDINGS),
        figures_licence=figures_licence(reader.text("FIGURES_LICENCE"), reader.wrong),
    )
    if settings.smtp_url and not settings.mail_from:
        reader.wrong.append("MAIL_FROM is empty: with SMTP_URL set, mail needs a sender.")
    if settings.notify_key and not NOTIFY_KEY.fullmatch(settings.notify_key):
        reader.wrong.append("NOTIFY_KEY is no key of GOV.UK Notify: copy it whole.")
    if bool(settings.notify_key) != bool(settings.notify_template):
        reader.wrong.append("NOTIFY_KEY and NOTIFY_TEMPLATE belong together: give both or neither.")
    if reader.wrong:
        raise SettingsError("The settings cannot be used:\n- " + "\n- ".join(reader.wrong))
    return settings


def is_loopback(host: str) -> bool:
    """Whether a host name or address can only be reached from this machine."""
    if host == "localhost":
        return True
    try:
        return ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def _bracketed(host: str) -> str:
    return f"[{host}]" if ":" in host else host


def _database_url(reader: _Reader, instance: Path) -> str:
    raw = reader.text("DATABASE_URL", f"sqlite:///{instance / 'engage.sqlite'}")
    scheme = raw.split("://", 1)[0]
    if scheme in {"postgres", "postgresql"}:
        return "postgresql+psycopg://" + raw.split("://", 1)[1]
    if scheme not in {"sqlite", "postgresql+psycopg"}:
        reader.wrong.append(
            f"DATABASE_URL starts with {scheme!r}: use sqlite:/// or postgresql://."
        )
    return raw


def _colour(reader: _Reader) -> str:
    raw = reader.text("COUNCIL_COLOUR", "#1d4f5c").lower()
    if len(raw) != 7 or raw[0] != "#" or not set(raw[1:]) <= set("0123456789abcdef"):
        reader.wrong.append(f"COUNCIL_COLOUR is {raw!r}: give it as #rrggbb, such as #1d4f5c.")
    return raw


def _key(reader: _Reader, name: str, file: Path) -> str:
    """The key from the environment, or one made once in a file that only its owner can read."""
    given = reader.text(name)
    if given:
        if len(given) < SHORTEST_KEY:
            reader.wrong.append(f"{name} is too short: give at least 32 random characters.")
        return given
    key = kept_key(file)
    if len(key) < SHORTEST_KEY:
        reader.wrong.append(f"The key in {file} is too short: delete the file to make a new one.")
    return key
