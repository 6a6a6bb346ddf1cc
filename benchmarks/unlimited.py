"""The site without the limit of messages to a mailbox, so that each of a hundred is taken."""

from engage.outbox import allowance
from run import app

__all__ = ["app"]

allowance.MOST = 1_000_000
