"""The web and the worker live and die together."""

import os
import signal
import socket
import sys
import threading
import time

import pytest
from settings import settings_for

from tools.serve import (
    SENDER,
    StartError,
    Supervisor,
    announcement,
    check_port,
    local_address,
    programs_for,
)

PATIENT = (sys.executable, "-c", "import time; time.sleep(60)")
STUBBORN = """
import pathlib, signal, sys
signal.signal(signal.SIGTERM, signal.SIG_IGN)
pathlib.Path(sys.argv[1]).touch()
signal.sigwait({signal.SIGUSR1})
"""
FAILING = (sys.executable, "-c", "raise SystemExit(7)")


@pytest.fixture
def supervisor():
    supervisor = Supervisor()
    yield supervisor
    supervisor.stop()


def test_when_one_process_ends_the_other_is_stopped_and_the_status_says_so(supervisor, capsys):
    supervisor.start({"web": PATIENT, "worker": FAILING})
    assert supervisor.watch() == 1
    assert "The worker process ended with status 7" in capsys.readouterr().err
    supervisor.stop()
    assert supervisor.processes["web"].returncode == -signal.SIGTERM


def test_when_asked_to_stop_both_are_stopped_and_the_status_is_good(supervisor):
    supervisor.start({"web": PATIENT, "worker": PATIENT})
    threading.Timer(0.2, supervisor.take_signal, (signal.SIGTERM, None)).start()
    assert supervisor.watch() == 0
    supervisor.stop()
    assert all(process.returncode is not None for process in supervisor.processes.values())


def test_a_process_that_will_not_stop_is_ended(supervisor, monkeypatch, tmp_path):
    monkeypatch.setattr("tools.serve.STOP_WITHIN", 0.3)
    deaf = tmp_path / "deaf"
    supervisor.start({"web": (sys.executable, "-c", STUBBORN, str(deaf))})
    deadline = time.monotonic() + 30
    while not deaf.exists():
        assert time.monotonic() < deadline
        time.sleep(0.02)
    supervisor.stop()
    assert supervisor.processes["web"].returncode == -signal.SIGKILL


def test_a_port_that_is_taken_is_named_with_another(tmp_path):
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        with pytest.raises(StartError, match=f"PORT={port + 1}"):
            check_port(settings_for(tmp_path, PORT=str(port)))


def test_the_announcement_says_where_the_site_is_and_how_to_sign_in(tmp_path):
    text = announcement(settings_for(tmp_path, PORT="5001"), "analyst@borough.example  secret\n")
    assert "http://127.0.0.1:5001" in text
    assert "  analyst@borough.example  secret" in text


@pytest.mark.parametrize(
    ("host", "address"),
    [
        ("127.0.0.1", "http://127.0.0.1:5000"),
        ("0.0.0.0", "http://127.0.0.1:5000"),
        ("::1", "http://[::1]:5000"),
    ],
)
def test_the_site_is_asked_at_an_address_of_this_machine(tmp_path, host, address):
    assert local_address(settings_for(tmp_path, HOST=host)) == address


def test_the_mail_of_the_demonstration_has_a_sender_also_where_an_empty_one_is_set(
    tmp_path, monkeypatch
):
    monkeypatch.setenv("SMTP_URL", "")
    monkeypatch.setenv("MAIL_FROM", "")
    assert "mail" in programs_for(settings_for(tmp_path, DEMO="1"))
    assert os.environ["MAIL_FROM"] == SENDER
    assert os.environ["SMTP_URL"].startswith("smtp://127.0.0.1:")
