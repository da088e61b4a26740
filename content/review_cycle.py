"""How often that which readers rely on is checked again. Pure: no Django.

The NHS reads its pages again after three years (nhsuk-service-manual, issue 915). We are stricter: wrong advice on a hard
subject does more harm, and a number that nobody answers does most. An east London crisis line ended on 31 January 2025
(elft.nhs.uk); checked every 90 days, its number would be gone by 1 May.
"""

from datetime import date, timedelta

YEARS = 2
YEARS_IF_HARD = 1
HELPLINE_DAYS = 90


def next_review(last: date, *, hard: bool) -> date:
    """Give the day by which a page must be read again.

    last: when it was last read; hard: whether it is about a hard subject.
    """
    year = last.year + (YEARS_IF_HARD if hard else YEARS)
    try:
        return last.replace(year=year)
    except ValueError:  # 29 February
        return last.replace(year=year, day=28)


def next_check(last: date) -> date:
    """Give the day by which a helpline must be checked again. last: when it was last checked."""
    return last + timedelta(days=HELPLINE_DAYS)
