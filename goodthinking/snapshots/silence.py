"""Connections to a database that is there and says nothing, such as one whose network is cut: a wait without an end."""

import os
import socket
from contextlib import suppress
from weakref import WeakSet

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.signals import connection_created
from django.dispatch import receiver

_open: WeakSet = WeakSet()


@receiver(connection_created)
def _keep(connection: BaseDatabaseWrapper, **about: object) -> None:
    if connection.vendor == "postgresql":
        _open.add(connection.connection)


def end() -> None:
    """Cut every connection of this process to a PostgreSQL: whoever waits gets an error. SQLite ends waits by itself."""
    for connection in list(_open):
        with suppress(Exception), socket.socket(fileno=os.dup(connection.fileno())) as wire:
            wire.shutdown(socket.SHUT_RDWR)
