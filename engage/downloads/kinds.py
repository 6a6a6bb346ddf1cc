"""The kinds of file that can be asked for, and what each is."""

from dataclasses import dataclass
from enum import StrEnum

CSV = "text/csv; charset=utf-8"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ZIP = "application/zip"
JSON = "application/json"
PDF = "application/pdf"


class FileKind(StrEnum):
    """What can be downloaded of a wave."""

    INDICATORS_CSV = "indicators_csv"
    INDICATORS_METADATA = "indicators_metadata"
    CHANGES_CSV = "changes_csv"
    CHANGES_METADATA = "changes_metadata"
    TARGETS_CSV = "targets_csv"
    TARGETS_METADATA = "targets_metadata"
    INDICATORS_XLSX = "indicators_xlsx"
    RESPONSES = "responses"
    RESPONSES_FULL = "responses_full"
    BUNDLE = "bundle"
    FIGURES_BUNDLE = "figures_bundle"
    BOARD_PACK = "board_pack"


@dataclass(frozen=True, slots=True)
class Offer:
    """A kind of file as its page offers it."""

    title: str
    says: str
    of_responses: bool = False


# The CSV of figures comes with those of changes and targets, and each with its description.
OFFERS: dict[FileKind, Offer] = {
    FileKind.INDICATORS_XLSX: Offer(
        "Figures as a workbook",
        "Every figure of the newest calculation with its notes, what changed since the wave "
        "before, targets, who answered, and what cleaning did. For Excel or LibreOffice.",
    ),
    FileKind.INDICATORS_CSV: Offer(
        "Figures as CSV",
        "The same figures as one long table, a row for each, and two more tables: of changes and "
        "of targets. Each with a description of its columns. For statistics programs.",
    ),
    FileKind.BOARD_PACK: Offer(
        "Data pack for a board",
        "A paper (PDF) to send with an agenda: what the wave says in ten sentences, the leading "
        "figures as charts and tables, the performance table, wards, who answered, how the "
        "figures are made and what is not shown. Screen readers can read it.",
    ),
    FileKind.RESPONSES: Offer(
        "Responses, made safe to share in the council",
        "One row for each response that is used: codes, labels and a codebook. Without days, "
        "times and words, and changed until at least five people share every combination of "
        "answers about who they are.",
        of_responses=True,
    ),
    FileKind.RESPONSES_FULL: Offer(
        "Responses in full",
        "Everything that was answered, of people’s words those that were released, with the "
        "responses that are not used and why. You say what you need it for and when you will "
        "delete it, and somebody else has to agree.",
        of_responses=True,
    ),
    FileKind.BUNDLE: Offer(
        "Everything as one bundle",
        "The figures as a workbook (Excel and OpenDocument), CSV and Parquet, the data pack for a "
        "board, and the responses that are safe to share in the council as CSV, SPSS and Parquet, "
        "with weights, a codebook, starter scripts for R and Python, and a list of checksums.",
        of_responses=True,
    ),
    FileKind.FIGURES_BUNDLE: Offer(
        "All figures as one bundle",
        "The same without the responses and the scripts: only tables in which nobody can be "
        "recognised.",
    ),
}

BUNDLES = (FileKind.BUNDLE, FileKind.FIGURES_BUNDLE)
RESPONSE_KINDS = tuple(kind for kind, offer in OFFERS.items() if offer.of_responses)
