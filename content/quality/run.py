"""All checks over one page."""

from content.base import BasePage

from .finding import Finding


def findings(page: BasePage) -> list[Finding]:
    """List what is to be mended in a page, what blocks first."""
    return []


def blocking(page: BasePage) -> list[Finding]:
    """List what keeps a page from going live."""
    return [finding for finding in findings(page) if finding.blocks]
