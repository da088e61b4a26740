"""The contents page: every model, from the room it lives in."""

from .guides.pages import GuideIndexPage, GuidePage
from .guides.rows import GuideCredit, RelatedGuide
from .home import HomePage
from .information import InformationPage
from .media import CustomDocument, CustomImage, CustomRendition
from .partners import PartnerIndexPage, PartnerPage
from .shelves import PartnerShelf
from .support.helplines import Helpline, HelplineWay
from .support.page import UrgentSupportPage
from .teams import FirstPassword, PartnerTeam
from .topics import AudienceIndexPage, AudiencePage, TopicIndexPage, TopicPage
from .training.pages import CoursePage, ModulePage, TrainingIndexPage

__all__ = [
    "AudienceIndexPage",
    "AudiencePage",
    "CoursePage",
    "CustomDocument",
    "CustomImage",
    "CustomRendition",
    "FirstPassword",
    "GuideCredit",
    "GuideIndexPage",
    "GuidePage",
    "Helpline",
    "HelplineWay",
    "HomePage",
    "InformationPage",
    "ModulePage",
    "PartnerIndexPage",
    "PartnerPage",
    "PartnerShelf",
    "PartnerTeam",
    "RelatedGuide",
    "TopicIndexPage",
    "TopicPage",
    "TrainingIndexPage",
    "UrgentSupportPage",
]
