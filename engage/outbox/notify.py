"""Sending by GOV.UK Notify: its REST interface, with a template of `subject` and `body`.

The template has the subject `((subject))` and the body `((body))`.
"""

import http.client
import json
import urllib.error
import urllib.request
from typing import Any, Self
from urllib.parse import urlencode
from uuid import UUID

import jwt

from engage import clock
from engage.mail.send import PATIENCE
from engage.outbox.letter import Letter
from engage.outbox.transport import Down, Failed, Refused, TransportError, Unsure

HOST = "https://api.notifications.service.gov.uk"
UUID_LENGTH = 36


class NotifyKeyError(ValueError):
    """A key that GOV.UK Notify cannot have given; the message never quotes it."""


def parts_of(key: str) -> tuple[str, str]:
    """The service and the secret in a key `name-service-secret`; raises NotifyKeyError."""
    service, secret = key[-2 * UUID_LENGTH - 1 : -UUID_LENGTH - 1], key[-UUID_LENGTH:]
    try:
        return str(UUID(service)), str(UUID(secret))
    except ValueError as error:
        raise NotifyKeyError(
            "NOTIFY_KEY is no key of GOV.UK Notify: copy it whole from “API integration”."
        ) from error


class Notify:
    """GOV.UK Notify, by the key of a service and the number of a template of it."""

    def __init__(self, key: str, template: str, host: str = HOST) -> None:
        """Raises NotifyKeyError for a key that cannot be one."""
        self._service, self._secret = parts_of(key)
        self._template = template
        self._host = host

    def __enter__(self) -> Self:
        """Begin; each message is a request of its own."""
        return self

    def __exit__(self, *_: object) -> None:
        """Nothing is kept open."""

    def send(self, letter: Letter) -> None:
        """Hand a message over; raises Refused, Failed, Unsure or Down."""
        request = urllib.request.Request(  # noqa: S310  the address is ours and begins with https
            f"{self._host}/v2/notifications/email",
            json.dumps(self._asked(letter)).encode(),
            self._headers(),
            method="POST",
        )
        try:
            with urllib.request.urlopen(request, timeout=PATIENCE) as answer:  # noqa: S310  as above
                answer.read()
        except urllib.error.HTTPError as error:
            with error:
                raise _meaning(error.code, error.read()) from error
        except urllib.error.URLError as error:
            raise Down(type(error.reason).__name__) from error
        except (OSError, http.client.HTTPException) as error:
            raise Unsure(type(error).__name__) from error

    def failures(self, status: str, before: str = "") -> list[dict[str, Any]]:
        """Messages that failed after they were taken, newest first; raises Failed or Down.

        Some at a time: `before` is the number of the last one that is known. Notify forgets them
        after a week. `status` is one of its own, such as `permanent-failure`.
        """
        wanted = {"template_type": "email", "status": status}
        query = urlencode(wanted | ({"older_than": before} if before else {}))
        request = urllib.request.Request(  # noqa: S310  the address is ours and begins with https
            f"{self._host}/v2/notifications?{query}", headers=self._headers()
        )
        try:
            with urllib.request.urlopen(request, timeout=PATIENCE) as answer:  # noqa: S310  as above
                told = json.load(answer)["notifications"]
        except urllib.error.HTTPError as error:
            with error:
                raise Failed(f"Notify {error.code}") from error
        except urllib.error.URLError as error:
            raise Down(type(error.reason).__name__) from error
        except (OSError, http.client.HTTPException, ValueError, LookupError, TypeError) as error:
            raise Failed(type(error).__name__) from None  # its words could quote what was answered
        return [each for each in told if isinstance(each, dict)]

    def _asked(self, letter: Letter) -> dict[str, object]:
        asked: dict[str, object] = {
            "email_address": letter.to,
            "template_id": self._template,
            "personalisation": {"subject": letter.subject, "body": letter.text},
            "reference": letter.message_id,
        }
        if letter.stop_at.startswith("https:"):
            asked["one_click_unsubscribe_url"] = letter.stop_at
        return asked

    def _headers(self) -> dict[str, str]:
        claims = {"iss": self._service, "iat": int(clock.now().timestamp())}
        token = jwt.encode(claims, self._secret, algorithm="HS256")
        return {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}


def _meaning(status: int, body: bytes) -> TransportError:
    """What an answer of Notify means; its words are read and not kept, for they quote."""
    fault = f"Notify {status}"
    if status == 400 and b"email_address" in body:
        return Refused(fault, no_such_box=True)
    if status in {401, 403, 404, 429}:
        return Down(fault)  # the key or today's allowance: the same for every message
    return Failed(fault, trouble=status >= 500)
