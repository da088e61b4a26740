"""How the site is, in one line for whoever watches over it."""

import os
import shutil
from collections.abc import Iterator

from django.conf import settings
from django.db import Error
from django.http import HttpRequest, HttpResponse

from wagtail.models import Site

from .snapshots import STATE
from .snapshots.build import is_late

LEAST_ROOM = 100_000_000
"""Bytes below which a disk counts as full: whoever is told still has time to act."""

NO_DATABASE = "the database cannot be reached, so searches and forms are not answered"
LATE = "pages have waited over a minute for new copies: see the log, and whether `up` or `snapshots --keep-on` runs"
NO_ROOM = "the disk is full or cannot be written to, so editors cannot add anything"
NO_COPIES = "copies cannot be written to the disk, so a new process needs the database"


def healthz(request: HttpRequest) -> HttpResponse:
    """Say how the site is, in one line.

    `ready`; `degraded` and why, while published pages are served all the same; or, with 503, `live`: it runs, and has
    nothing to serve.
    """
    held = request.META.get(STATE, {"fresh": 0, "old": 0, "disk": True, "away": False})
    why = [NO_DATABASE] if held["away"] else list(_faults_of_the_database())
    why += _faults_of_the_disk()
    if NO_DATABASE in why and not held["fresh"] + held["old"]:
        return _line(f"live: {NO_DATABASE}", status=503)
    if not held["disk"]:
        why.append(NO_COPIES)
    return _line(f"degraded: {'; '.join(why)}" if why else "ready")


def _faults_of_the_database() -> Iterator[str]:
    try:
        Site.objects.exists()
        if is_late():
            yield LATE
    except Error:
        yield NO_DATABASE


def _faults_of_the_disk() -> Iterator[str]:
    if not os.access(settings.VAR_DIR, os.W_OK) or shutil.disk_usage(settings.VAR_DIR).free < LEAST_ROOM:
        yield NO_ROOM


def _line(text: str, status: int = 200) -> HttpResponse:
    headers = {"Cache-Control": "no-store"}
    return HttpResponse(f"{text}\n", status=status, content_type="text/plain; charset=utf-8", headers=headers)
