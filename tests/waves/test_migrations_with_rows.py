"""Every table that came after 0030 goes down and up with rows in it, and nothing older is lost."""

from datetime import UTC, date, datetime

from flask_migrate import downgrade, upgrade
from sqlalchemy import (
    Boolean,
    Date,
    DateTime,
    Float,
    Integer,
    LargeBinary,
    Table,
    func,
    insert,
    inspect,
    select,
    text,
)

from engage.extensions import Base, db

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
CHOSEN = {
    "approvals.state": "waiting",
    "cross_tables.state": "shown",
    "actions.state": "done",
    "codes.state": "used",
    "codings.turn": "first",
    "made_files.ready": True,
    "publications.state": "published",
    "quotes.state": "released",
    "screened_texts.state": "passed",
    "staff.role": "partner_viewer",
    "staff.active": True,
    "waves.state": "closed",
    "waves.sample": "open_link",
    "waves.closes_on": date(2026, 4, 2),
    "waves.delete_on": date(2027, 4, 2),
}
"""What a rule of the database asks of a column."""
OLDER = ("staff", "published_definitions", "waves", "responses", "screened_texts", "made_files")
KEPT = ("published_definitions", "waves", "responses", "screened_texts", "made_files")


def value_of(column):
    """Something that the column takes."""
    name = f"{column.table.name}.{column.name}"
    if name in CHOSEN:
        return CHOSEN[name]
    if column.foreign_keys:
        parent = next(iter(column.foreign_keys)).column
        return db.session.scalar(select(parent))
    kinds = {Boolean: True, DateTime: NOON, Date: NOON.date(), Float: 1.5, LargeBinary: b"x" * 32}
    kind = getattr(column.type, "impl", column.type)
    for known, value in kinds.items():
        if isinstance(kind, known):
            return value
    return 1 if isinstance(kind, Integer) else "a" * min(getattr(kind, "length", 0) or 8, 32)


def fill(table: Table, but=()):
    """One row with every column that has to be filled, and every link to another table."""
    row = {
        column.name: value_of(column)
        for column in table.columns
        if f"{table.name}.{column.name}" in CHOSEN
        or (column.foreign_keys and column.table.name not in OLDER)
        or not (column.nullable or column.server_default is not None)
    }
    given = {name: value for name, value in row.items() if name not in but}
    db.session.execute(insert(table).values(given))


def counts(names):
    return {each: db.session.scalar(select(func.count()).select_from(text(each))) for each in names}


def test_all_new_tables_go_down_and_up_with_rows_in_them(app):
    downgrade(revision="0030")
    older = {*inspect(db.engine).get_table_names()}
    upgrade()
    new = {*inspect(db.engine).get_table_names()} - older
    assert len(new) >= 25
    for table in Base.metadata.sorted_tables:
        if table.name in new or table.name in OLDER:
            fill(table)
    db.session.commit()
    assert set(counts(new).values()) == {1}
    db.session.remove()

    downgrade(revision="0030")

    assert {*inspect(db.engine).get_table_names()} == older
    assert db.session.scalar(text("SELECT content FROM made_files")) == b"x" * 32
    assert counts(KEPT) == dict.fromkeys(KEPT, 1)
    assert counts(["staff"]) == {"staff": 0}, "a role that nobody knew"
    db.session.remove()

    upgrade()

    assert counts(KEPT) == dict.fromkeys(KEPT, 1)
    assert db.session.execute(text("SELECT content, number FROM file_parts")).all() == [
        (b"x" * 32, 0)
    ]
    assert set(counts(new - {"file_parts"}).values()) == {0}


NUMBERED = {"waves": "wave", "full_requests": "full_request", "publications": "publication"}


def filled():
    """The numbers of one new row in each table that others name by a number, and its parents."""
    for name in ("published_definitions", *NUMBERED):
        fill(Base.metadata.tables[name], but=("id",))
    db.session.commit()
    return {each: db.session.scalar(text(f"SELECT max(id) FROM {each}")) for each in NUMBERED}


def test_no_number_of_what_is_gone_is_given_again_however_long_ago_it_went(app):
    downgrade(revision="0040")
    gone = filled()
    for table, noun in NUMBERED.items():
        subject = {"subject": f"{noun}:{gone[table]}", "asked_at": NOON, "state": "given"}
        approvals = Base.metadata.tables["approvals"]
        db.session.execute(insert(approvals).values(subject | {"digest": "d", "asked_by": 1}))
    for _again in range(2):
        for table in ("waves", "published_definitions"):
            db.session.execute(text(f"DELETE FROM {table}"))
        db.session.commit()
        db.session.remove()
        upgrade()
        now = filled()
        assert all(now[table] > gone[table] for table in NUMBERED), now
        gone = now
