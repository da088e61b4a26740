"""Atom feeds (RFC 4287): new guides of the whole site, of a topic, of a partner."""

from datetime import datetime

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import get_language

from content.home import page_at

NEWEST = 30


def feed(request: HttpRequest, path: str) -> HttpResponse:
    """List the newest guides of a page that lists guides, newest first.

    path: that page's, below the language's own part. Raises Http404 for other pages.
    """
    page = page_at(path, get_language())
    if page is None or not page.is_shown or not hasattr(page, "guides_here"):
        raise Http404
    own = f"{page.full_url}feed.atom"
    made = _Feed(
        title=f"{page.title} – {settings.SITE_NAME}",
        link=page.full_url,
        description=page.summary,
        language=get_language(),
        feed_url=own,
        author_name=settings.SITE_NAME,
        changed=page.last_published_at,
    )
    for guide in sorted(page.guides_here, key=lambda guide: (guide.first_published_at, guide.pk), reverse=True)[:NEWEST]:
        made.add_item(
            title=guide.title,
            link=guide.full_url,
            description=guide.summary,
            unique_id=guide.full_url,
            pubdate=guide.first_published_at,
            updateddate=guide.last_published_at,
        )
    return HttpResponse(made.writeString("utf-8"), content_type="application/atom+xml; charset=utf-8")


class _Feed(Atom1Feed):
    """Says of a feed without guides that it changed when its page did: Django's own says now, each time anew."""

    def latest_post_date(self) -> datetime:
        return super().latest_post_date() if self.items else self.feed["changed"]
