"""What a second person agrees to: all rows of an edition, its words and its time, as a digest."""

import hashlib
import json
from typing import Any

from sqlalchemy import select

from engage.published.models import Publication
from engage.published.store import FIGURES, Source

COLUMNS = [column for column in FIGURES.columns if column.name != "publication_id"]


def digest_of(source: Source, publication: Publication) -> str:
    """SHA-256, in hexadecimal, of what is stored of an edition at this moment.

    The edition's rows are read anew: whatever changes one of them changes the digest.
    """
    own = FIGURES.c.publication_id == publication.id
    rows = source.execute(select(*COLUMNS).where(own).order_by(FIGURES.c.position))
    at = publication.publish_at
    told: dict[str, Any] = {
        "wave": publication.wave_id,
        "edition": publication.edition,
        "chosen": publication.chosen,
        "about": publication.about,
        "note": publication.note,
        "publish_at": at.isoformat() if at else None,
        "figures": [list(row) for row in rows],
    }
    written = json.dumps(told, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(written.encode()).hexdigest()
