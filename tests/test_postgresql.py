"""The whole suite holds on PostgreSQL too, but for the tests that start a site or a browser of their own."""

import os
import subprocess
import sys

import pytest

from tests.postgres import own_postgresql, programs
from tests.running import PROJECT

LEFT_OUT = "not deep and not browser and not up"


@pytest.mark.deep
@pytest.mark.skipif(programs() is None, reason="PostgreSQL is not on this machine: apt-get install postgresql")
def test_every_test_passes_on_postgresql() -> None:
    with own_postgresql() as address:
        command = [sys.executable, "-m", "pytest", "-q", "-n", "auto", "-m", LEFT_OUT]
        done = subprocess.run(
            command, cwd=PROJECT, env=os.environ | {"DATABASE_URL": address}, capture_output=True, text=True, check=False
        )
    assert done.returncode == 0, done.stdout[-20_000:]
