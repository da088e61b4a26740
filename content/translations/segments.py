"""What is translated of a page, as wagtail-localize cuts it into strings."""

from wagtail.models import Page
from wagtail_localize.segments import StringSegmentValue
from wagtail_localize.segments.extract import extract_segments


def strings(page: Page) -> dict[str, str]:
    """List what is translated of a page: each string by its place; several of one place are numbered."""
    found: dict[str, str] = {}
    for segment in extract_segments(page):
        if isinstance(segment, StringSegmentValue) and segment.string.data.strip():
            found[f"{segment.path}#{segment.order}" if segment.path in found else segment.path] = segment.string.data
    return found
