"""Which way messages leave this site, by its settings."""

from engage.config import Settings
from engage.outbox.notify import Notify
from engage.outbox.smtp import Smtp
from engage.outbox.transport import Transport


def way(settings: Settings) -> Transport | None:
    """GOV.UK Notify where its key is set, else the mail server; None where neither is."""
    if settings.notify_key:
        return Notify(settings.notify_key, settings.notify_template)
    return Smtp(settings) if settings.smtp_url else None
