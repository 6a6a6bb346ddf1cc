"""The settings of the site, as README documents them."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Setting:
    """A setting as README documents it."""

    name: str
    default: str
    purpose: str


SETTINGS: tuple[Setting, ...] = (
    Setting("HOST", "127.0.0.1", "Address to listen on."),
    Setting("PORT", "5000", "Port to listen on."),
    Setting(
        "DATABASE_URL",
        "sqlite:///instance/engage.sqlite",
        "Where everything is stored: SQLite by default, or postgresql://user:password@host/name.",
    ),
    Setting(
        "SECRET_KEY",
        "made once in the instance folder",
        "Signs cookies and form tokens; at least 32 characters.",
    ),
    Setting(
        "ADDRESS_KEY",
        "made once in the instance folder",
        "Tells mailboxes that signed apart without their addresses; never change it.",
    ),
    Setting(
        "RECEIPT_SALT",
        "made once in the instance folder",
        "Without it no code on a receipt opens its report; never change it.",
    ),
    Setting("SMTP_URL", "", "Mail server, as smtp://user:password@host:port (smtps:// for TLS)."),
    Setting("REDIS_URL", "", "Redis for limits shared by several web processes."),
    Setting(
        "ATTACK_STARTS_PER_MINUTE",
        "120",
        "More starts of one survey than this in a minute: browsers are asked for a proof of work. "
        "0: always.",
    ),
    Setting("PUBLIC_URL", "http://HOST:PORT", "The address at which people reach the site."),
    Setting("TRUSTED_PROXIES", "0", "How many proxies in front of the site may be believed."),
    Setting("MAIL_FROM", "", "The sender of the site's mail."),
    Setting("NOTIFY_KEY", "", "A key of GOV.UK Notify, which then sends what SMTP_URL would."),
    Setting("NOTIFY_TEMPLATE", "", "The number of the template of GOV.UK Notify to send with."),
    Setting(
        "DEMO",
        "1 on a loopback address with SQLite, otherwise 0",
        "Whether the made-up demonstration borough is loaded and shown.",
    ),
    Setting("COUNCIL_NAME", "", "The council's name, as the pages show it."),
    Setting("COUNCIL_COLOUR", "#1d4f5c", "The council's colour, as six hexadecimal digits."),
    Setting(
        "PRIVACY_CONTACT",
        "",
        "How to reach the data protection officer; no survey opens without it.",
    ),
    Setting("EXIT_URL", "https://www.bbc.co.uk/weather", "Where the quick exit leads."),
    Setting(
        "HELP_FILE",
        "",
        "A file of the council's own places to get help, laid over the national ones that ship.",
    ),
    Setting(
        "REPORTING_POLICY",
        "",
        "A file of what the partnership decides about reports, laid over what ships.",
    ),
    Setting(
        "SAFEGUARDING_LEAD",
        "",
        "Who is told of writing that worries somebody, as Name <address>.",
    ),
    Setting(
        "PAPER_RETURN",
        "",
        "Where people get a paper copy and hand it in again, in one line.",
    ),
    Setting("INSTANCE_DIR", "instance", "Folder for the database and the key file."),
    Setting(
        "AUDIT_ANCHORS",
        "audit-anchors.log in the instance folder",
        "The file outside the database by which the audit log is verified.",
    ),
    Setting(
        "DEFINITIONS_DIR",
        "",
        "A folder with the council's own questionnaires, and with `indicators/` for what is "
        "counted from them.",
    ),
    Setting(
        "COUNTS_ROUNDED_TO",
        "1",
        "Numbers of people beside figures are rounded to multiples of this: 1 (exact), 5 or 10.",
    ),
    Setting(
        "FIGURES_LICENCE",
        "the Open Government Licence v3.0",
        "The terms on which anyone may use what is published, as Name <https://address>, or none.",
    ),
)
