"""The registry of helplines as one file: helplines.yaml."""

from django.core.exceptions import ValidationError

from content.models import Helpline, HelplineWay

from . import LibraryError, documents

FIELDS = [
    "key",
    "name",
    "need",
    "group",
    "what_for",
    "who_for",
    "cost",
    "area",
    "source_url",
    "status",
    "checked_on",
    "checked_by",
    "check_again_by",
    "is_first_call",
    "doubt",
    "position",
]
WAY_FIELDS = ["kind", "value", "keyword", "note", "hours"]


def load(text: str, name: str, *, overwrite: bool) -> int:
    """Put the helplines of a file into the registry; those already there are kept unless told.

    text: the file; name: how errors call it. Returns how many were put in. Raises LibraryError with file and line.
    """
    done = 0
    for line, record in documents.read_list(text, name):
        try:
            done += _load_one(dict(record), overwrite=overwrite)
        except (ValidationError, TypeError, ValueError) as error:
            said = "; ".join(error.messages) if isinstance(error, ValidationError) else str(error)
            raise LibraryError(f"{name}:{line}: {record.get('key', 'a helpline without a key')}: {said}") from error
    return done


def _load_one(record: dict, *, overwrite: bool) -> bool:
    ways = [HelplineWay(**way) for way in record.pop("ways")]
    helpline = Helpline.objects.filter(key=record["key"]).first()
    if helpline and not overwrite:
        return False
    helpline = helpline or Helpline()
    for name in FIELDS:
        setattr(helpline, name, record.pop(name, Helpline._meta.get_field(name).get_default()))
    if record:
        raise ValueError(f"“{', '.join(record)}” is not known here. Write one of: {', '.join([*FIELDS, 'ways'])}.")
    for order, way in enumerate(ways):
        way.sort_order = order
        way.full_clean(exclude=["helpline"])
    helpline.ways = ways
    helpline.full_clean()
    helpline.save()
    return True


def export() -> str:
    """Write the whole registry as the text of a file."""
    records = []
    for helpline in Helpline.objects.prefetch_related("ways"):
        record = {name: getattr(helpline, name) for name in FIELDS}
        ways = [{name: getattr(way, name) for name in WAY_FIELDS} for way in helpline.ways.all()]
        records.append(_without_empty(record) | {"ways": [_without_empty(way) for way in ways]})
    return documents.write_list(records)


def _without_empty(record: dict) -> dict:
    return {name: value for name, value in record.items() if value not in (None, "", False)}
