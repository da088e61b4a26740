"""Starts the real site with the real command, in a folder of its own."""

import os
import re
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from dataclasses import dataclass, field
from pathlib import Path

PROJECT = Path(__file__).parent.parent
PATIENCE = 1800
"""Half-seconds to wait for a start: making everything in twelve languages takes minutes on a small, busy machine."""


@dataclass
class Site:
    """A site that `manage.py up` serves."""

    address: str
    folder: Path
    log: Path
    process: subprocess.Popen
    recovery_codes: list[str] = field(default_factory=list)
    """The first editor's, once somebody has added her phone."""

    @property
    def said(self) -> str:
        """All it has printed so far, its log included."""
        return self.log.read_text("utf-8")

    @property
    def password(self) -> str:
        """The first editor's password, as it was printed."""
        return re.search(r"shown only now:\n\s+(\S+)", self.said)[1]

    def stop(self) -> None:
        """End it and wait until it is gone."""
        self.process.terminate()
        self.process.wait(30)


def environment(folder: Path, **more: str) -> dict[str, str]:
    """Give the environment of a newcomer, but for where things are kept."""
    ours = {"DJANGO_SETTINGS_MODULE", "DATABASE_URL", "SITE_URL", "PRODUCTION", "SAMPLE_CONTENT", "SECRET_KEY"}
    return (
        {name: value for name, value in os.environ.items() if name not in ours}
        | {"VAR_DIR": str(folder), "SEARCH_MODEL": "0"}
        | more
    )


def manage(folder: Path, *words: str, **more: str) -> subprocess.CompletedProcess:
    """Run a command of manage.py to its end and keep what it prints."""
    command = [sys.executable, "manage.py", *words]
    return subprocess.run(command, cwd=PROJECT, env=environment(folder, **more), capture_output=True, text=True, check=False)


def start(folder: Path) -> Site:
    """Run `manage.py up` on a free port and wait until it answers. Raises AssertionError with its words when it does not."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    log = folder / "up.log"
    command = [sys.executable, "manage.py", "up", "--port", str(port)]
    with log.open("w") as out:
        process = subprocess.Popen(command, cwd=PROJECT, env=environment(folder), stdout=out, stderr=subprocess.STDOUT)
    site = Site(f"http://127.0.0.1:{port}", folder, log, process)
    for _ in range(PATIENCE):
        assert process.poll() is None, site.said
        try:
            with urllib.request.urlopen(f"{site.address}/healthz") as answer:
                assert answer.status == 200
                return site
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.5)
    site.stop()
    raise AssertionError(site.said)
