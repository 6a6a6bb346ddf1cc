"""The words of a pledge: by version and language; what was signed is never changed."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, exists, func, insert, select, update

from engage.extensions import table_of
from engage.pledges.models import PledgeWords, Signature

TABLE = table_of(PledgeWords)
SIGNATURES = table_of(Signature)
FIRST_LANGUAGE = "en"


@dataclass(frozen=True, slots=True)
class NewWords:
    """A pledge in one language as somebody wrote it; `words` are what is signed."""

    title: str
    summary: str
    words: str
    reviewed: bool = False


@dataclass(frozen=True, slots=True)
class Words:
    """One version in one language, as stored."""

    id: int
    version: int
    language: str
    title: str
    summary: str
    words: str
    reviewed: bool


class WordsSignedError(ValueError):
    """Words that somebody signed were to be changed."""


def newest(connection: Connection, pledge_id: int) -> int:
    """The newest version; 0 where nothing is written yet."""
    wanted = select(func.max(TABLE.c.version)).where(TABLE.c.pledge_id == pledge_id)
    return connection.execute(wanted).scalar_one() or 0


def languages(connection: Connection, pledge_id: int) -> list[str]:
    """The languages of the newest version, English first."""
    wanted = select(TABLE.c.language).where(
        TABLE.c.pledge_id == pledge_id, TABLE.c.version == newest(connection, pledge_id)
    )
    found = connection.execute(wanted).scalars()
    return sorted(found, key=lambda each: (each != FIRST_LANGUAGE, each))


def words_in(
    connection: Connection, pledge_id: int, language: str, version: int | None = None
) -> Words | None:
    """A version (the newest) in a language; in English where it is not translated yet.

    Never an older version: it could say something else.
    """
    if version is None:
        version = newest(connection, pledge_id)
    wanted = select(TABLE).where(
        TABLE.c.pledge_id == pledge_id,
        TABLE.c.version == version,
        TABLE.c.language.in_({language, FIRST_LANGUAGE}),
    )
    rows = {row.language: row for row in connection.execute(wanted)}
    row = rows.get(language) or rows.get(FIRST_LANGUAGE)
    return None if row is None else _words(row)


def by_id(connection: Connection, words_id: int) -> Words | None:
    """The very words that somebody signed."""
    row = connection.execute(select(TABLE).where(TABLE.c.id == words_id)).one_or_none()
    return None if row is None else _words(row)


def add_version(
    connection: Connection, pledge_id: int, texts: Mapping[str, NewWords], today: date
) -> int:
    """Write the next version in some languages, English among them; its number.

    Two who write at once: the second gets an IntegrityError and looks again.
    """
    if FIRST_LANGUAGE not in texts:
        raise ValueError(
            f"A version needs words in {FIRST_LANGUAGE!r}; there are only {sorted(texts)}."
        )
    version = newest(connection, pledge_id) + 1
    for language, text in texts.items():
        _insert(connection, (pledge_id, version, language), text, today)
    return version


def set_words(
    connection: Connection,
    pledge_id: int,
    version: int,
    language: str,
    text: NewWords,
    *,
    today: date,
) -> None:
    """Write a language of a version, or correct it as long as nobody has signed it.

    Raises WordsSignedError when somebody has, unless it only becomes reviewed.
    """
    here = (
        TABLE.c.pledge_id == pledge_id, TABLE.c.version == version, TABLE.c.language == language
    )  # fmt: skip
    row = connection.execute(select(TABLE).where(*here).with_for_update()).one_or_none()
    if row is None:
        _insert(connection, (pledge_id, version, language), text, today)
        return
    same = (row.title, row.summary, row.words) == (text.title, text.summary, text.words)
    if not same and is_signed(connection, row.id):
        raise WordsSignedError(
            f"Version {version} in {language!r} has been signed and cannot change: write a new "
            "version."
        )
    changed = {"title": text.title, "summary": text.summary, "words": text.words}
    connection.execute(update(TABLE).where(*here).values(reviewed=text.reviewed, **changed))


def is_signed(connection: Connection, words_id: int) -> bool:
    """Whether somebody has put their name to these words."""
    signed = select(exists().where(SIGNATURES.c.words_id == words_id))
    return bool(connection.execute(signed).scalar_one())


def _insert(
    connection: Connection, where: tuple[int, int, str], text: NewWords, today: date
) -> None:
    pledge_id, version, language = where
    given = {
        "pledge_id": pledge_id,
        "version": version,
        "language": language,
        "title": text.title,
        "summary": text.summary,
        "words": text.words,
        "reviewed": text.reviewed,
        "made_on": today,
    }
    connection.execute(insert(TABLE).values(given))


def _words(row: object) -> Words:
    return Words(*(getattr(row, name) for name in Words.__slots__))
