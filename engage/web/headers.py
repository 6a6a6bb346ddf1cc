"""Security headers on every answer, and the nonce that lets a page run its own scripts."""

import secrets
from typing import Any

from flask import Flask, g, request
from werkzeug.wrappers import Response

HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}
A_YEAR = "max-age=31536000"
ASKED_AGAIN = "private, no-cache"
"""For a page that a browser may keep and must ask about each time: never what tells of a person."""
NEVER_KEPT = ("/tell-us", "/staff")
"""Where no answer may stay in a browser or between.

Of staff only pages of suppressed figures may (`ASKED_AGAIN`); docs/security.md says why.
"""


def nonce() -> str:
    """The random value that this answer's scripts carry; made once a request."""
    value: str | None = g.get("nonce")
    if value is None:
        value = g.nonce = secrets.token_urlsafe(16)
    return value


def let_ourselves_frame() -> None:
    """Let a page of ours, and nobody else's, show this answer within itself."""
    g.framed = True


def hold_frame() -> None:
    """Let this answer show another page of ours within itself."""
    g.frames = True


def protect(app: Flask, *, https: bool) -> None:
    """Set the headers on every answer of the application."""
    fixed: list[tuple[str, Any]] = list(HEADERS.items())
    if https:
        fixed.append(("Strict-Transport-Security", f"{A_YEAR}; includeSubDomains"))

    def set_headers(response: Response) -> Response:
        # Read once: `setdefault` would read all of them again for each of ours.
        said = {name.lower() for name, _ in response.headers}
        if "framed" in g:
            response.headers.add("X-Frame-Options", "SAMEORIGIN")
            said.add("x-frame-options")
        # What a browser kept goes with the policy it came with, whose nonce its scripts carry.
        policy = [] if response.status_code == 304 else [("Content-Security-Policy", _policy())]
        for name, value in (*fixed, *policy):
            if name.lower() not in said:
                response.headers.add(name, value)
        built = request.path.startswith("/static/build/") and response.status_code in {200, 304}
        if built:
            # Built files carry a hash of their content in their names.
            response.headers["Cache-Control"] = f"public, {A_YEAR}, immutable"
        elif response.headers.get("Cache-Control") == ASKED_AGAIN:
            pass
        elif "cache-control" not in said or request.path.startswith(NEVER_KEPT):
            response.headers["Cache-Control"] = "no-store"
        return response

    app.after_request(set_headers)


def _policy() -> str:
    """Only our own files; scripts only with the nonce; no frames, no plug-ins, no other hosts.

    Only where staff try a survey as on a phone does a page of ours stand in a frame of ours.
    """
    scripts = f"'nonce-{g.nonce}'" if "nonce" in g else "'none'"
    around = "'self'" if "framed" in g else "'none'"
    within = "frame-src 'self'; " if "frames" in g else ""
    return (
        f"default-src 'none'; script-src {scripts}; style-src 'self'; img-src 'self'; "
        "font-src 'self'; connect-src 'self'; manifest-src 'self'; form-action 'self'; "
        f"base-uri 'none'; {within}frame-ancestors {around}"
    )
