"""A PostgreSQL of the tests' own: in a folder of its own, on no port, gone afterwards."""

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

DEBIAN = Path("/usr/lib/postgresql")
OWNER = "postgres"
"""Who runs it where the tests run as root, for PostgreSQL refuses root."""


def programs() -> Path | None:
    """Find the folder of initdb and pg_ctl, the newest; None where there is none."""
    found = sorted(DEBIAN.glob("*/bin/initdb"), key=lambda path: int(path.parts[-3])) if DEBIAN.exists() else []
    on_path = shutil.which("initdb")
    return found[-1].parent if found else Path(on_path).parent if on_path else None


@contextmanager
def own_postgresql() -> Iterator[str]:
    """Start one and give its DATABASE_URL. Raises CalledProcessError with what it said when it does not start."""
    bin_folder, root = programs(), os.geteuid() == 0
    with tempfile.TemporaryDirectory(prefix="pg-", ignore_cleanup_errors=True) as folder:
        if root:
            owner = pwd.getpwnam(OWNER)
            os.chown(folder, owner.pw_uid, owner.pw_gid)
        Path(folder).chmod(0o755)

        def run(program: str, *words: str) -> None:
            who = {"user": OWNER, "group": OWNER, "extra_groups": []} if root else {}
            command = [str(bin_folder / program), "--pgdata", f"{folder}/data", *words]
            subprocess.run(command, check=True, cwd=folder, stdout=subprocess.DEVNULL, **who)

        run("initdb", "--auth", "trust", "--username", OWNER, "--encoding", "UTF8")
        options = f"-c listen_addresses='' -c unix_socket_directories='{folder}' -c fsync=off"
        run("pg_ctl", "--wait", "--log", f"{folder}/log", "--options", options, "start")
        try:
            yield f"postgres://{OWNER}@{quote(folder, safe='')}/site"
        finally:
            run("pg_ctl", "--mode", "immediate", "stop")
