"""Makes the site larger than it is, for a while: to see what a search costs then."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import transaction

from content.models import GuideIndexPage, GuidePage
from search import indexing
from search.models import SearchDocument, SearchVectors


@contextmanager
def grown(size: int) -> Iterator[None]:
    """Make copies of the guides until so many pages can be found; all is as before afterwards.

    size: pages in the search index. Each copy has words of its own, so that no two are the same to a search.
    """
    with transaction.atomic():
        real = list(GuidePage.objects.live().order_by("pk"))
        parts = {row.pk: row.parts["body"].split() for row in SearchDocument.objects.filter(kind="guide")}
        index = GuideIndexPage.objects.first()
        for number in range(max(0, size - SearchDocument.objects.count())):
            original = real[number % len(real)]
            copy = GuidePage(title=f"{original.title} {number}", slug=f"copy-{number}", summary=original.summary, live=True)
            copy.body, copy.locale_id, copy.sample = original.body, original.locale_id, original.sample
            copy.topics = list(original.topics.all())
            index.add_child(instance=copy)
            indexing.update(copy)
            body = [f"{word}{number % 97}" if place % 3 else word for place, word in enumerate(parts[original.pk])]
            row = SearchDocument.objects.get(pk=copy.pk)
            row.parts["body"] = " ".join(body)
            row.save(update_fields=["parts"])
            for vectors in SearchVectors.objects.filter(pk=original.pk):
                SearchVectors.objects.create(document=row, digest=vectors.digest, stamp=row.stamp, rows=vectors.rows)
        yield
        transaction.set_rollback(True)
