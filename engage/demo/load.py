"""Loading the demonstration borough into a database of its own."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from engage.areas.models import Ward
from engage.areas.places import read_places, replace_places
from engage.areas.postcodes import replace_postcodes
from engage.areas.residents import replace_residents
from engage.areas.store import population_rows, ward_groups, ward_names
from engage.areas.wards import named_groups, replace_groups, replace_wards
from engage.clock import day_of
from engage.config import DEMO_DEFINITIONS, Settings
from engage.core.files.faults import Faults
from engage.core.statistics.population import Borough
from engage.demo.actions import load_actions
from engage.demo.acts import acts
from engage.demo.borough import FOLDER, population, postcodes, shapes, wards
from engage.demo.colleagues import add_colleagues
from engage.demo.compared import load_compared
from engage.demo.events import load_events
from engage.demo.generate import Setting
from engage.demo.logins import make_accounts
from engage.demo.outside import load_outside
from engage.demo.oversight import load_oversight
from engage.demo.partners import load_partners
from engage.demo.plan import COMPARED, WAVES, PlannedWave
from engage.demo.pledge import SLUG, load_pledge
from engage.demo.reports import load_reports
from engage.demo.request import load_request
from engage.demo.results import load_results
from engage.demo.short import SHORT, open_short_waves
from engage.demo.tables import load_tables
from engage.demo.targets import targets
from engage.demo.watched import load_watched
from engage.demo.wave import load_wave
from engage.demo.words import load_words
from engage.figures.refresh import refresh
from engage.figures.store import newest_run
from engage.jobs import schedule
from engage.targets.store import replace_targets
from engage.waves.models import Wave

SEED = 1_054_451
PLACES = FOLDER / "places.csv"


class DemoError(RuntimeError):
    """The demonstration cannot be loaded here; the message says why and what to do."""


def load(session: Session, settings: Settings, now: datetime) -> bool:
    """Load the demonstration unless it is there; whether anything was loaded. Commits.

    Everything but the figures is one transaction. Figures that are missing are made in any case.
    Raises DemoError where the database holds something else.
    """
    loaded = not is_loaded(session)
    if loaded:
        _refuse_foreign(session)
        settings.audit_anchors.unlink(missing_ok=True)  # a log begins anew with its database
        setting = _load_borough(session)
        load_outside(session, day_of(now))
        make_accounts(session, settings.instance_dir, day_of(now))
        for number, plan in enumerate(_planned(settings)):
            load_wave(
                session,
                settings,
                plan,
                setting=setting,
                now=now,
                seed=[SEED, number],
            )
        open_short_waves(session, settings, now)
        load_pledge(session, day_of(now), settings.address_key)
        load_partners(session, SLUG, day_of(now), settings.address_key)
        load_events(session, now)
        load_reports(session, settings, now, acts().hand_over)
        for questionnaire, goals in targets(day_of(now)).items():
            replace_targets(session, questionnaire, goals, day_of(now))
        session.commit()
    told = select(Wave.id).filter(Wave.made_up, Wave.questionnaire.not_in(SHORT))
    for wave_id in session.scalars(told).all():
        if newest_run(session, wave_id) is None:
            session.commit()  # nobody who answers meanwhile has to wait for all of them
            refresh(session, wave_id, now)
    if loaded:
        load_watched(session, now)
        load_compared(session, now)
        load_results(session, now, council=settings.council_name)
        load_request(session, now, acts().ask_in_full)
        load_words(session, now)
        load_tables(session, now)
        load_actions(session, now)
        add_colleagues(session, now)
        load_oversight(session, now)
        schedule.put_off(session, "refresh_due_figures", now)  # they have just been made
    session.commit()
    return loaded


def _planned(settings: Settings) -> Sequence[PlannedWave]:
    """The waves; those of the demonstration's own questionnaire unless the council's are used."""
    return WAVES + COMPARED if settings.definitions_dir == DEMO_DEFINITIONS else WAVES


def is_loaded(session: Session) -> bool:
    """Whether the demonstration is in the database."""
    return session.scalar(select(Wave.id).filter_by(made_up=True).limit(1)) is not None


def _refuse_foreign(session: Session) -> None:
    """Keep invented answers out of a database with real wards, waves or people in it."""
    for what, query in {
        "wards": select(Ward.code),
        "waves": select(Wave.id),
    }.items():
        if session.scalar(query.limit(1)) is not None:
            raise DemoError(
                f"The database holds {what} that are not the demonstration's. Set DEMO=0, or "
                "choose another DATABASE_URL or INSTANCE_DIR for the demonstration."
            )


def _load_borough(session: Session) -> Setting:
    plans = wards()
    tiles = shapes(plans)
    replace_wards(session, tiles)
    replace_groups(session, named_groups(tiles, Faults("wards.csv")))
    places = read_places(PLACES, ward_names(session))
    replace_places(session, places)
    replace_postcodes(session, postcodes(plans))
    replace_residents(session, population(plans, SEED))
    return Setting(
        plans=plans,
        residents=population_rows(session),
        borough=Borough(ward_names(session), ward_groups(session)),
        places=[place.name for place in places],
    )
