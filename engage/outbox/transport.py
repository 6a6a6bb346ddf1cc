"""A way to send messages: one narrow interface, and the four things that can go wrong."""

from typing import Protocol, Self

from engage.outbox.letter import Letter


class TransportError(RuntimeError):
    """A message did not leave; the message is a kind of fault and quotes neither side."""


class Refused(TransportError):  # noqa: N818  it is what happened to the message
    """The message will never be taken. `no_such_box` says that its mailbox is not there."""

    def __init__(self, fault: str, *, no_such_box: bool = False) -> None:
        """`fault` is a kind, such as `550 5.1.1`."""
        super().__init__(fault)
        self.no_such_box = no_such_box


class Failed(TransportError):  # noqa: N818  as above
    """The message was not taken now; another time it may be.

    `trouble` says that no answer came, or that of a server that has trouble itself.
    """

    def __init__(self, fault: str, *, trouble: bool = True) -> None:
        """`fault` is a kind, such as `TimeoutError`."""
        super().__init__(fault)
        self.trouble = trouble


class Unsure(Failed):
    """As Failed, but nobody knows: it was handed over whole, and then no answer came."""


class Down(TransportError):  # noqa: N818  as above
    """Nothing can be sent at all now: no other message need be tried."""


class Transport(Protocol):
    """Sends one message after another; used as a context, which keeps what it has open."""

    def __enter__(self) -> Self:
        """Begin; nothing is opened yet."""

    def __exit__(self, *_: object) -> None:
        """Close what is open."""

    def send(self, letter: Letter) -> None:
        """Hand a message over; raises Refused, Failed, Unsure or Down."""
