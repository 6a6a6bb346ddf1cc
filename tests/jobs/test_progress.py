"""How far a job is can be read while it is done."""

from engage import clock
from engage.extensions import db
from engage.jobs import progress, store


def test_the_page_of_who_waits_reads_how_far_it_is(app, monkeypatch):
    monkeypatch.setattr(progress, "SELDOM", 0)
    with app.app_context():
        session = db.session()
        job = store.enqueue(session, "make_file", {}, due_at=clock.now(), key="one")
        session.commit()
        number = job.id
        session.commit()
        assert progress.progress_of(session, "one") == 0
        session.commit()
        with progress.in_hand(number):
            progress.tell(30, 40)
            assert progress.progress_of(session, "one") == 75
            session.commit()
            progress.tell(10, 40)  # it never goes back
        progress.tell(40, 40)  # no job is in hand
        assert progress.progress_of(session, "one") == 75
        assert progress.progress_of(session, "two") is None
        session.rollback()
