"""What this site's partnership decided about reports: agencies, texts, clocks, months, reasons."""

from engage.core.reporting.policy import Policy
from engage.extensions import site_settings


def policy() -> Policy:
    """The policy of the running site; whoever holds the settings takes `settings.reporting`."""
    settings = site_settings()
    return settings.reporting
