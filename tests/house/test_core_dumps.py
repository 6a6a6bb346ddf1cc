"""Neither process leaves a core dump, which would hold keys and words."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
WEB = "import runpy; runpy.run_path('gunicorn.conf.py')"
WORKER = "from run import app; app.test_cli_runner().invoke(args=['work', '--once'])"
TELL = """
import ctypes, resource
print(*resource.getrlimit(resource.RLIMIT_CORE), ctypes.CDLL(None).prctl(3, 0, 0, 0, 0))
"""


@pytest.mark.skipif(sys.platform != "linux", reason="the mark is Linux's own")
@pytest.mark.parametrize("process", [WEB, WORKER])
def test_no_process_leaves_a_core_dump_or_lets_others_look_into_it(process, sqlite_url, tmp_path):
    environ = {"PATH": os.environ["PATH"], "DEMO": "0", "SECRET_KEY": "k" * 40}
    environ |= {"DATABASE_URL": sqlite_url, "INSTANCE_DIR": str(tmp_path)}
    done = subprocess.run(
        [sys.executable, "-c", process + TELL], cwd=ROOT, env=environ, capture_output=True,
        text=True, check=True,
    )  # fmt: skip
    assert done.stdout.split() == ["0", "0", "0"], done.stderr
