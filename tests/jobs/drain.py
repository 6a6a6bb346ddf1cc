"""A worker process of its own: prints what was due, then takes each job and prints its number."""

import sys
from pathlib import Path

from conftest import NOON
from settings import settings_for

from engage.app import create_app
from engage.extensions import db
from engage.jobs import schedule, store


def say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


url, folder = sys.argv[1:]
app = create_app(settings_for(Path(folder), DATABASE_URL=url))
with app.app_context():
    say("ready")
    sys.stdin.readline()
    say(" ".join(schedule.due(db.session(), NOON)))
    db.session.commit()
    held = store.claim(db.session(), NOON)
    db.session.commit()
    say(str(held.id))
    sys.stdin.readline()  # until each of us holds one
    while held:
        store.finish(db.session(), held)
        db.session.commit()
        if held := store.claim(db.session(), NOON):
            db.session.commit()
            say(str(held.id))
    db.session.commit()
