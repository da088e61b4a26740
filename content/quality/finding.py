"""What a check says."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Finding:
    """One thing to mend in a page.

    check: the name of the check's module. blocks: whether the page may not go live with it.
    field: the name of the model's field it is in. block: the id of the block in that field, or empty.
    where, why, mend: in plain words for the editor: the place as the form names it, the reason, what to do.
    """

    check: str
    blocks: bool
    field: str
    where: str
    why: str
    mend: str
    block: str = ""
