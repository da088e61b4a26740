"""One site for all tests: migrated once, the starter library loaded once, the clock stopped on a November night."""

import os
from collections.abc import Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.management import call_command
from django.test import Client, override_settings
from django.utils.translation import trans_real

from wagtail.models import Locale
from wagtail.models import Site as WagtailSite

import pytest
import time_machine

from content import notices
from content.approvals.tasks import set_up_workflow
from content.desk.languages.roles import set_up_translators
from content.desk.roles import set_up_roles
from content.library import FOLDER
from content.library.load import load
from content.library.translations import set_up_languages
from content.translations import places, registry
from goodthinking.catalogues import compile_catalogues
from goodthinking.pages import make_every_picture_ready
from search import demand, starter
from tests import build
from tests.languages import WITH_ARABIC
from tests.running import Site, start

NOW = datetime(2026, 11, 24, 3, 0, tzinfo=ZoneInfo("Europe/London"))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Iterator[None]:
    """Where NO_SKIPS is set, as in .ci/run, a test that skips fails: nothing is left out unnoticed."""
    report = yield
    if report.skipped and "NO_SKIPS" in os.environ:
        report.outcome = "failed"
        report.longrepr = f"{item.nodeid} was skipped, and NO_SKIPS is set: {report.longrepr}"
    return report


@pytest.fixture(scope="session", autouse=True)
def _stopped_clock() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture(scope="session", autouse=True)
def _demand_is_written_when_a_test_says_so() -> None:
    """Start no thread that writes demand every ten minutes: it would do so in the middle of a test that has no database."""
    demand._started.set()


@pytest.fixture(autouse=True)
def _nothing_is_remembered() -> None:
    """Forget what the test before made a process remember, which the database has forgotten."""
    notices.forget()
    places.forget()
    registry.forget()


@pytest.fixture(scope="session")
def django_db_setup(_stopped_clock: None, django_db_setup: None, django_db_blocker: object) -> None:
    """Fill the test database once; each test sees it as it was and leaves it so."""
    compile_catalogues(settings.LOCALE_PATHS[0])
    with django_db_blocker.unblock():
        call_command("createcachetable", verbosity=0)
        set_up_workflow()
        set_up_languages()
        load(FOLDER)
        set_up_roles()
        set_up_translators()
        starter.load()
        site = WagtailSite.objects.get()
        site.hostname, site.port = "testserver", 80
        site.save()
        make_every_picture_ready(say=lambda line: None)


@pytest.fixture
def arabic(db: None) -> Iterator[Locale]:
    """A site in English and Arabic with no Arabic page yet. Its interface is in English, so that tests can be read."""
    languages = {"LANGUAGES": WITH_ARABIC, "WAGTAIL_CONTENT_LANGUAGES": WITH_ARABIC, "LANGUAGES_BIDI": ["ar"]}
    with override_settings(**languages):
        silent = trans_real.DjangoTranslation("ar")
        silent._catalog, silent._fallback = trans_real.TranslationCatalog(), None
        trans_real._translations["ar"] = silent
        yield Locale.objects.get_or_create(language_code="ar")[0]


@pytest.fixture
def visitor(db: None) -> Client:
    """A reader's browser, which also sends whatever cookies a former visit may have left."""
    client = Client(raise_request_exception=False)
    client.cookies.load({"sessionid": "left-over", "csrftoken": "left-over", "django_language": "ar"})
    return client


@pytest.fixture
def editor(db: None, django_user_model: type) -> Client:
    """A signed-in administrator's browser."""
    return build.signed_in(django_user_model.objects.create_superuser("ed", password="correct horse battery"))


@pytest.fixture(scope="session")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The real site, started as the README says, with its own database and files."""
    site = start(tmp_path_factory.mktemp("var"))
    yield site
    site.stop()
