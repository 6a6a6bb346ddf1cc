"""How gunicorn serves the site; `python -m gunicorn run:app` reads this file by itself."""

import gc
import os
from pathlib import Path

from gunicorn.glogging import Logger

from engage.config import read_settings
from engage.core_dumps import leave_none

leave_none()
settings = read_settings()  # also makes the key file, before there are several processes

host = f"[{settings.host}]" if ":" in settings.host else settings.host
bind = f"{host}:{settings.port}"

# Two processes use both cores of a small machine; four threads each keep it answering while some
# wait for the disk. WEB_CONCURRENCY is gunicorn's own name for the number of processes.
workers = int(os.environ.get("WEB_CONCURRENCY", "2"))
worker_class = "gthread"
threads = 4
timeout = 60
graceful_timeout = 20

# The file by which workers show that they live: in memory, so that a slow disk kills nobody.
memory = Path("/dev/shm")  # noqa: S108 (the kernel's own; gunicorn makes a private file there)
worker_tmp_dir = str(memory) if memory.is_dir() else None

# Each process opens its own database connections after the fork.
preload_app = False

# No access log: it would hold addresses and times of day. What went wrong is logged to stderr.
accesslog = None
loglevel = "warning"


class QuietLogger(Logger):
    """Gunicorn's log without its one line that names a network address."""

    def warning(self, msg: str, *args: object, **kwargs: object) -> None:
        """Leave the address of whoever sent an unreadable request out."""
        if str(msg).startswith("Invalid request from"):
            super().warning("Invalid request")
        else:
            super().warning(msg, *args, **kwargs)


logger_class = QuietLogger

# Which proxies are believed is decided in one place, by TRUSTED_PROXIES (engage/app.py).
forwarded_allow_ips = ""
control_socket_disable = True


def post_worker_init(_worker: object) -> None:
    """Leave no core dumps. Spare the collector of garbage all that was loaded: it stays."""
    leave_none()
    gc.collect()
    gc.freeze()
