"""`manage.py up`: from nothing to a site that answers, again and again, losing nothing."""

import errno
import hashlib
import multiprocessing
import os
import secrets
import socket
import threading
from argparse import ArgumentParser
from importlib.metadata import version
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError, OperationalError, connection

from wagtail.models import Site

from content.approvals.tasks import set_up_workflow
from content.desk.languages.roles import set_up_translators
from content.desk.roles import set_up_roles
from content.library import FOLDER
from content.library.load import load, site_is_empty
from content.library.translations import languages_not_begun, load_translations, set_up_languages
from content.translations import subtree
from goodthinking import env
from goodthinking.catalogues import CatalogueError, compile_catalogues
from goodthinking.pages import make_every_picture_ready
from goodthinking.snapshots import release
from goodthinking.snapshots.build import Builder
from search import indexing, starter
from search.models import SearchDocument

WORKERS = 2
"""Two processes, so that one serves while the other is killed and started again."""

PATIENCE = 10
"""Seconds in which what makes copies may end: it may wait for the database, and nothing is lost with it."""


class Command(BaseCommand):
    help = "Makes everything the site needs, then serves it. Run it as often as you like."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--prepare", action="store_true", help="make everything, do not serve")
        parser.add_argument("--no-model", action="store_true", help="search by words alone: no search model is installed")
        parser.add_argument("--host", help="the address to listen on (default: that of SITE_URL, or 127.0.0.1)")
        parser.add_argument("--port", type=int, help="the port to listen on (default: that of SITE_URL, or 8000)")

    def handle(
        self, *args: object, prepare: bool, no_model: bool, host: str | None, port: int | None, **options: object
    ) -> None:
        host, port = self._listen_on(host, port)
        if no_model:
            settings.SEARCH_MODEL, os.environ["SEARCH_MODEL"] = False, "0"
        lost = self._lost_database()
        if lost and prepare:
            raise CommandError(lost)
        if not prepare:
            _free_address(host, port)  # nobody waits for minutes to hear of it
        try:
            if lost:
                self.stdout.write(f"{lost} Until then its pages are served from the copies.")
            else:
                self._prepare()
        except OperationalError as error:
            raise CommandError(f"The database cannot be reached ({error}). Look at DATABASE_URL.") from error
        except CatalogueError as error:
            raise CommandError(str(error)) from error
        self.stdout.write("")
        self.stdout.write(f"The site:   {settings.SITE_URL}/")
        self.stdout.write(f"The editor: {settings.WAGTAILADMIN_BASE_URL}{settings.EDITOR_PATH}")
        self.stdout.flush()
        if prepare:
            return
        address = _free_address(host, port)
        if not lost:
            subtree.wake()
        self._serve(address, port)

    def _listen_on(self, host: str | None, port: int | None) -> tuple[str, int]:
        """Choose where to listen; the site's own address follows unless SITE_URL says otherwise."""
        # As it was written: the setting leaves out a usual port.
        own = urlsplit(env.text("SITE_URL", settings.SITE_URL))
        if port is not None and not 0 < port < 65536:
            raise CommandError(f"--port {port} is no port. Choose a number from 1 to 65535, for example 8000.")
        host, port = host or ("127.0.0.1" if settings.PRODUCTION else own.hostname), port or own.port or 8000
        if not env.text("SITE_URL", ""):
            shown = env.in_an_address("127.0.0.1" if host in {"0.0.0.0", "::"} else host)  # noqa: S104 (compared, not bound)
            os.environ["SITE_URL"] = f"http://{shown}:{port}"
            settings.SITE_URL = env.address("SITE_URL")
            # Settings that follow from it were computed before.
            settings.ALLOWED_HOSTS = [*settings.ALLOWED_HOSTS, shown]
            if not settings.EDITOR_HOST:
                settings.WAGTAILADMIN_BASE_URL = settings.SITE_URL
        return host, port

    def _lost_database(self) -> str:
        """Say that a site which has copies of its pages has no database: nothing is begun anew over it. Empty if it has."""
        if not any(Path(settings.SNAPSHOTS_DIR).glob("*.snap")):
            return ""
        try:
            if "django_migrations" in connection.introspection.table_names():
                return ""
            what = "is empty"
        except DatabaseError as error:
            what = f"cannot be reached ({error})"
        return f"The database {what}. Bring it back, or delete the folder snapshots under VAR_DIR to begin a new site."

    def _prepare(self) -> None:
        self._step("Database")
        call_command("migrate", interactive=False, verbosity=0)
        call_command("createcachetable", verbosity=0)
        set_up_workflow()
        set_up_languages()
        self._step("Words of the interface")
        compile_catalogues(Path(settings.LOCALE_PATHS[0]))
        if site_is_empty():
            self._step("Starter library")
            load(FOLDER, say=self._progress)
        set_up_roles()
        if begun := languages_not_begun():
            self._step("Starter library in other languages (a minute the first time)")
            load_translations(FOLDER / "translations", begun, say=self._progress)
        set_up_translators()
        if starter.load() or not SearchDocument.objects.exists():
            self._step("Search")
            indexing.rebuild()
        if settings.SEARCH_MODEL:
            self._search_model()
        self._own_address()
        self._static_files()
        self._step("Pictures (a minute the first time)")
        make_every_picture_ready(say=self._progress)
        release.notice()
        self._first_editor()

    def _step(self, what: str) -> None:
        self.stdout.write(f"{what} …")
        self.stdout.flush()

    def _progress(self, line: str) -> None:
        self.stdout.write(f"  {line}")
        self.stdout.flush()

    def _search_model(self) -> None:
        """Find pages by meaning too. Everything works without it, so nothing stops where it cannot be had."""
        self._step("Search model (a minute the first time; --no-model goes without)")
        try:
            call_command("search_model")
        except CommandError as error:
            self._progress(str(error))

    def _own_address(self) -> None:
        own = urlsplit(settings.SITE_URL)
        host, port = env.in_an_address(own.hostname), own.port or env.USUAL_PORTS[own.scheme]
        site = Site.objects.get(is_default_site=True)
        if (site.hostname, site.port, site.site_name) != (host, port, settings.SITE_NAME):
            site.hostname, site.port, site.site_name = host, port, settings.SITE_NAME
            site.save()

    def _static_files(self) -> None:
        """Hash and compress styles and scripts, unless nothing has changed since the last time."""
        digest = hashlib.sha256(" ".join(version(name) for name in ("django", "wagtail", "wagtail-localize")).encode())
        for path in sorted(settings.BASE_DIR.joinpath("static").rglob("*.*")):
            digest.update(path.name.encode() + path.read_bytes())
        stamp = settings.STATIC_ROOT / ".made-from"
        if stamp.exists() and stamp.read_text() == digest.hexdigest():
            return
        self._step("Styles and scripts (half a minute the first time)")
        call_command("collectstatic", interactive=False, verbosity=0)
        stamp.write_text(digest.hexdigest())

    def _first_editor(self) -> None:
        """Make one editor with a password nobody has seen, when there is no editor at all."""
        users = get_user_model().objects
        if users.exists():
            return
        password = secrets.token_urlsafe(15)
        users.create_superuser("editor", email="", password=password)
        self.stdout.write("")
        self.stdout.write("The first editor signs in as “editor” with this password. It is shown only now:")
        self.stdout.write(f"  {password}")
        if settings.SECOND_FACTOR:
            self.stdout.write("Have an authenticator app on your phone at hand: the first sign-in asks for a code from it.")

    def _serve(self, address: str, port: int) -> None:
        self.stdout.write("Press Ctrl+C to stop.")
        self.stdout.flush()
        # Serving processes begin empty and load Django when they need it; this one, which has it, makes their copies.
        multiprocessing.set_start_method("spawn", force=True)
        stop = threading.Event()
        builder = threading.Thread(target=Builder().run, args=[stop], name="snapshots-builder", daemon=True)
        builder.start()
        try:
            self._serve_until_stopped(address, port)
        finally:
            stop.set()
            builder.join(PATIENCE)

    def _serve_until_stopped(self, address: str, port: int) -> None:
        from granian import Granian
        from granian.constants import Interfaces

        Granian(
            "goodthinking.wsgi:application",
            address=address,
            port=port,
            interface=Interfaces.WSGI,
            workers=WORKERS,
            blocking_threads=settings.SERVER_THREADS,
            respawn_failed_workers=True,
            websockets=False,
            # The access log is our own (goodthinking/access_log.py): the server's would hold addresses and queries.
            log_access=False,
            # Its warnings are about what we have chosen: more threads than it would.
            log_level="error",
        ).serve()


def _free_address(host: str, port: int) -> str:
    """Find the IP address of a host of this machine on whose port nobody listens. Raises CommandError if there is none."""
    not_ours = f"This machine has no address {host}. Choose another with --host."
    try:
        family, kind, _protocol, _name, address = min(socket.getaddrinfo(host, port, type=socket.SOCK_STREAM))
        with socket.socket(family, kind) as probe:
            # Without SO_REUSEPORT, by which the server would share the port with another `up` and say nothing.
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
    except (socket.gaierror, UnicodeError) as error:
        raise CommandError(not_ours) from error
    except OSError as error:
        if error.errno in {errno.EADDRNOTAVAIL, errno.EAFNOSUPPORT}:
            raise CommandError(not_ours) from error
        is_taken = error.errno == errno.EADDRINUSE
        why = "is taken. Stop what uses it, or choose" if is_taken else f"cannot be used ({error.strerror}). Choose"
        raise CommandError(f"Port {port} on {host} {why} another with --port.") from error
    return address[0]
