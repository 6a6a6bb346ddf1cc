"""A town with one published survey: one ward hidden, one shown, and the area group of both."""

from datetime import date

from figures.comparisons.stored import ALL, HIDDEN, figure, run_over, wave
from figures.town import WARDS, found
from publishing.editions import published

from engage.areas.models import Postcode, Ward
from engage.extensions import db
from engage.outside.changes import put
from engage.outside.crime_file import CrimeWishes, read_crime

CHOSEN = ("safe_dark", "ni5")
W1, W2, NORTH = ("ward", "W1"), ("ward", "W2"), ("area_group", "N")
ROWS = {
    ("safe_dark", *ALL): figure(0.61),
    ("safe_dark", *NORTH): figure(0.52, 0.03, 150),
    ("safe_dark", *W1): HIDDEN,
    ("safe_dark", *W2): figure(0.43, 0.05, 80),
    ("ni5", *ALL): figure(0.77),
    ("ni5", *NORTH): HIDDEN,
    ("ni5", *W1): HIDDEN,
    ("ni5", *W2): figure(0.68, 0.05, 80),
}


def counted():
    """The wave with its figures, not published; committed."""
    found(db.session())
    db.session.add(Postcode(code="QH11AA", ward_code="W2"))
    made = wave(db.session(), 2026)
    run_over(db.session(), made, ROWS)
    db.session.commit()
    return made


def told():
    """The same, published."""
    made = counted()
    published(db.session(), made, indicators=CHOSEN)
    return made


def call(code, name):
    """Give a ward another name."""
    db.session.get(Ward, code).name = name
    db.session.commit()


def record_crime(folder):
    """Two years of recorded crime, the newer of which is not whole."""
    rows = [
        f"Testham,{code},{name},{year},theft,{number}"
        for year, offences in ((2024, 21), (2025, 4))
        for number, (code, name) in enumerate(WARDS.items(), start=offences)
    ]
    file = folder / "crime.csv"
    heading = "borough_name,ward_code,ward_name,year,offence,offences"
    file.write_text("\n".join([heading, *rows]), "utf-8")
    remarks = {2025: "Only three months."}
    wishes = CrimeWishes(borough="Testham", source="The police", licence="OGL 3", remarks=remarks)
    read = read_crime(file, WARDS, wishes)
    put(db.session(), read.series, digest="d" * 64, today=date(2026, 3, 2))
    db.session.commit()
