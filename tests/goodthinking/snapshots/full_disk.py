"""The site on a disk to which no further byte can be written."""

from tests.goodthinking.snapshots.serving import without_room

without_room()

from goodthinking.wsgi import application  # noqa: E402, F401
