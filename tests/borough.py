"""The demonstration with every questionnaire that ships, in every language that has words."""

import shutil
from pathlib import Path

from server import Server
from settings import settings_for
from survey import DEFINITIONS, open_a_wave

from engage import clock
from engage.app import create_app
from engage.areas.places import NamedPlace, replace_places
from engage.core.definition.texts import texts_of
from engage.core.definition.yaml_text import read_yaml
from engage.extensions import db
from engage.invitations.store import make as make_invitations
from engage.links.store import make as make_links
from engage.waves.catalogue import newest_file

SHIPPED = (
    "fear_of_crime", "young_people", "women_and_girls",
    "victim_satisfaction", "payback_nomination", "pulse", "event_feedback",
    "hate_crime_pledge",
)  # fmt: skip
INVITED = "victim_satisfaction"
KINDS = ("when", "ranking", "places")
"""Definitions of the tests with kinds of question that none of those that ship asks."""
CODES = 12
PLACES = [NamedPlace("Mill Park", "park", "W2"), NamedPlace("Old Mill", "landmark", "W1")]


def serve(template: Path, folder: Path, smtp_url: str) -> Server:
    """Serve it; the server also knows `invitations` to use up and the code of a short `link`."""
    shutil.copy(template, folder / "engage.sqlite")
    url = f"sqlite:///{folder / 'engage.sqlite'}"
    environ = {"DEMO": "1", "SMTP_URL": smtp_url, "MAIL_FROM": "surveys@testham.example"}
    app = create_app(settings_for(folder, DATABASE_URL=url, **environ))
    server = Server(folder, url, **environ)
    with app.app_context():
        waves = {each: open_a_wave("2026", newest_file(each)) for each in SHIPPED}
        for kind in KINDS:
            open_a_wave("2026", DEFINITIONS / kind / "v1.yaml")
        replace_places(db.session, PLACES)
        key = app.extensions["settings"].secret_key
        server.invitations = make_invitations(db.session, waves[INVITED], CODES, key=key)
        [link] = make_links(db.session, waves["fear_of_crime"], ["Central library"], clock.today())
        server.link = link.code
        db.session.commit()
        db.engine.dispose()
    return server.start()


def slug_of(questionnaire: str) -> str:
    """Its address."""
    return questionnaire.replace("_", "-")


def texts(questionnaire: str, language: str) -> dict[str, str]:
    """The words of a questionnaire that ships, by their keys."""
    file = newest_file(questionnaire)
    english = texts_of(read_yaml(file.read_text("utf-8"), str(file)))
    if language == "en":
        return english
    made = file.with_name(f"{file.stem}.{language}.yaml")
    given = read_yaml(made.read_text("utf-8"), str(made))["texts"]
    return english | {key: each["text"] for key, each in given.items()}
