"""Bank holidays in England and Wales: data with its source and its end. Pure: no Django.

Source: www.gov.uk/bank-holidays, as published for 2026 to 2028, substitute days included (Open Government Licence).
"""

from datetime import date, timedelta

KNOWN_UNTIL = date(2028, 12, 31)
WARN_BEFORE = timedelta(days=120)

DATES = tuple(
    date.fromisoformat(day)
    for day in [
        *["2026-01-01", "2026-04-03", "2026-04-06", "2026-05-04", "2026-05-25", "2026-08-31", "2026-12-25", "2026-12-28"],
        *["2027-01-01", "2027-03-26", "2027-03-29", "2027-05-03", "2027-05-31", "2027-08-30", "2027-12-27", "2027-12-28"],
        *["2028-01-03", "2028-04-14", "2028-04-17", "2028-05-01", "2028-05-29", "2028-08-28", "2028-12-25", "2028-12-26"],
    ]
)


def run_out_soon(today: date) -> bool:
    """Tell whether the dates must be brought up to date: the last ones known are near or past."""
    return today > KNOWN_UNTIL - WARN_BEFORE


def coming(today: date, days: int = 60) -> list[date]:
    """List the bank holidays of the next days, today included; yesterday too, for a span that began then."""
    return [day for day in DATES if today - timedelta(days=1) <= day <= today + timedelta(days=days)]
