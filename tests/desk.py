"""A member of staff at a real browser."""

import subprocess
import sys

from playwright.sync_api import Page
from server import Server
from staff import oldest_step

from engage.keyring import factor

EMAIL = "ada@testham.example"
ROLE = ["create-admin", "--email", EMAIL, "--name", "Ada Lovelace"]
PASSWORD = "six quiet herons waiting"
_generators: dict[str, tuple[str, int]] = {}
"""Of each site: the secret, and the time step of the last code that was given."""


def make_account(site: Server) -> None:
    """An administrator, made by the command that makes the first one."""
    command = [sys.executable, "-m", "flask", "--app", "run", "staff", *ROLE, "--password-stdin"]
    subprocess.run(command, env=site.environ, input=PASSWORD.encode(), check=True)


def sign_in(page: Page) -> None:
    """Sign in without touching the mouse."""
    page.goto("/staff")
    page.focus("#email")
    page.keyboard.type(EMAIL)
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    pass_second_step(page)
    page.wait_for_selector("h1:text-is('Staff home')")


def pass_second_step(page: Page) -> None:
    """Set a code generator up at a first sign-in to a site, and give its codes at later ones.

    Each code is good once, so three sign-ins fit into one minute.
    """
    page.wait_for_selector("#code")
    site, first = page.evaluate("location.origin"), page.locator("main code").count() > 0
    oldest = oldest_step()
    if first:
        secret = (page.text_content("main code") or "").replace(" ", "")
        _generators[site] = (secret, oldest - 1)
    secret, used = _generators[site]
    step = max(used + 1, oldest)
    _generators[site] = (secret, step)
    page.focus("#code")
    page.keyboard.type(factor.code_at(secret, step))
    page.keyboard.press("Enter")
    if first:
        page.get_by_role("button", name="I have kept them").click()
