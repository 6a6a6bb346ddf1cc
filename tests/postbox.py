"""A real mail server on this machine, for tests of what leaves by mail."""

import socket
from email import message_from_bytes, policy
from typing import Self

from aiosmtpd.controller import Controller


class Postbox:
    """Takes every message; refuses all while `closed`."""

    def __init__(self) -> None:
        self.messages = []
        self.closed = False
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        self.url = f"smtp://127.0.0.1:{port}"
        self.controller = Controller(self, hostname="127.0.0.1", port=port)

    async def handle_DATA(self, _server, _session, envelope):  # noqa: N802  # aiosmtpd's name
        if self.closed:
            return "451 come back later"
        self.messages.append(message_from_bytes(envelope.content, policy=policy.default))
        return "250 OK"

    def __enter__(self) -> Self:
        self.controller.start()
        return self

    def __exit__(self, *_) -> None:
        self.controller.stop()
