"""Files of responses: safe to pass on in the council, or in full for a stated purpose."""

from collections.abc import Iterable, Sequence

import pandas as pd
from sqlalchemy.orm import Session

from engage.areas import store as areas
from engage.clock import day_of
from engage.core.cleaning.by_hand import by_hand, with_decisions
from engage.core.cleaning.log import Cleaned, clean
from engage.core.cleaning.rules import Thresholds
from engage.core.definition.kinds import NAMED_KINDS
from engage.core.export.about import About
from engage.core.export.bundle import write_zip
from engage.core.export.codebook import codebook_csv
from engage.core.export.full_responses import Words, full_responses
from engage.core.export.readme import FULL, FULL_MISSING, SAFE, SAFE_MISSING, readme
from engage.core.export.responses import Areas
from engage.core.export.safe_responses import safe_responses
from engage.downloads.kinds import ZIP, FileKind
from engage.downloads.made import Made, NothingToMakeError, Wanted
from engage.freetext.released import released_texts
from engage.responses.coded import coded_responses
from engage.responses.screening import states_of
from engage.responses.taking_up import decided
from engage.responses.words import words_of
from engage.waves.models import WaveState

CODED = ("responses_coded.csv", "the answers as codes")
LABELLED = ("responses_labelled.csv", "the same answers in words")
FULL_CODED = (
    "responses_full.csv",
    "every response, used or not: codes, and the words that were released",
)
CODEBOOK = ("codebook.csv", "what each column and code means")
Files = dict[str, bytes | Iterable[bytes]]
"""Files by name, whole or in parts."""


def responses(session: Session, wanted: Wanted) -> list[Made]:
    """The used responses, recoded until nobody stands out: codes, labels and the codebook."""
    borough, _every, cleaned, about = _read(session, wanted)
    made = safe_responses(wanted.definition, cleaned.table, borough)
    text = readme(
        about,
        files=(CODED, LABELLED, CODEBOOK),
        said=SAFE,
        missing=SAFE_MISSING,
        done=(*made.log, *by_hand(cleaned.flow)),
    )
    files: Files = {
        CODED[0]: made.coded_parts(lambda done: wanted.told(CODED[0], done, len(made.table))),
        LABELLED[0]: made.labelled_parts(),
        CODEBOOK[0]: codebook_csv(made.columns),
        "README.txt": text,
    }
    return [_zipped(wanted, FileKind.RESPONSES, "responses", about, files)]


def responses_full(session: Session, wanted: Wanted) -> list[Made]:
    """Every response, for the purpose that was given: of people's words those that were released.

    The places that they chose from a list are in it by their codes.
    """
    borough, every, cleaned, about = _read(session, wanted)
    definition = wanted.definition
    made = full_responses(
        definition,
        every,
        cleaned,
        borough,
        _words(session, wanted),
        screened=states_of(session, wanted.wave.id),
    )
    promise = (f"Needed for: {wanted.purpose}", f"Delete every copy by: {wanted.delete_on}")
    text = readme(
        about,
        files=(FULL_CODED, CODEBOOK),
        said=FULL,
        missing=FULL_MISSING,
        done=by_hand(cleaned.flow),
        promise=promise,
    )
    files: Files = {
        FULL_CODED[0]: made.coded_parts(lambda done: wanted.told(FULL_CODED[0], done, len(every))),
        CODEBOOK[0]: codebook_csv(made.columns),
        "README.txt": text,
    }
    return [_zipped(wanted, FileKind.RESPONSES_FULL, "responses-full", about, files)]


def _words(session: Session, wanted: Wanted) -> Words:
    """The words that may leave, of some responses at a time: all of them may be too much to hold.

    The responses of a part lie between its first and its last in the order of their ids, as those
    of the table do.
    """
    wave_id, definition = wanted.wave.id, wanted.definition
    places = [each.id for each in definition.questions.values() if each.kind in NAMED_KINDS]

    def words(ids: Sequence[str]) -> dict[str, dict[str, str]]:
        between = min(ids), max(ids)
        found = words_of(session, wave_id, places, between)
        for response, texts in released_texts(session, wave_id, between).items():
            found.setdefault(response, {}).update(texts)
        return found

    return words


def _read(session: Session, wanted: Wanted) -> tuple[Areas, pd.DataFrame, Cleaned, About]:
    """The borough, all responses, the same cleaned as for figures, and the origin of the file."""
    wave, definition = wanted.wave, wanted.definition
    if wave.delete_on <= day_of(wanted.now):
        raise NothingToMakeError(
            f"The answers of wave {wave.id} were due to be deleted on {wave.delete_on}."
        )
    borough = Areas(areas.ward_names(session), areas.groups(session), areas.ward_groups(session))
    table = coded_responses(session, wave.id, wave.definition_id, definition)
    table = with_decisions(table, decided(session, wave.id))
    cleaned = clean(definition, table, Thresholds(wards=frozenset(borough.wards)))
    about = wanted.about(wanted.now, interim=wave.state != WaveState.CLOSED)
    return borough, table, cleaned, about


def _zipped(wanted: Wanted, kind: FileKind, what: str, about: About, files: Files) -> Made:
    out = wanted.scratch()
    write_zip(out, files, made_at=about.made_at)
    return Made(kind, about.file_name(what, "zip"), ZIP, out)
