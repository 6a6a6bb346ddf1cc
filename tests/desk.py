"""A member of staff at a real browser."""

import subprocess
import sys

from playwright.sync_api import Page
from server import Server

EMAIL = "ada@testham.example"
ROLE = ["create-admin", "--email", EMAIL, "--name", "Ada Lovelace"]
PASSWORD = "six quiet herons waiting"


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
    page.wait_for_selector("h1:text-is('Staff home')")
