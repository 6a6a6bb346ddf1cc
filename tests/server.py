"""The real server for tests that need one: gunicorn on a free port, with a database of its own."""

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

ROOT = Path(__file__).resolve().parent.parent


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


class Server:
    """A gunicorn with two workers; `kill` is SIGKILL for all of it at once."""

    def __init__(self, folder: Path, database_url: str, **environ: str) -> None:
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.log = folder / "server.log"
        self.environ = {
            "PATH": os.environ["PATH"],
            "HOST": "127.0.0.1",
            "PORT": str(self.port),
            "DATABASE_URL": database_url,
            "INSTANCE_DIR": str(folder),
            "SECRET_KEY": "k" * 40,
            "DEMO": "0",
            "COUNCIL_NAME": "Testham Council",
            "PRIVACY_CONTACT": "privacy@testham.example",
            **environ,
        }
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> "Server":
        command = [
            sys.executable, "-m", "gunicorn", "run:app", "--bind", f"127.0.0.1:{self.port}",
            "--workers", "2", "--threads", "4", "--config", "gunicorn.conf.py",
        ]  # fmt: skip
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                command, cwd=ROOT, env=self.environ, stdout=log, stderr=log, start_new_session=True
            )
        self.wait()
        return self

    def wait(self, seconds: float = 60) -> None:
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            try:
                with urlopen(f"{self.url}/health", timeout=2) as answer:
                    if answer.status == 200:
                        return
            except (URLError, OSError):
                time.sleep(0.05)
        raise AssertionError(f"The server did not answer:\n{self.log.read_text()[-3000:]}")

    def work(self) -> None:
        """Let a worker do what is due, and end."""
        command = [sys.executable, "-m", "flask", "--app", "run", "work", "--once"]
        subprocess.run(command, cwd=ROOT, env=self.environ, capture_output=True, check=True)

    def kill(self) -> None:
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def stop(self) -> None:
        if self.process and self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGTERM)
            self.process.wait(30)
