"""Which way messages leave this site, by its settings."""

from engage.config import Settings
from engage.outbox.notify import Notify
from engage.outbox.smtp import Smtp
from engage.outbox.transport import Transport


def way(settings: Settings) -> Transport | None:
    """GOV.UK Notify where its key is set, else the mail server; None where neither is."""
    return notify(settings) or (Smtp(settings) if settings.smtp_url else None)


def notify(settings: Settings) -> Notify | None:
    """GOV.UK Notify, where its key is set."""
    key = settings.notify_key
    return Notify(key, settings.notify_template) if key else None
