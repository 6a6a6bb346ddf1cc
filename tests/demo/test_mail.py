"""The demonstration's mail is kept and shown on this machine, and nowhere else."""

import shutil
import smtplib
import socket
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta

import pytest
from aiosmtpd.controller import Controller
from conftest import NOON
from page import PageClient
from settings import settings_for

from engage.app import create_app
from engage.config import SettingsError
from engage.demo import mailbox
from engage.demo.mail_server import Keeper, place_of
from engage.extensions import db
from engage.mail.send import compose, send
from tools.serve import SENDER

TEXT = "Zażółć.\n\nPress here: http://127.0.0.1:5000/pledges/confirm/abc.\nNot http://other.example/x\n"


@pytest.fixture
def free_url():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return f"smtp://127.0.0.1:{probe.getsockname()[1]}"


@contextmanager
def site_in(folder, **environ):
    app = create_app(settings_for(folder, MAIL_FROM=SENDER, **environ))
    with app.app_context():
        yield app
        db.session.remove()
        db.engine.dispose()


@pytest.fixture
def site(sqlite_template, tmp_path, free_url):
    shutil.copy(sqlite_template, tmp_path / "demo.sqlite")
    with site_in(tmp_path, DEMO="1", SMTP_URL=free_url) as app:
        yield app


@pytest.fixture
def post(site, clock):
    """Sends to the demonstration's own mail server."""
    settings = site.extensions["settings"]
    server = place_of(settings)
    listening = Controller(Keeper(settings.instance_dir), hostname=server.host, port=server.port)
    listening.start()

    def sent(subject, text=TEXT):
        to, now = "ada@mailbox.example", clock.at
        send(settings, compose(settings, to=to, subject=subject, text=text, now=now))

    yield sent
    listening.stop()


def test_what_the_site_sends_can_be_read_and_its_links_followed(site, post, clock):
    client = PageClient(site)
    client.get("/demo/mail")
    assert "No mail has come yet" in client.text
    post("First")
    clock.move(minutes=1)
    post("Second <b>")
    client.get("/demo/mail")
    links = list(client.page.iterfind(".//main//a"))
    assert ["".join(each.itertext()) for each in links] == ["Second <b>", "First"]
    client.get(links[1].get("href"))
    assert "Zażółć." in client.text
    assert "ada@mailbox.example" in client.text
    found = [each.get("href") for each in client.page.iterfind(".//main//a")]
    assert found == ["http://127.0.0.1:5000/pledges/confirm/abc"]


def test_mail_is_for_its_owner_alone_and_goes_after_a_week(site, post, clock, tmp_path):
    post("Old")
    [kept] = (tmp_path / mailbox.FOLDER).iterdir()
    assert kept.stat().st_mode & 0o777 == 0o600
    clock.move(days=mailbox.KEPT.days)
    client = PageClient(site)
    client.get(f"/demo/mail/{kept.stem}", 404)
    client.get("/demo/mail/..%2Fsecret_key", 404)
    post("New")
    assert not kept.exists()
    client.get("/demo/mail")
    assert "New" in client.text


def test_no_more_than_so_many_messages_are_kept(tmp_path, monkeypatch):
    monkeypatch.setattr(mailbox, "MOST", 2)
    for number in range(3):
        mailbox.keep(tmp_path, f"Subject: {number}\n\n.".encode(), NOON + timedelta(number))
    later = NOON + timedelta(3)
    assert [each.subject for each in mailbox.listed(tmp_path, later)] == ["2", "1"]


def test_what_is_no_message_is_not_found(site):
    client = PageClient(site)
    client.get("/demo/mail/99999999T999999999999Z-0123456789abcdef", 404)
    client.get("/demo/mail/٢٠٢٦٠١٠١T000000000000Z-0123456789abcdef", 404)


BROKEN = (
    b"Subject: Odd letters\r\nContent-Type: text/plain; charset=nonsense\r\n\r\n\xff",
    b"Subject: Odd letters\r\nTo: <\r\n\r\nHello",
    b"Subject: Odd letters\r\nContent-Type: text/html\r\n\r\n<p>Hello</p>",
)


def test_a_broken_message_takes_no_other_away(site, clock):
    folder, client = site.extensions["settings"].instance_dir, PageClient(site)
    mailbox.keep(folder, b"Subject: Whole\r\n\r\nHello", clock.at)
    for content in BROKEN:
        mailbox.keep(folder, content, clock.at)
    client.get("/demo/mail")
    links = {each.get("href"): each.text for each in client.page.iterfind(".//main//a")}
    assert max(links.values()) == "Whole"
    assert len(links) == 1 + len(BROKEN)
    pages = [client.get(each).text for each in links]
    assert sum("no plain text that can be shown" in page for page in pages) == 2


def test_no_other_site_has_the_pages(lite_app, sqlite_template, site):
    PageClient(lite_app).get("/demo/mail", 404)
    assert "demo_mail" not in lite_app.blueprints
    far = site.test_client().get("/demo/mail", environ_base={"REMOTE_ADDR": "192.0.2.7"})
    assert far.status_code == 404
    site.extensions["settings"] = replace(site.extensions["settings"], host="0.0.0.0")
    PageClient(site).get("/demo/mail", 404)


@pytest.mark.parametrize(
    ("environ", "told"),
    [
        ({"DEMO": "0"}, "DEMO is off"),
        ({"DEMO": "1", "SMTP_URL": "smtp://mail.example:25"}, "SMTP_URL leads to mail.example"),
    ],
)
def test_the_mail_server_starts_nowhere_else(tmp_path, environ, told):
    settings = settings_for(
        tmp_path, **{"SMTP_URL": "smtp://127.0.0.1:2525", "MAIL_FROM": SENDER} | environ
    )
    with pytest.raises(SettingsError, match=told):
        place_of(settings)
    assert (
        place_of(
            settings_for(tmp_path, DEMO="1", MAIL_FROM=SENDER, SMTP_URL="smtp://[::1]:2525")
        ).port
        == 2525
    )


def test_a_message_too_large_is_refused(site, tmp_path, free_url):
    settings = site.extensions["settings"]
    server = place_of(settings)
    listening = Controller(
        Keeper(tmp_path), hostname=server.host, port=server.port, data_size_limit=10
    )
    listening.start()
    with smtplib.SMTP(server.host, server.port) as own, pytest.raises(smtplib.SMTPException):
        own.sendmail("a@b.example", "c@d.example", "x" * 100)
    listening.stop()
    assert mailbox.listed(tmp_path, NOON) == []
