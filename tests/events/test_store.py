"""A place is given once, and the queue keeps its order, however many press at once."""

from datetime import timedelta
from threading import Barrier, Thread

import pytest
from conftest import NOON
from happening import make_contacts, make_event, states

from engage.events import store
from engage.events.models import Booking, Event
from engage.extensions import db

LATER = NOON + timedelta(hours=1)


def ask(event: int, contact: int, now=NOON, **given) -> store.Asked:
    said = {"name": "Ada", "needs": ""} | given
    with db.engine.begin() as connection:
        return store.ask(connection, event_id=event, contact_id=contact, now=now, **said)


def confirm(booking: int, now=LATER) -> str | None:
    with db.engine.begin() as connection:
        return store.confirm(connection, booking, now)


def give_up(booking: int, now=LATER) -> list[int]:
    with db.engine.begin() as connection:
        event = store.cancel(connection, booking, now)
        return store.move_up(connection, event, now) if event else []


def booked(event: int, number: int) -> list[int]:
    """Confirmed bookings of that many people, in order."""
    made = [ask(event, each).id for each in make_contacts(number)]
    for each in made:
        confirm(each)
    return made


def at_once(app, work, given: list[int]) -> list:
    """Do the work for each given number in a thread of its own, all starting together."""
    ready, done = Barrier(len(given)), []

    def go(each: int) -> None:
        with app.app_context():
            ready.wait()
            done.append((each, work(each)))

    threads = [Thread(target=go, args=(each,)) for each in given]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(done) == len(given)
    return done


def test_a_hundred_confirm_at_once_for_the_last_ten_places(app):
    event = make_event(capacity=30)
    booked(event, 20)
    people = [ask(event, each).id for each in make_contacts(100)]
    done = at_once(app, confirm, people)
    got = [result for _, result in done]
    assert (got.count("placed"), got.count("waiting")) == (10, 90)
    assert states(event) == ["placed"] * 30 + ["waiting"] * 90
    turns = set(db.session.query(Booking.booked_at).filter_by(event_id=event))
    assert len(turns) == 120  # nobody shares a place in the queue, though the clock stood still


def test_places_given_up_at_once_go_to_those_who_wait_longest_and_each_to_one(app):
    event = make_event(capacity=30)
    people = booked(event, 120)
    done = at_once(app, give_up, people[:30])
    moved = [each for _, lucky in done for each in lucky]
    assert sorted(moved) == people[30:60]
    assert states(event).count("placed") == 30
    db.session.rollback()
    left = db.session.query(Booking.id).filter_by(event_id=event, state="waiting")
    assert [each for (each,) in left.order_by(Booking.booked_at)] == people[60:]


def test_a_booking_that_is_not_confirmed_holds_no_place_and_goes_after_two_days(app):
    event = make_event(capacity=1)
    first, second = (ask(event, each).id for each in make_contacts(2))
    assert confirm(second) == "placed"
    assert confirm(first) == "waiting"
    [third] = make_contacts(1)
    ask(event, third)
    with db.engine.begin() as connection:
        assert store.expire(connection, NOON + timedelta(days=2, seconds=-1)) == 0
        assert store.expire(connection, NOON + timedelta(days=2)) == 1
    assert states(event) == ["placed", "waiting"]


def test_confirming_again_changes_nothing(app):
    event = make_event(capacity=1)
    first, second, _ = booked(event, 3)
    assert [confirm(first), confirm(second)] == ["placed", "waiting"]
    turns = db.session.query(Booking.id).order_by(Booking.booked_at)
    assert [number for (number,) in turns][:2] == [first, second]


def test_asking_again_changes_what_waits_and_never_what_is_confirmed(app):
    event, [person] = make_event(), make_contacts(1)
    first = ask(event, person)
    assert ask(event, person, name="Ada Byron", needs="A ramp") == first
    confirm(first.id)
    assert ask(event, person, name="Somebody else") == store.Asked(first.id, "placed")
    assert db.session.get(Booking, first.id).name == "Ada Byron"
    db.session.rollback()
    give_up(first.id)
    assert states(event) == []
    assert ask(event, person).state == "pending"


def test_whoever_comes_after_a_queue_stands_behind_it_though_there_is_room(app):
    event = make_event(capacity=1)
    booked(event, 2)
    db.session.get(Event, event).capacity = 5
    db.session.commit()
    [new] = [ask(event, each).id for each in make_contacts(1)]
    assert confirm(new) == "waiting"
    with db.engine.begin() as connection:
        assert store.short_of_people(connection, LATER) == [event]
        assert len(store.move_up(connection, event, LATER)) == 2
        assert store.short_of_people(connection, LATER) == []


@pytest.mark.parametrize("change", [{"cancelled_at": NOON}, {"starts_at": LATER}])
def test_nobody_gets_into_what_is_called_off_or_has_begun(app, change):
    event = make_event()
    [one] = [ask(event, each).id for each in make_contacts(1)]
    for name, value in change.items():
        setattr(db.session.get(Event, event), name, value)
    db.session.commit()
    assert confirm(one) is None
    assert states(event) == ["pending"]
