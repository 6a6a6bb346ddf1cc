"""What a message is for, which decides who may be sent it."""

from enum import StrEnum


class Kind(StrEnum):
    """What a message is for.

    `ASK` asks whether it was they who signed or booked: the only one for a mailbox that nobody
    has proven. `TELL` answers what somebody did, `REMIND` comes before a day, and `CAMPAIGN` goes
    to those who agreed to hear.
    """

    ASK = "ask"
    TELL = "tell"
    REMIND = "remind"
    CAMPAIGN = "campaign"
