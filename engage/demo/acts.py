"""What the demonstration does by the code of rooms beside it, which the application hands to it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from flask import Flask, current_app
from sqlalchemy.orm import Session

from engage.keyring.held import Held
from engage.reports.opened import OpenReport


class AskInFull(Protocol):
    """Asks somebody else to agree to the responses of a wave in full."""

    def __call__(
        self,
        session: Session,
        wave_id: int,
        *,
        staff_id: int,
        now: datetime,
        purpose: str,
        delete_on: date,
    ) -> None: ...


HandOver = Callable[[Session, OpenReport, Held, datetime, str], bool]
"""Hands a report to the police by its wish, and notes what they answered; whether it left."""


@dataclass(frozen=True, slots=True)
class Acts:
    """What rooms beside the demonstration can do for it."""

    ask_in_full: AskInFull
    hand_over: HandOver


def lend(app: Flask, acts: Acts) -> None:
    """Let the demonstration of this application do as staff do on their pages."""
    app.extensions["demo_acts"] = acts


def acts() -> Acts:
    """What the application lends."""
    lent: Acts = current_app.extensions["demo_acts"]
    return lent
