"""The registry of helplines: pages refer to it and never carry a number."""

import json
import re
from dataclasses import asdict
from datetime import datetime
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import EmailValidator, RegexValidator, URLValidator
from django.db import models
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel

from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel
from wagtail.models import Orderable
from wagtail.search import index

from content import bank_holidays, review_cycle
from content import hours as opening
from content.fields import OpeningHoursField
from content.open_now import status

REPLACED_NUMBERS = {
    "08000730066": "withdrawn on 31 January 2025 (elft.nhs.uk): use NHS 111, option 2",
    "08000730003": "withdrawn on 31 January 2025 (elft.nhs.uk): use NHS 111, option 2",
    "03003300630": "replaced on 3 March 2023: Switchboard is on 0800 0119 100",
}
"""Numbers once printed everywhere that nobody answers any more, and why."""


ONLY_IF_CONFIRMED = {"local"}
"""Needs whose services change too often to show before a person has confirmed them: NHS 111, option 2, leads to them all."""


class HelplineQuerySet(models.QuerySet):
    """Helplines, and which of them a reader may see."""

    def shown(self) -> "HelplineQuerySet":
        """Keep what may be shown: nothing that has ended, and unverified samples only while SAMPLE_CONTENT is on."""
        checked = models.Q(status=Helpline.Status.CONFIRMED)
        alive = self.exclude(status=Helpline.Status.DEAD).filter(checked | ~models.Q(need__in=ONLY_IF_CONFIRMED))
        return alive if settings.SAMPLE_CONTENT else alive.exclude(status=Helpline.Status.SAMPLE)

    def first_calls(self) -> "HelplineQuerySet":
        """Keep those to call first, with the ways to reach them."""
        return self.shown().filter(is_first_call=True).prefetch_related("ways")

    def standing_in_for(self, ended: "Helpline") -> "Helpline | None":
        """Find the nearest line that is open day and night: of the same need, else for the same people, else for anyone."""
        open_always = self.shown().filter(ways__kind__in=["call", "text"], ways__hours="24/7").exclude(pk=ended.pk)
        fits = models.Case(
            models.When(need=ended.need, group__in=[ended.group, Helpline.Group.ANYONE], then=0),
            models.When(need=Helpline.Need.TALK, group=Helpline.Group.ANYONE, then=1),
            models.When(need=Helpline.Need.TALK, then=2),
            default=3,
        )
        return open_always.annotate(fits=fits).order_by("fits", "position").prefetch_related("ways").first()


class Helpline(index.Indexed, ClusterableModel):
    """A service one can turn to. Pages refer to it and never carry its number, so a change here is a change everywhere."""

    class Status(models.TextChoices):
        CONFIRMED = "confirmed", _("Confirmed by a person here")
        PUBLISHED = "published", _("From a published source, not yet confirmed by a person here")
        SAMPLE = "sample", _("Unverified sample")
        DEAD = "dead", _("Ended: nobody answers any more")

    class Need(models.TextChoices):
        DANGER = "danger", _("Life in danger")
        TALK = "talk", _("Someone to talk to now")
        YOUNG = "young", _("For children and young people")
        FAMILY = "family", _("For parents and families")
        ABUSE = "abuse", _("Abuse, violence and bullying")
        IDENTITY = "identity", _("Faith, culture, gender and sexuality")
        LOSS = "loss", _("Loss and grief")
        EATING = "eating", _("Eating, drugs, alcohol and gambling")
        WORK = "work", _("Work, money and housing")
        INFORMATION = "information", _("Information and advice")
        LOCAL = "local", _("Crisis lines of London’s mental health trusts")

    class Group(models.TextChoices):
        ANYONE = "anyone", _("Anyone")
        YOUNG = "young", _("Children and young people")
        PARENTS = "parents", _("Parents and families")
        OLDER = "older", _("Older people")
        WOMEN = "women", _("Women")
        MEN = "men", _("Men")
        LGBTQ = "lgbtq", _("LGBTQ+ people")
        FAITH = "faith", _("People of one faith or culture")
        DEAF = "deaf", _("Deaf people")
        WORKERS = "workers", _("People at work")

    key = models.SlugField(unique=True, help_text=_("A short name for the library’s files. Keep it once it is used."))
    name = models.CharField(max_length=100, help_text=_("The service’s own name."))
    need = models.CharField(
        max_length=20, choices=Need.choices, help_text=_("The part of the urgent support page it stands in.")
    )
    group = models.CharField(
        max_length=20,
        choices=Group.choices,
        default=Group.ANYONE,
        verbose_name=_("for whom"),
        help_text=_("Readers can show services for one group only."),
    )
    what_for = models.CharField(max_length=200, help_text=_("What one can call about, in plain words."))
    who_for = models.CharField(max_length=120, help_text=_("Who may call. For example: Anyone under 19."))
    cost = models.CharField(max_length=80, default="Free", help_text=_("What a call costs the caller."))
    area = models.CharField(max_length=80, default="All of the UK", help_text=_("Where it serves."))
    source_url = models.URLField(help_text=_("The page where its number and hours are published."))
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.SAMPLE)
    checked_on = models.DateField(null=True, blank=True, help_text=_("When its number and hours were last checked."))
    checked_by = models.CharField(
        max_length=120, blank=True, help_text=_("The role of who checked. For example: Helpline keeper.")
    )
    check_again_by = models.DateField(
        null=True, blank=True, help_text=_("Check again by then, within 90 days. Leave empty to fill it in.")
    )
    is_first_call = models.BooleanField(
        default=False,
        verbose_name=_("first call"),
        help_text=_("Tick for the few that fit most people: they stand at the top."),
    )
    doubt = models.CharField(
        max_length=200, blank=True, help_text=_("For editors: what is still in doubt. Readers do not see it.")
    )
    position = models.PositiveSmallIntegerField(default=100, help_text=_("Lower numbers stand first."))

    panels = [
        MultiFieldPanel([FieldPanel("name"), FieldPanel("key"), FieldPanel("need"), FieldPanel("group")], _("Service")),
        MultiFieldPanel([FieldPanel("is_first_call"), FieldPanel("position")], _("Where it stands")),
        MultiFieldPanel(
            [FieldPanel("what_for"), FieldPanel("who_for"), FieldPanel("cost"), FieldPanel("area")],
            _("For readers"),
        ),
        InlinePanel("ways", label=_("Way to reach it"), min_num=1),
        MultiFieldPanel(
            [
                FieldPanel("source_url"),
                FieldPanel("status"),
                FieldPanel("checked_on"),
                FieldPanel("checked_by"),
                FieldPanel("check_again_by"),
                FieldPanel("doubt"),
            ],
            _("Checking"),
        ),
    ]
    search_fields = [
        index.SearchField("name"),
        index.SearchField("what_for"),
        index.AutocompleteField("name"),
        index.FilterField("status"),
        index.FilterField("need"),
    ]

    objects = HelplineQuerySet.as_manager()

    class Meta:
        ordering = ["position", "name"]

    def __str__(self) -> str:
        return self.name

    @property
    def is_shown(self) -> bool:
        """Tell whether a reader may see it."""
        if self.status == self.Status.DEAD:
            return False
        if self.need in ONLY_IF_CONFIRMED and self.status != self.Status.CONFIRMED:
            return False
        return settings.SAMPLE_CONTENT or self.status != self.Status.SAMPLE

    @property
    def stand_in(self) -> "Helpline | None":
        """The line shown in its place once its keeper has said that it has ended."""
        return Helpline.objects.standing_in_for(self) if self.status == self.Status.DEAD else None

    @property
    def is_overdue(self) -> bool:
        """Tell whether it should have been checked again by now. It stays, and says when it was last checked."""
        return self.check_again_by is not None and self.check_again_by < timezone.localdate()

    def clean(self) -> None:
        """Let nobody call it confirmed or ended without saying who found so and when; fill in when to check it again.

        Raises ValidationError, also for a date later than every 90 days.
        """
        super().clean()
        if self.status == self.Status.DEAD:
            if not (self.checked_on and self.checked_by):
                raise ValidationError({"status": _("Say when you found that it has ended, and in which role.")})
            if self.is_first_call:
                raise ValidationError(
                    {"status": _("It is a first call: choose another one for the top before you end this.")}
                )
        if self.status == self.Status.CONFIRMED and not (self.checked_on and self.checked_by):
            raise ValidationError({"status": _("Say when it was checked, and by which role, before you call it confirmed.")})
        if self.checked_on and self.status != self.Status.DEAD:
            latest = review_cycle.next_check(self.checked_on)
            self.check_again_by = self.check_again_by or latest
            if self.check_again_by > latest:
                said = _("A helpline is checked every 90 days: choose %(latest)s or earlier, or leave it empty.")
                params = {"latest": date_format(latest, "j F Y")}
                raise ValidationError({"check_again_by": ValidationError(said, params=params)})


class HelplineWay(Orderable):
    """One way to reach a helpline: a number, a code, an address, with its own hours."""

    class Kind(models.TextChoices):
        CALL = "call", _("Call")
        TEXT = "text", _("Text")
        CHAT = "chat", _("Chat online")
        EMAIL = "email", _("Email")
        BSL = "bsl", _("British Sign Language")
        VISIT = "visit", _("Go there")
        WEBSITE = "website", _("Website")

    VALIDATORS = {
        Kind.CALL: RegexValidator(r"^\+?[0-9 ]{3,16}$", _("Write a telephone number: digits and spaces only.")),
        Kind.TEXT: RegexValidator(r"^\+?[0-9 ]{3,16}$", _("Write the number to text: digits and spaces only.")),
        Kind.EMAIL: EmailValidator(_("Write an email address.")),
    }
    IS_A_PAGE = URLValidator(["https"], message=_("Write an address that starts with https://"))

    helpline = ParentalKey(Helpline, on_delete=models.CASCADE, related_name="ways")
    kind = models.CharField(max_length=10, choices=Kind.choices, default=Kind.CALL)
    value = models.CharField(max_length=200, help_text=_("The number, email address or web address."))
    note = models.CharField(max_length=80, blank=True, help_text=_("What else one must know. For example: Choose option 2."))
    keyword = models.CharField(max_length=20, blank=True, help_text=_("For a text: the word to send."))
    hours = OpeningHoursField(
        help_text=_("For example: 24/7, or Mon-Fri 09:00-17:00; Sat 10:00-12:00. Write unknown if you are not sure.")
    )

    panels = [
        FieldPanel("kind"),
        FieldPanel("value"),
        FieldPanel("keyword"),
        FieldPanel("note"),
        FieldPanel("hours"),
    ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.value}"

    @property
    def href(self) -> str:
        """What a tap on it does: dial, text, mail or open."""
        digits = self.value.replace(" ", "")
        schemes = {
            self.Kind.CALL: f"tel:{digits}",
            self.Kind.TEXT: f"sms:{digits}",
            self.Kind.EMAIL: f"mailto:{self.value}",
        }
        return schemes.get(self.kind, self.value)

    @property
    def is_page(self) -> bool:
        """Tell whether it opens another site's page."""
        return self.kind in {self.Kind.CHAT, self.Kind.BSL, self.Kind.VISIT, self.Kind.WEBSITE}

    @property
    def address_in_short(self) -> str:
        """Its address as one says it: of a page the host alone."""
        return urlsplit(self.value).netloc if self.is_page else self.value

    @property
    def hours_data(self) -> str:
        """Its hours as JSON, for the reader's device to work out whether it is open (static/js/open-now.js)."""
        return json.dumps(asdict(self.opening_hours), separators=(",", ":"))

    @property
    def opening_hours(self) -> opening.OpeningHours:
        """Its hours as a week one can reckon with."""
        return opening.parse(self.hours)

    def is_open(self, moment: datetime) -> bool:
        """Tell whether it is open at a moment, as far as its hours are known. moment: aware, in any zone."""
        return bool(status(self.opening_hours, moment, bank_holidays.DATES).open)

    def clean(self) -> None:
        """Refuse what cannot be dialled or opened, and numbers known to be dead. Raises ValidationError."""
        super().clean()
        try:
            self.VALIDATORS.get(self.kind, self.IS_A_PAGE)(self.value)
        except ValidationError as error:
            raise ValidationError({"value": error.messages}) from error
        at_home = re.sub(r"^(?:00)?44(?:0)?", "0", re.sub(r"[^0-9]", "", self.value))
        reason = REPLACED_NUMBERS.get(at_home)
        if reason:
            raise ValidationError({"value": _("Nobody answers this number any more: %(reason)s.") % {"reason": reason}})
