"""Whether a service is open is worked out on the reader's device, and comes out as our own sums do."""

import random
from datetime import datetime, timedelta

from playwright.sync_api import BrowserContext

from content.bank_holidays import DATES
from content.hours import parse
from content.open_now import LONDON, status
from tests.running import Site

HOURS = [
    "Mon-Fri 09:00-17:00",
    "Mon-Sun 17:00-00:00",
    "Fri 22:00-04:00; Sat 10:00-12:00",
    "Mon-Fri 09:00-12:00, 13:00-17:00; bank holidays closed",
    "Sun 00:00-00:00; bank holidays 10:00-16:00",
    "24/7",
    "unknown",
]
ASK = """async ([script, questions, holidays]) => {
    const { london, status } = await import(script);
    return questions.map(([hours, moment]) => status(JSON.parse(hours), london(new Date(moment)), holidays).open);
}"""


def test_the_device_and_the_server_agree_at_a_thousand_moments(context: BrowserContext, running: Site) -> None:
    from content.models import HelplineWay

    chance = random.Random(7)
    first = datetime(2026, 1, 1, tzinfo=LONDON)
    asked = [(chance.choice(HOURS), first + timedelta(minutes=chance.randrange(2 * 365 * 1440))) for _ in range(1000)]
    page = context.new_page()
    page.goto("/urgent-support/")
    script = page.evaluate("document.querySelector('script[src*=open-now]').src")
    questions = [[HelplineWay(hours=hours).hours_data, moment.isoformat()] for hours, moment in asked]
    answers = page.evaluate(ASK, [script, questions, [day.isoformat() for day in DATES]])
    assert answers == [status(parse(hours), moment, DATES).open for hours, moment in asked]
    assert {True, False, None} == set(answers)


def test_a_copy_kept_for_a_week_says_what_is_open_then(context: BrowserContext, running: Site) -> None:
    page = context.new_page()
    page.clock.install(time=datetime(2026, 11, 24, 12, 0, tzinfo=LONDON))
    page.goto("/urgent-support/")
    acas = page.locator(".helpline", has_text="National Bullying Helpline").locator("open-now")
    assert acas.text_content() == "Open now"
    page.clock.set_fixed_time(datetime(2026, 12, 5, 12, 0, tzinfo=LONDON))
    page.evaluate("document.querySelectorAll('open-now').forEach((element) => element.show())")
    assert acas.text_content() == "Closed now"


def test_without_scripts_the_hours_stand_in_words_and_nothing_is_claimed(browser: object, running: Site) -> None:
    context = browser.new_context(base_url=running.address, java_script_enabled=False)
    page = context.new_page()
    page.goto("/urgent-support/")
    assert page.get_by_text("Monday to Friday: 9am to 5pm").first.is_visible()
    assert not page.locator("open-now").first.is_visible()
    context.close()
