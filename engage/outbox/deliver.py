"""Handing over what waits: at least once, and twice at most what was in hand when a worker died.

A worker takes some messages under a lease. Each is marked `sending`, and that is committed,
before it is handed over; the same transaction notes how the one before it went. So when a worker
dies, one message at most has left without a note. Its lease runs out, it leaves again under its
Message-ID, by which mail programs know it for the same, and it is marked as `TWICE`.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from engage import clock
from engage.config import Settings
from engage.jobs.fault import described
from engage.outbox import leases
from engage.outbox.bounces import refuse
from engage.outbox.leases import Held
from engage.outbox.letter import Letter
from engage.outbox.letters import CampaignWriter, written
from engage.outbox.transport import Down, Failed, Refused, Transport, Unsure

logger = logging.getLogger("engage.outbox")

AT_ONCE = 50
"""Messages under one lease: what a person waits for who must confirm at the same moment."""
LONGEST = timedelta(seconds=20)
"""How long one turn may take, for the worker has jobs to do as well."""
FIRST_PAUSE, LONGEST_PAUSE = timedelta(seconds=30), timedelta(minutes=10)
"""How long a server that is down is left alone: doubled each time, up to the second."""
LONGEST_FAULT = 100
ENOUGH_FAILURES = 3
"""So many messages in a row that were not taken: the server has trouble, not they."""

Note = Callable[[Session], None]
"""Writes down what became of a message, with the beginning of the next."""


@dataclass
class Postman:
    """Hands messages over, a turn at a time, and leaves a server that is down alone for a while."""

    settings: Settings
    transport: Transport
    of_campaign: CampaignWriter
    lease: timedelta = leases.LEASE
    quiet_until: datetime | None = None
    pause: timedelta = FIRST_PAUSE
    failures: int = 0

    def turn(self, session: Session, stop: Callable[[], bool] = bool) -> int:
        """Hand over some of what is due; how many were dealt with. Commits.

        Ends early when `stop()` says so, or when it has taken long.
        """
        began = clock.now()
        if self.quiet_until is not None and began < self.quiet_until:
            return 0
        held = leases.take(session, began, AT_ONCE, self.lease)
        session.commit()
        if not held:
            return 0
        done = 0
        note: Note = _nothing
        with self.transport:
            for each in held:
                if stop() or clock.now() >= began + LONGEST:
                    break
                note(session)
                begun, letter, note = self._begun(session, each)
                session.commit()
                if begun and letter:
                    note = self._sent(begun, letter)
                done += begun is not None
                if self._paused():
                    break
        note(session)
        leases.let_go(session, held)
        session.commit()
        return done

    def _begun(self, session: Session, held: Held) -> tuple[Held | None, Letter | None, Note]:
        """The message marked as being sent, and written, if it may leave."""
        begun = leases.begin(session, held, clock.now(), self.lease)
        if begun is None:
            return None, None, _nothing
        try:
            letter = written(session, self.settings, begun, self.of_campaign)
        except SQLAlchemyError:
            raise
        except Exception as error:  # noqa: BLE001  whatever it is, the next must not wait for it
            return begun, None, partial(_again, held=begun, fault=self._told(begun, error))
        if letter is None:
            leases.dropped(session, begun, "not wanted")
        return begun, letter, _nothing

    def _sent(self, held: Held, letter: Letter) -> Note:
        """Hand a message over; what is to be noted of it."""
        try:
            self.transport.send(letter)
        except Refused as error:
            self._well()
            return partial(_refused, held=held, fault=error)
        except Down as error:
            self._rest(str(error))
            return partial(leases.untried, held=held)
        except Failed as error:
            self.failures = self.failures + 1 if error.trouble else 0
            if self.failures >= ENOUGH_FAILURES:
                self._rest(str(error))
            fault = leases.TWICE if isinstance(error, Unsure) else str(error)
            return partial(_again, held=held, fault=fault)
        except Exception as error:  # noqa: BLE001  as above
            return partial(_again, held=held, fault=self._told(held, error))
        self._well()
        return partial(_left, held=held)

    def _well(self) -> None:
        self.failures, self.pause, self.quiet_until = 0, FIRST_PAUSE, None

    def _rest(self, fault: str) -> None:
        """Leave the server alone for a while, longer each time."""
        logger.warning("sending pauses seconds=%d fault=%r", self.pause.total_seconds(), fault)
        self.failures, self.quiet_until = 0, clock.now() + self.pause
        self.pause = min(self.pause * 2, LONGEST_PAUSE)

    def _paused(self) -> bool:
        return self.quiet_until is not None and clock.now() < self.quiet_until

    def _told(self, held: Held, error: Exception) -> str:
        told = described(error)
        logger.error("message=%d attempt=%d failed=%r", held.id, held.attempts, told)
        return told[:LONGEST_FAULT]


def _nothing(_session: Session) -> None:
    """Nothing is to be noted."""


def _left(session: Session, held: Held) -> None:
    leases.sent(session, held, clock.now())


def _again(session: Session, held: Held, fault: str) -> None:
    leases.again(session, held, clock.now(), fault)


def _refused(session: Session, held: Held, fault: Refused) -> None:
    leases.refused(session, held, str(fault))
    if fault.no_such_box:
        refuse(session, held.contact_id, clock.today())
