"""A serving process does not outlive the one that started it: it would keep the port, and nobody would make copies."""

import multiprocessing
import os
import threading
import time

PAUSE = 0.5
"""Seconds between two looks."""


def end_with_parent() -> None:
    """End this process once the one that started it is gone, even if that was killed.

    Only where that is a Python program, as granian is, which has no reason to leave its processes alone. Another server may
    well be left alone by the shell that started it.
    """
    if parent := multiprocessing.parent_process():
        threading.Thread(target=_end_after, args=[parent.pid], name="parent-watch", daemon=True).start()


def _end_after(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(PAUSE)
    os._exit(1)
