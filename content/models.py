"""The contents page: every model, from the room it lives in."""

from .guides.pages import GuideIndexPage, GuidePage
from .guides.rows import GuideCredit, RelatedGuide
from .home import HomePage
from .information import InformationPage
from .media import CustomDocument, CustomImage, CustomRendition
from .notices import Hold, Notice
from .partners import PartnerIndexPage, PartnerPage
from .shelves import PartnerShelf
from .support.helplines import Helpline, HelplineWay
from .support.page import UrgentSupportPage
from .topics import AudienceIndexPage, AudiencePage, TopicIndexPage, TopicPage
from .training.pages import CoursePage, ModulePage, TrainingIndexPage

__all__ = [
    "AudienceIndexPage",
    "AudiencePage",
    "CoursePage",
    "CustomDocument",
    "CustomImage",
    "CustomRendition",
    "GuideCredit",
    "GuideIndexPage",
    "GuidePage",
    "Helpline",
    "HelplineWay",
    "Hold",
    "HomePage",
    "InformationPage",
    "ModulePage",
    "Notice",
    "PartnerIndexPage",
    "PartnerPage",
    "PartnerShelf",
    "RelatedGuide",
    "TopicIndexPage",
    "TopicPage",
    "TrainingIndexPage",
    "UrgentSupportPage",
]
