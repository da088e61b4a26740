"""`manage.py check_content`: what the site holds, how hard it is to read, and what is missing."""

from collections import Counter
from statistics import median

from django.core.management.base import BaseCommand
from django.db.models import QuerySet
from django.utils import timezone

from wagtail.models import get_page_models

from content import bank_holidays, reading
from content.base import BasePage
from content.models import AudiencePage, CustomImage, GuidePage, Helpline, ModulePage, TopicPage

WORDS = range(400, 901)
"""Words of a guide's body: long enough to help, short enough for 3 am."""

MINUTES_ALONE, MINUTES_AS_A_SESSION = 12, 30
"""What somebody at work can spare: a break, and half an hour of a team's meeting."""

GUIDES_A_TOPIC = 2
GUIDES_AN_AUDIENCE = 3


class Command(BaseCommand):
    help = (
        "Lists guides by topic and audience, their length and reading age, what they lack, and the state of each helpline."
    )

    def handle(self, *args: object, **options: object) -> None:
        guides = list(GuidePage.objects.live().prefetch_related("topics", "audiences", "credits"))
        self._head(f"Guides: {len(guides)} live, {sum(guide.sample for guide in guides)} of them samples")
        self._count("By topic", Counter(topic.slug for guide in guides for topic in guide.topics.all()))
        self._count("By audience", Counter(audience.slug for guide in guides for audience in guide.audiences.all()))
        if guides:
            self._reading(guides)
        modules = list(ModulePage.objects.live())
        self._modules(modules)
        self._goals(guides, modules)
        self._head("Missing")
        missing = [(guide.slug, lack) for guide in guides if (lack := self._lacks(guide))]
        missing += [(module.slug, lack) for module in modules if (lack := self._module_lacks(module))]
        for slug, lack in missing:
            self.stdout.write(f"  {slug}: {', '.join(lack)}")
        if not missing:
            self.stdout.write("  nothing")
        self._helplines(list(Helpline.objects.prefetch_related("ways")))

    def _reading(self, guides: list[GuidePage]) -> None:
        lengths = {guide.slug: len(reading.words(guide.body_text)) for guide in guides}
        hardest = max(guides, key=lambda guide: guide.reading_age)
        self._head("Reading")
        self.stdout.write(
            f"  words: {min(lengths.values())} to {max(lengths.values())}, median {median(lengths.values()):.0f}"
        )
        ages = [guide.reading_age for guide in guides]
        self.stdout.write(f"  reading age: median {median(ages):.1f}, worst {hardest.reading_age} ({hardest.slug})")

    def _modules(self, modules: list[ModulePage]) -> None:
        self._head(f"Modules: {len(modules)} live, {sum(module.sample for module in modules)} of them samples")
        for module in modules:
            least, usual = module.session_minutes
            self.stdout.write(
                f"  {module.slug}: {module.minutes} min alone; session {usual} min, at least {least}; "
                f"reading age {module.reading_age}"
            )

    def _goals(self, guides: list[GuidePage], modules: list[ModulePage]) -> None:
        topics = Counter(topic.slug for guide in guides for topic in guide.topics.all())
        audiences = Counter(audience.slug for guide in guides for audience in guide.audiences.all())
        lengths = {guide.slug: len(reading.words(guide.body_text)) for guide in guides}
        short = {
            f"{WORDS[0]} to {WORDS[-1]} words": [slug for slug, length in lengths.items() if length not in WORDS],
            f"reading age {reading.READING_AGE} or lower": [
                guide.slug for guide in guides if guide.reading_age > reading.READING_AGE
            ],
            f"modules of at most {MINUTES_ALONE} minutes alone or {MINUTES_AS_A_SESSION} as a session": [
                module.slug
                for module in modules
                if module.minutes > MINUTES_ALONE or module.session_minutes[1] > MINUTES_AS_A_SESSION
            ],
            f"modules of reading age {reading.READING_AGE} or lower": [
                module.slug for module in modules if module.reading_age > reading.READING_AGE
            ],
            "words of half a minute for each guide": [
                guide.slug for guide in guides if not (guide.ask and guide.assist and guide.act)
            ],
            f"{GUIDES_A_TOPIC} guides a topic": [
                topic.slug for topic in TopicPage.objects.live() if topics[topic.slug] < GUIDES_A_TOPIC
            ],
            f"{GUIDES_AN_AUDIENCE} guides an audience": [
                audience.slug for audience in AudiencePage.objects.live() if audiences[audience.slug] < GUIDES_AN_AUDIENCE
            ],
            "a picture for each topic and audience": [
                page.slug for model in (TopicPage, AudiencePage) for page in model.objects.live() if not page.picture_id
            ],
            "a day version and a focal point for each picture in use": [
                picture.title for picture in _pictures_in_use() if not (picture.day_id and picture.has_focal_point())
            ],
        }
        self._head("Goals")
        for goal, names in short.items():
            self.stdout.write(f"  {goal}: {'short: ' + ', '.join(sorted(names)) if names else 'met'}")

    def _lacks(self, guide: GuidePage) -> list[str]:
        wanted = {
            "summary": guide.summary,
            "description for search results": guide.search_description,
            "topic": guide.topics.all(),
            "maker": guide.credits.all(),
            "statement of interests": guide.interests,
            "sources": guide.sources,
            "picture": guide.picture_id,
            "content note": guide.content_note or not guide.is_sensitive,
            "sign-off": guide.sample or guide.signed_off_by,
            "next review": guide.sample or guide.next_review,
        }
        return [name for name, value in wanted.items() if not value]

    def _module_lacks(self, module: ModulePage) -> list[str]:
        wanted = {
            "summary": module.summary,
            "outcomes": module.outcomes,
            "session plan": module.plan,
            "slides": any(child.value["slides"] for child in module.plan),
            "knowledge check": any(child.block_type == "knowledge_check" for child in module.body),
            "statement of interests": module.interests,
            "sources": module.sources,
            "sign-off": module.sample or module.signed_off_by,
            "next review": module.sample or module.next_review,
        }
        return [name for name, value in wanted.items() if not value]

    def _helplines(self, helplines: list[Helpline]) -> None:
        self._head(f"Helplines: {len(helplines)}")
        today = timezone.localdate()
        if bank_holidays.run_out_soon(today):
            self.stdout.write(
                f"  Bank holidays are known until {bank_holidays.KNOWN_UNTIL}: bring content/bank_holidays.py up to date."
            )
        for status in Helpline.Status:
            found = [helpline for helpline in helplines if helpline.status == status]
            self.stdout.write(f"  {status.label}: {len(found)}")
            for helpline in found:
                overdue = " · overdue" if helpline.check_again_by and helpline.check_again_by < today else ""
                doubt = f" · {helpline.doubt}" if helpline.doubt else ""
                self.stdout.write(f"    {helpline.name}{overdue}{doubt}")

    def _head(self, text: str) -> None:
        self.stdout.write(f"\n{text}")

    def _count(self, head: str, counts: Counter) -> None:
        self.stdout.write(f"  {head}: {', '.join(f'{name} {count}' for name, count in sorted(counts.items()))}")


def _pictures_in_use() -> QuerySet[CustomImage]:
    """The pictures at the top of live pages."""
    models = [model for model in get_page_models() if issubclass(model, BasePage)]
    used = {pk for model in models for pk in model.objects.live().values_list("picture_id", flat=True)}
    return CustomImage.objects.filter(pk__in=used)
