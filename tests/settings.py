"""The site's own settings, with a folder of its own and static files as they lie."""

import atexit
import os
import shutil
import tempfile

os.environ["VAR_DIR"] = tempfile.mkdtemp(prefix="a-light-on-tests-")
atexit.register(shutil.rmtree, os.environ["VAR_DIR"], ignore_errors=True)
os.environ.setdefault("DATABASE_URL", f"sqlite:///{os.environ['VAR_DIR']}/site.sqlite3")

from goodthinking.settings import *  # noqa: E402, F403, TID251 (the tests run the real settings)

STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}  # noqa: F405
# Real hashing takes half a second a try, by design.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
# whitenoise warns when its folder is missing; the browser tests serve the real files.
STATIC_ROOT.mkdir(parents=True, exist_ok=True)  # noqa: F405
# Vectors take minutes; tests/search/test_meaning.py makes those it needs.
SEARCH_MODEL = False
# An AVIF takes a third of a second; the browser tests, and one of pictures, make them for real.
PICTURE_FORMATS = ["webp"]
