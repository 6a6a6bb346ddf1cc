"""Serve the site on this machine: migrate, load the demonstration borough, then web and worker.

Beside the demonstration runs a mail server of its own, unless SMTP_URL names another. The
processes live and die together: when one ends, the other is stopped and so are we, with
exit status 1, so that whoever started us notices. On a server, systemd does this work instead: see
docs/deploy.md.
"""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType
from urllib.error import URLError
from urllib.request import ProxyHandler, build_opener

from engage.config import Settings, SettingsError, read_settings

ROOT = Path(__file__).resolve().parent.parent
FLASK = (sys.executable, "-m", "flask", "--app", "run")
PROGRAMS = {
    "web": (sys.executable, "-m", "gunicorn", "run:app"),
    "worker": (*FLASK, "work"),
}
MAIL = {"mail": (sys.executable, "-m", "engage.demo.mail_server")}
"""Of the demonstration alone: refuses to start anywhere else."""
SENDER = "surveys@quillhaven.example"
START_WITHIN = 120.0
"""Seconds for a machine that does much else; one that has ended is noticed at once."""
STOP_WITHIN = 25.0
PAUSE = 0.1


class StartError(Exception):
    """The site cannot start; the message says what to do."""


@dataclass(slots=True)
class Supervisor:
    """Processes that live and die together."""

    processes: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)
    asked_to_stop: bool = False

    def start(self, programs: Mapping[str, Sequence[str]]) -> None:
        """Start each program in a group of its own, so that Ctrl-C reaches only us."""
        for name, command in programs.items():
            self.processes[name] = subprocess.Popen(command, cwd=ROOT, process_group=0)

    def ended(self) -> str | None:
        """Name a process that has ended, if one has."""
        for name, process in self.processes.items():
            if process.poll() is not None:
                return name
        return None

    def stop(self) -> None:
        """Ask every process to end, and end it after a while."""
        for process in self.processes.values():
            if process.poll() is None:
                process.terminate()
        deadline = time.monotonic() + STOP_WITHIN
        for process in self.processes.values():
            try:
                process.wait(max(0.0, deadline - time.monotonic()))
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()

    def watch(self) -> int:
        """Wait until we are asked to stop or a process ends; return the exit status."""
        while not self.asked_to_stop:
            name = self.ended()
            if name is not None:
                status = self.processes[name].returncode
                print(f"The {name} process ended with status {status}: stopping.", file=sys.stderr)
                return 1
            time.sleep(PAUSE)
        return 0

    def take_signal(self, _number: int, _frame: FrameType | None) -> None:
        """Remember that we are to stop."""
        self.asked_to_stop = True


def check_port(settings: Settings) -> None:
    """Raise StartError when another program listens where we want to."""
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((settings.host, settings.port))
        except OSError as error:
            raise StartError(
                f"Cannot listen on HOST {settings.host}, PORT {settings.port} ({error.strerror}). "
                f"Choose another, such as PORT={settings.port + 1}."
            ) from error


def flask(*arguments: str) -> str:
    """Run one of the site's commands to its end and return what it printed."""
    command = (*FLASK, *arguments)
    done = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, check=False)
    if done.returncode != 0:
        raise StartError(f"`flask --app run {' '.join(arguments)}` failed; its message is above.")
    return done.stdout


def prepare(settings: Settings) -> str:
    """Bring the database up to date and load the demonstration; return its logins, if any."""
    settings.instance_dir.mkdir(parents=True, exist_ok=True)
    flask("db", "upgrade")
    if not settings.demo:
        return ""
    print("Looking after the demonstration borough (the first time takes a while)", flush=True)
    return flask("demo", "load")


def programs_for(settings: Settings) -> Mapping[str, Sequence[str]]:
    """What is to run; for the demonstration's mail, SMTP_URL is set for all that we start."""
    if not settings.demo or settings.smtp_url or settings.notify_key:
        return PROGRAMS
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        os.environ["SMTP_URL"] = f"smtp://127.0.0.1:{probe.getsockname()[1]}"
    if not settings.mail_from:  # also where it is set, and empty
        os.environ["MAIL_FROM"] = SENDER
    return MAIL | PROGRAMS


def wait_until_it_answers(address: str, supervisor: Supervisor) -> None:
    """Wait for /health; raises StartError when it does not come."""
    opener = build_opener(ProxyHandler({}))  # this machine is not reached through a proxy
    deadline = time.monotonic() + START_WITHIN
    while time.monotonic() < deadline and not supervisor.asked_to_stop and not supervisor.ended():
        try:
            with opener.open(f"{address}/health", timeout=5):
                return
        except (URLError, OSError):
            time.sleep(PAUSE)
    if not supervisor.asked_to_stop:
        raise StartError(f"The site did not answer at {address}/health; its messages are above.")


def local_address(settings: Settings) -> str:
    """Return the address at which this machine itself reaches the site."""
    host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(settings.host, settings.host)
    return f"http://[{host}]:{settings.port}" if ":" in host else f"http://{host}:{settings.port}"


def announcement(settings: Settings, logins: str) -> str:
    """Say where the site is, and how to sign in to the demonstration."""
    lines = [
        "",
        f"  Engage is at {settings.public_url}",
        f"  Staff sign in at {settings.public_url}/staff",
    ]
    if logins.strip():
        lines += [f"  Mail that it sends is at {settings.public_url}/demo/mail"]
        lines += ["", *(f"  {line}".rstrip() for line in logins.strip().splitlines())]
    lines += ["", "  Stop it with Ctrl-C. What was entered is kept.", ""]
    return "\n".join(lines)


@contextmanager
def supervision() -> Iterator[Supervisor]:
    """Give a supervisor that hears our signals, and stops what it started in any case."""
    supervisor = Supervisor()
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, supervisor.take_signal)
    try:
        yield supervisor
    finally:
        supervisor.stop()


def main() -> int:
    """Serve until told to stop; return the exit status."""
    os.umask(0o077)  # the database and the key file are for their owner alone
    try:
        settings = read_settings()
        check_port(settings)
        logins = prepare(settings)
        with supervision() as supervisor:
            supervisor.start(programs_for(settings))
            wait_until_it_answers(local_address(settings), supervisor)
            if not supervisor.asked_to_stop:
                print(announcement(settings, logins), flush=True)
            return supervisor.watch()
    except (StartError, SettingsError) as error:
        print(error, file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main())
