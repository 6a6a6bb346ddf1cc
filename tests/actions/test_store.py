"""Of two who change one action at one moment one is refused, on both databases."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from threading import Barrier

from conftest import NOON

from engage.actions import store
from engage.actions.content import Content, content_of, read, written
from engage.actions.models import Action
from engage.extensions import db

CONTENT = Content(
    title="Lights",
    theme="streets",
    said="Dark",
    did="Lamps",
    owner="Lighting team",
    due_on=date(2026, 5, 1),
    done_on=None,
    state="planned",
    why="",
    wards=("W1", "W2"),
)


def test_of_two_changes_at_once_one_is_kept_and_one_refused(app):
    number = store.create(db.session(), CONTENT, by=1, now=NOON).id
    db.session.commit()
    db.session.remove()
    ready = Barrier(2)

    def change(owner: str) -> bool:
        with app.app_context():
            session = db.session()
            mine = replace(CONTENT, owner=owner, wards=("W2",))
            ready.wait()
            try:
                action = session.get_one(Action, number)
                store.change(session, action, mine, version=1, by=2, now=NOON)
                session.commit()
            except store.ChangedError:
                session.rollback()
                return False
            return True

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(change, ("One", "Two"))) == [False, True]
    kept = db.session.get(Action, number)
    assert (kept.version, kept.owner in {"One", "Two"}) == (2, True)
    assert content_of(kept).wards == ("W2",)
    assert read(written(content_of(kept))) == content_of(kept)
