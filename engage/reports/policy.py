"""What this site's partnership decided about reports: agencies, texts, clocks, months, reasons."""

from flask import current_app

from engage.config import Settings
from engage.core.reporting.policy import Policy


def policy() -> Policy:
    """The policy of the running site; whoever holds the settings takes `settings.reporting`."""
    settings: Settings = current_app.extensions["settings"]
    return settings.reporting
