"""What the web server calls: copies of published pages first, then Django, which is loaded when it is asked."""

import os
import warnings

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "goodthinking.settings")

from django.conf import settings
from django.utils.log import configure_logging

from goodthinking.orphans import end_with_parent
from goodthinking.snapshots.disk import Disk
from goodthinking.snapshots.server import Application, SnapshotServer


def django_application() -> Application:
    """Load Django with all its applications."""
    from django.core.wsgi import get_wsgi_application

    return get_wsgi_application()


end_with_parent()
# The table of copies is read while Django loads: it needs no application for that.
warnings.filterwarnings("ignore", "Accessing the database during app initialization", RuntimeWarning)
configure_logging(settings.LOGGING_CONFIG, settings.LOGGING)
application = SnapshotServer(
    django_application,
    Disk(settings.SNAPSHOTS_DIR),
    settings.SITE_URL,
    hosts=settings.SNAPSHOTS_HOSTS,
    proxies=settings.TRUSTED_PROXIES,
    threads=settings.SERVER_THREADS,
    instead={"": f"/{settings.SNAPSHOTS_INSTEAD}"}
    | {code: f"/{code}/{settings.SNAPSHOTS_INSTEAD}" for code, _name in settings.LANGUAGES},
)
