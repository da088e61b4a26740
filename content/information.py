"""Pages about the site itself: anonymity, accessibility, leaving quickly."""

from .base import BodyPage


class InformationPage(BodyPage):
    """A plain page of text."""

    parent_page_types = ["content.HomePage", "content.TrainingIndexPage", "content.InformationPage"]
    subpage_types = ["content.InformationPage"]
