"""Where the demonstration may be: its passwords and its mail are known to everybody."""

from urllib.parse import urlsplit

from engage.config import Settings, is_loopback


def reasons_against(settings: Settings) -> list[str]:
    """Why the demonstration may not be here."""
    reasons = []
    if not settings.demo:
        reasons.append(
            "DEMO is off. Set DEMO=1; it is on by default only for a loopback address with SQLite."
        )
    if not is_loopback(settings.host):
        reasons.append(f"HOST is {settings.host}, which others can reach. Use 127.0.0.1.")
    if not is_loopback(urlsplit(settings.public_url).hostname or ""):
        reasons.append(f"PUBLIC_URL is {settings.public_url}, not an address of this machine.")
    if not settings.sqlite:
        reasons.append("DATABASE_URL is no SQLite database. Leave it out.")
    return reasons
