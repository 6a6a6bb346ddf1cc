"""A real Redis that keeps nothing."""

import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from redis import Redis
from redis.exceptions import ConnectionError as RedisDownError
from server import free_port


@contextmanager
def running_redis(program: str, folder: Path) -> Iterator[tuple[str, subprocess.Popen]]:
    """Its address and its process."""
    port = free_port()
    command = [program, "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--dir", folder]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    with Redis(port=port) as client:
        for _ in range(100):
            try:
                client.ping()
                break
            except RedisDownError:
                time.sleep(0.05)
    yield f"redis://127.0.0.1:{port}/0", process
    process.terminate()
    process.wait()
