"""The demonstration borough on a free port of this machine, in a folder that is thrown away."""

import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from engage.config import ROOT
from engage.settings_table import SETTINGS

LAST_LINE = "Stop it with Ctrl-C"
LOGIN = re.compile(r"(\S+@\S+)\s+(\S+)")


@dataclass(frozen=True, slots=True)
class DemoSite:
    """Where it is, and who may sign in: pairs of e-mail address and password."""

    address: str
    logins: list[tuple[str, str]]
    environment: dict[str, str] = field(repr=False)

    def login(self, part: str) -> tuple[str, str]:
        """Return the first login whose address holds `part`, such as `analyst`."""
        return next(login for login in self.logins if part in login[0])

    def code(self, email: str) -> str:
        """What the code generator of an account shows now: good once."""
        command = (sys.executable, "-m", "flask", "--app", "run", "demo", "code", email)
        return subprocess.check_output(command, cwd=ROOT, env=self.environment, text=True).strip()


@contextmanager
def demo_site(loaded: Path | None = None) -> Iterator[DemoSite]:
    """Serve as `make run` does on a machine that has never seen the project, then stop.

    With the folder of a site that is loaded already, serve a copy of it.
    """
    with tempfile.TemporaryDirectory(prefix="engage-demo-") as folder, socket.socket() as probe:
        if loaded is not None:
            shutil.copytree(loaded, folder, dirs_exist_ok=True)
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
        probe.close()
        command, own = (sys.executable, "-m", "tools.serve"), environment(Path(folder), port)
        process = subprocess.Popen(command, cwd=ROOT, env=own, stdout=subprocess.PIPE, text=True)
        try:
            logins = LOGIN.findall(announcement(process))
            yield DemoSite(f"http://127.0.0.1:{port}", logins, own)
        finally:
            process.terminate()
            process.communicate()


def load_into(folder: Path) -> None:
    """Make the folder of a site with the demonstration, as `make run` does before it serves."""
    command = (sys.executable, "-c", "import tools.serve as s; s.prepare(s.read_settings())")
    subprocess.run(command, cwd=ROOT, env=environment(folder, 5000), umask=0o077, check=True)


def environment(folder: Path, port: int) -> dict[str, str]:
    """Keep what the machine needs, but none of its settings of a site."""
    own = {setting.name for setting in SETTINGS}
    kept = {name: value for name, value in os.environ.items() if name not in own}
    return kept | {"INSTANCE_DIR": str(folder), "PORT": str(port)}


def announcement(process: subprocess.Popen[str]) -> str:
    """Read what the server prints until it serves; raises RuntimeError when it ends before."""
    lines = []
    for line in process.stdout or ():
        lines.append(line)
        if LAST_LINE in line:
            return "".join(lines)
    raise RuntimeError("The demonstration site did not start; its messages are above.")
