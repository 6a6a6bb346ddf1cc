"""The settings of a test site."""

from pathlib import Path

from engage.config import Settings, read_settings


def settings_for(folder: Path, **environ: str) -> Settings:
    """Settings of a test site that keeps everything in one folder."""
    given = {
        "INSTANCE_DIR": str(folder),
        "DEMO": "0",
        "SECRET_KEY": "k" * 40,
        "ADDRESS_KEY": "a" * 40,
        "RECEIPT_SALT": "r" * 40,
    }
    given |= {"COUNCIL_NAME": "Testham Council", "PRIVACY_CONTACT": "privacy@testham.example"}
    return read_settings(given | environ)
