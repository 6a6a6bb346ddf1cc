"""What others would publish of the invented borough: every number of it is made up too."""

from datetime import date

from sqlalchemy.orm import Session

from engage.areas.store import ward_names
from engage.demo.borough import FOLDER
from engage.outside.changes import put
from engage.outside.crime_file import CrimeWishes, read_crime
from engage.outside.given import digest_of
from engage.outside.series_file import Wishes, read_series

BOROUGH = "Quillhaven"
SOURCE = "made-up figures of the demonstration"
LICENCE = "free to use"
SURVEY, CRIME = FOLDER / "survey.csv", FOLDER / "crime.csv"
REMARKS = {2025: "Made up as part of a year only, as the newest year of such a file often is."}


def load_outside(session: Session, today: date) -> None:
    """Put both files on record as a council imports its own; the caller commits."""
    wishes = Wishes(borough=BOROUGH, source=SOURCE, licence=LICENCE, london="Made-up London")
    survey = read_series(SURVEY, wishes)
    put(session, survey.series, digest=digest_of(SURVEY), today=today)
    crime = CrimeWishes(borough=BOROUGH, source=SOURCE, licence=LICENCE, remarks=REMARKS)
    recorded = read_crime(CRIME, ward_names(session), crime)
    put(session, recorded.series, digest=digest_of(CRIME), today=today)
