"""The contents page: every model, from the room it lives in."""

from .approvals.models import Approval, SignOffLink
from .approvals.tasks import ClinicalSignOffTask, EditorialCheckTask
from .guides.pages import GuideIndexPage, GuidePage
from .guides.rows import GuideCredit, RelatedGuide
from .guides.versions import GuideVersionPage
from .home import HomePage
from .information import InformationPage
from .media import CustomDocument, CustomImage, CustomRendition
from .notices import Hold, Notice
from .partners import PartnerIndexPage, PartnerPage
from .previews import PreviewLink
from .shelves import PartnerShelf
from .support.helplines import Helpline, HelplineWay
from .support.page import UrgentSupportPage
from .teams import FirstPassword, PartnerTeam
from .topics import AudienceIndexPage, AudiencePage, TopicIndexPage, TopicPage
from .training.pages import CoursePage, ModulePage, TrainingIndexPage
from .translations.models import CrisisPhrasesCheck, PageTranslation, RegistryWords, SubtreeTranslation

__all__ = [
    "Approval",
    "AudienceIndexPage",
    "AudiencePage",
    "ClinicalSignOffTask",
    "CoursePage",
    "CrisisPhrasesCheck",
    "CustomDocument",
    "CustomImage",
    "CustomRendition",
    "EditorialCheckTask",
    "FirstPassword",
    "GuideCredit",
    "GuideIndexPage",
    "GuidePage",
    "GuideVersionPage",
    "Helpline",
    "HelplineWay",
    "Hold",
    "HomePage",
    "InformationPage",
    "ModulePage",
    "Notice",
    "PageTranslation",
    "PartnerIndexPage",
    "PartnerPage",
    "PartnerShelf",
    "PartnerTeam",
    "PreviewLink",
    "RegistryWords",
    "RelatedGuide",
    "SignOffLink",
    "SubtreeTranslation",
    "TopicIndexPage",
    "TopicPage",
    "TrainingIndexPage",
    "UrgentSupportPage",
]
