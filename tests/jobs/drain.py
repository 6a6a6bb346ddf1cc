"""A worker process of its own: takes jobs until none is left and prints the number of each."""

import sys
from pathlib import Path

from conftest import NOON
from settings import settings_for

from engage.app import create_app
from engage.extensions import db
from engage.jobs import schedule, store

url, folder, work = sys.argv[1:]
app = create_app(settings_for(Path(folder), DATABASE_URL=url))
with app.app_context():
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    sys.stdin.readline()
    if work == "tasks":
        sys.stdout.write(" ".join(schedule.due(db.session(), NOON)) + "\n")
        db.session.commit()
    while held := store.claim(db.session(), NOON):
        db.session.commit()
        sys.stdout.write(f"{held.id}\n")
        store.finish(db.session(), held)
        db.session.commit()
    db.session.commit()
