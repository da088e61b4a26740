"""Servers to measure, each on the first processor of the machine, and what they use of it."""

import getpass
import os
import re
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

NGINX = """
load_module /usr/lib/nginx/modules/ngx_http_brotli_static_module.so;
user {user}; worker_processes 1; daemon off; pid {folder}/nginx.pid; error_log {folder}/nginx.log;
events {{ worker_connections 256; }}
http {{
  access_log off; keepalive_requests 100000000; default_type "text/html; charset=utf-8"; brotli_static on;
  client_body_temp_path {folder}/a; proxy_temp_path {folder}/b; fastcgi_temp_path {folder}/c;
  uwsgi_temp_path {folder}/d; scgi_temp_path {folder}/e;
  server {{ listen 127.0.0.1:{port}; root {folder}; }}
}}
"""
TICKS = os.sysconf("SC_CLK_TCK")


@dataclass
class Server:
    """A server at work. path: the page that it is asked for."""

    process: subprocess.Popen
    port: int
    path: str

    @property
    def url(self) -> str:
        """The address of its page."""
        return f"http://127.0.0.1:{self.port}{self.path}"

    def status(self, path: str = "", timeout: float = 10) -> int:
        """Ask for a page. Returns 0 where nothing came."""
        return self.get(path, timeout)[0]

    def get(self, path: str = "", timeout: float = 10) -> tuple[int, bytes]:
        """Ask for a page. Returns its status and body, 0 where nothing came."""
        request = urllib.request.Request(f"http://127.0.0.1:{self.port}{path or self.path}")
        try:
            with urllib.request.urlopen(request, timeout=timeout) as answer:
                return answer.status, answer.read()
        except urllib.error.HTTPError as error:
            return error.code, b""
        except OSError:
            return 0, b""

    @property
    def workers(self) -> list[int]:
        """The processes that it started, whichever of its threads did so."""
        told = [path.read_text().split() for path in Path(f"/proc/{self.process.pid}/task").glob("*/children")]
        return [int(pid) for pids in told for pid in pids]

    @property
    def cpu(self) -> float:
        """Seconds of a processor that it has used so far, with all its processes."""
        return sum(_cpu(pid) for pid in [self.process.pid, *self.workers])

    def memory(self, of: str) -> float:
        """Megabytes of its last worker. of: Rss, or Pss, which counts what is shared in parts."""
        told = Path(f"/proc/{self.workers[-1]}/smaps_rollup").read_text()
        return int(re.search(rf"^{of}:\s+(\d+)", told, re.MULTILINE)[1]) / 1024


def _cpu(pid: int) -> float:
    # After the name in brackets, which may hold spaces: the 12th and 13th field are user and system time (proc_pid_stat).
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICKS


@contextmanager
def granian(application: str, path: str, port: int, *, workers: int = 1, **environment: str) -> Iterator[Server]:
    """Serve a WSGI application. port: where to listen; workers: processes. Waits until it answers."""
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--port", str(port)]
    command += ["--blocking-threads", str(settings.SERVER_THREADS)]
    command += ["--workers", str(workers), "--no-ws", "--log-level", "critical", "--respawn-failed-workers", application]
    own = {"VAR_DIR": str(settings.VAR_DIR), "SITE_URL": settings.SITE_URL, "ALLOWED_HOSTS": "127.0.0.1"}
    with _started(command, path, port, os.environ | own | environment) as server:
        yield server


@contextmanager
def nginx(folder: Path, port: int) -> Iterator[Server]:
    """Serve a folder that holds page.html and page.html.br."""
    config = folder / "nginx.conf"
    config.write_text(NGINX.format(folder=folder, port=port, user=getpass.getuser()))
    with _started(["nginx", "-p", str(folder), "-c", str(config)], "/page.html", port, dict(os.environ)) as server:
        yield server


@contextmanager
def _started(command: list[str], path: str, port: int, environment: dict[str, str]) -> Iterator[Server]:
    process = subprocess.Popen(
        command,
        cwd=settings.BASE_DIR,
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        preexec_fn=lambda: os.sched_setaffinity(0, {min(os.sched_getaffinity(0))}),
    )
    server = Server(process, port, path)
    try:
        deadline = time.monotonic() + 120
        while server.status(timeout=60) != 200:
            if process.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError(f"{command[0]} did not serve {path}.")
            time.sleep(0.005)
        yield server
    finally:
        process.terminate()
        process.wait(30)


def load(server: Server, seconds: float) -> tuple[float, float]:
    """Ask as fast as eight connections can, from the last processor. Returns requests a second, and CPU seconds of one."""
    program = ["wrk", "-t1", "-c8", f"-d{seconds}s", "-H", "Accept-Encoding: br", server.url]
    before = server.cpu
    told = subprocess.run(
        program,
        capture_output=True,
        text=True,
        check=True,
        preexec_fn=lambda: os.sched_setaffinity(0, {max(os.sched_getaffinity(0))}),
    ).stdout
    used = server.cpu - before
    failed = re.search(r"Non-2xx or 3xx responses: (\d+)", told)
    requests = int(re.search(r"(\d+) requests in", told)[1])
    if failed or not requests:
        raise RuntimeError(f"{server.url} failed under load.")
    return float(re.search(r"Requests/sec:\s+([\d.]+)", told)[1]), used / requests
