"""A client that checks every page it is given, so that no test needs to ask for it."""

import re
from collections.abc import Callable
from contextvars import Context
from xml.etree.ElementTree import Element

import html5lib
from flask import Flask, has_app_context
from strict_page import StrictError, StrictPage, shape
from werkzeug.test import TestResponse

from engage.extensions import db

_compared: set[tuple[str, str, int]] = set()


class PageError(AssertionError):
    """A page is not what every page must be."""


class PageClient:
    """GET and POST like a browser without scripts; every HTML answer is checked."""

    def __init__(self, app: Flask) -> None:
        self.http = app.test_client()
        self.response: TestResponse | None = None
        self.page: Element | None = None

    def get(self, path: str, status: int = 200, *, follow: bool = False) -> "PageClient":
        return self._took(self._ask(self.http.get, path, follow_redirects=follow), status)

    def post(
        self, path: str, data: dict | None = None, status: int = 303, *, token: str | None = None
    ) -> "PageClient":
        """Send a form with the token of the page before, or the one given."""
        data = dict(data or {})
        if token is None and self.page is not None:
            token = self.value("csrf_token")
        if token:
            data["csrf_token"] = token
        return self._took(self._ask(self.http.post, path, data=data), status)

    def follow(self, status: int = 200) -> "PageClient":
        """Go where the last answer sent us."""
        return self.get(self.location, status)

    def _ask(self, method: Callable[..., TestResponse], path: str, **given: object) -> TestResponse:
        """Make the request as a server does: with an application context of its own.

        Otherwise it would find the person and the token that the request before it left in `g`.
        What the test has not committed is let go, or its lock would make the request wait.
        """
        if has_app_context():
            db.session.rollback()
        return Context().run(method, path, **given)

    def _took(self, response: TestResponse, status: int) -> "PageClient":
        self.response = response
        seen = f"{response.status_code} for {response.request.path}"
        assert response.status_code == status, f"{seen}, not {status}: {self._said()}"
        if response.mimetype == "text/html" and response.data and status not in {302, 303}:
            self.page = check_page(response)
        return self

    def _said(self) -> str:
        return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", self.response.text))[-600:]

    @property
    def location(self) -> str:
        return self.response.headers["Location"]

    @property
    def text(self) -> str:
        """What a person reads in the main part of the page."""
        main = self.page.find(".//main")
        return re.sub(r"\s+", " ", " ".join(main.itertext())).strip()

    @property
    def source(self) -> str:
        """The page as it was sent, without random values: in those any few letters may stand."""
        return re.sub(r"[\w.-]{20,}", "", self.response.text)

    def value(self, name: str) -> str | None:
        """The value of the first field of that name."""
        field = self.page.find(f".//input[@name='{name}']")
        return field.get("value") if field is not None else None

    def checked(self, name: str) -> list[str]:
        """The values of the ticked boxes or buttons of that name."""
        boxes = self.page.iterfind(f".//input[@name='{name}']")
        return [box.get("value") for box in boxes if box.get("checked") is not None]


def check_page(response: TestResponse) -> Element:
    """The parsed page; raises PageError when it is not what every page must be."""
    where = response.request.path
    strict = StrictPage()
    try:
        page = strict.read(response.text)
    except StrictError as fault:
        raise PageError(f"{where}: {fault}") from fault
    _compare_once(page, response)
    if not response.text.lstrip().lower().startswith("<!doctype html>"):
        raise PageError(f"{where}: no doctype")
    if len(strict.ids) != len(set(strict.ids)):
        twice = {name for name in strict.ids if strict.ids.count(name) > 1}
        raise PageError(f"{where}: ids used twice: {twice}")
    if not page.get("lang"):
        raise PageError(f"{where}: no language")
    title = (page.findtext("head/title") or "").strip()
    if len(title) < 5 or title.startswith("-"):
        raise PageError(f"{where}: the title is {title!r}")
    if len(page.findall(".//h1")) != 1:
        raise PageError(f"{where}: {len(page.findall('.//h1'))} headings of level 1, not one")
    policy = response.headers["Content-Security-Policy"]
    if "unsafe" in policy or "default-src 'none'" not in policy:
        raise PageError(f"{where}: the policy is {policy!r}")
    for script in page.iter("script"):
        if f"'nonce-{script.get('nonce')}'" not in policy:
            raise PageError(f"{where}: a script without the nonce")
    _check_fields(page, where)
    return page


def _compare_once(page: Element, response: TestResponse) -> None:
    """See that a browser reads a page as we do, the first time that it is asked for."""
    asked = response.request
    kind = (asked.method, re.sub(r"[^/]*\d[^/]*", "1", asked.path), response.status_code)
    if kind not in _compared:
        _compared.add(kind)
        read = html5lib.parse(response.text, namespaceHTMLElements=False)
        if shape(page) != shape(read):
            raise PageError(f"{asked.path}: a browser reads another page than its source shows")


def _check_fields(page: Element, where: str) -> None:
    labels = {label.get("for"): "".join(label.itertext()).strip() for label in page.iter("label")}
    for field in [*page.iter("input"), *page.iter("select"), *page.iter("textarea")]:
        kind = field.get("type", "text") if field.tag == "input" else field.tag
        if kind in {"hidden", "submit"}:
            continue
        if not labels.get(field.get("id")):
            raise PageError(f"{where}: the field {field.get('name')!r} has no label")
    for fieldset in page.iter("fieldset"):
        legend = fieldset.find("legend")
        if legend is None or not "".join(legend.itertext()).strip():
            raise PageError(f"{where}: a group of fields has no legend")
    grouped = {id(box) for each in page.iter("fieldset") for box in each.iter("input")}
    for box in page.iter("input"):
        if box.get("type") == "radio" and id(box) not in grouped:
            raise PageError(f"{where}: the choice {box.get('name')!r} has no group")
    for form in page.iter("form"):
        if (
            form.get("method", "get").lower() == "post"
            and form.find(".//input[@name='csrf_token']") is None
            and not form.get("data-open")
        ):
            raise PageError(f"{where}: a form without its token")
