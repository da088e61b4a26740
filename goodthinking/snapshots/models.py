"""The truth about snapshots: changed in the transaction that publishes, shared by all processes, backed up with the site."""

from django.db import models
from django.db.models import F
from django.db.models.functions import Coalesce
from django.utils import timezone

LONGEST = 400
"""Letters of a path that can have a copy; ours are far shorter."""


class Generation(models.Model):
    """One row: how often something changed, and since when which copies are out of date."""

    counter = models.BigIntegerField(default=0)
    """Grows with every change of a copy or of what it is made of. Its row is locked until the change is committed, so a
    process that has seen a number has seen all before it."""
    changes = models.BigIntegerField(default=0)
    """How often something changed that copies may be made of: what was rendered meanwhile is rendered again."""
    soft = models.BigIntegerField(default=0)
    """Copies made before this are made again in the background, and served until then."""
    hard = models.BigIntegerField(default=0)
    """Copies made before this are not served."""
    newest = models.CharField(max_length=LONGEST, blank=True)
    """The path of the page that was published last: its copy is made first."""
    code = models.CharField(max_length=64, blank=True)
    """The code, templates and styles that copies are made with (snapshots/release.py)."""
    settings = models.CharField(max_length=64, blank=True)
    """The settings that they are made with."""
    waiting_since = models.DateTimeField(null=True)
    """When the first change was made that has no new copies yet, or the last of these: for whoever watches over the site."""
    minded_at = models.DateTimeField(null=True)
    """Until when it is known that nothing began or ended by itself without being noticed."""

    def __str__(self) -> str:
        return f"{self.counter}"

    @classmethod
    def change(cls, *, soft: bool = False, hard: bool = False, newest: str = "") -> int:
        """Count a change of something that copies may be made of, within its own transaction.

        soft: all copies are to be made again; hard: and none of them is served until then; newest: the path of a page that
        was published. Returns the counter.
        """
        following, now = F("counter") + 1, timezone.now()
        marks = {"soft": following} if soft or hard else {}
        # All copies are made after this: nothing that began or ended before can be missing from them.
        marks |= {"hard": following, "minded_at": now} if hard else {}
        waiting = Coalesce(F("waiting_since"), now)
        return cls._count(changes=F("changes") + 1, newest=newest, waiting_since=waiting, **marks).counter

    @classmethod
    def store(cls) -> "Generation":
        """Count that copies are stored, within that transaction. Returns the row as it is from then on."""
        return cls._count(waiting_since=timezone.now())

    def rest(self) -> None:
        """Note that nothing is due, unless something has changed since this was read."""
        if self.waiting_since:
            Generation.objects.filter(pk=1, counter=self.counter).update(waiting_since=None)

    @classmethod
    def now(cls) -> "Generation":
        """Read the row, all zeros where nothing has ever changed."""
        return cls.objects.filter(pk=1).first() or cls(pk=1)

    @classmethod
    def _count(cls, **changes: object) -> "Generation":
        row = cls.objects.filter(pk=1)
        changes["counter"] = F("counter") + 1
        if not row.update(**changes):
            cls.objects.get_or_create(pk=1)
            row.update(**changes)
        return row.get()


class Snapshot(models.Model):
    """An answer that is the same for everybody, by its path. Without a body: one that is not made yet, or not there."""

    path = models.CharField(max_length=LONGEST, unique=True)
    headers = models.JSONField(default=list)
    """Pairs of name and value, without those that belong to one encoding."""
    br = models.BinaryField(null=True)
    gz = models.BinaryField(null=True)
    digest = models.CharField(max_length=64, blank=True)
    """SHA-256 of headers and body."""
    stale = models.BooleanField(default=True, db_index=True)
    """What it was made of has changed: it is not served while it can be made anew."""
    built = models.BigIntegerField(default=0, db_index=True)
    """The generation's counter before it was rendered."""
    built_on = models.DateField(null=True)
    """The day it was rendered on, for pages speak of days."""
    touched = models.BigIntegerField(default=0, db_index=True)
    """The counter when it was last marked or stored: who stores must have read the newest."""

    def __str__(self) -> str:
        return self.path


class SnapshotRead(models.Model):
    """A row of another table that was loaded while a snapshot was rendered."""

    snapshot = models.ForeignKey(Snapshot, on_delete=models.CASCADE, related_name="reads")
    kind = models.CharField(max_length=80)
    """A model's label in small letters; `page` for all pages."""
    key = models.BigIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["snapshot", "kind", "key"], name="one_read_of_a_row")]
        indexes = [models.Index(fields=["kind", "key"], name="reads_of_a_row")]

    def __str__(self) -> str:
        return f"{self.kind}:{self.key}"


class PageState(models.Model):
    """What of a live page decides where it is listed and how it is reached, to tell whether that changed."""

    page_id = models.BigIntegerField(primary_key=True)
    digest = models.CharField(max_length=64)
    place = models.TextField()
    """Its place in the page tree, with slashes."""

    def __str__(self) -> str:
        return self.place
