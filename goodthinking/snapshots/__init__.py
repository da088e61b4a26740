"""Copies of public pages, made when something is published: a page costs what a file costs and outlives the database.

It knows Wagtail and no page of ours: what a page was made of is noted while it is rendered, what changed is heard from
Django's signals, and whatever is in doubt is rendered again. From what changes to what is served: `changes` marks,
`build` renders (`render`, `reads`) and stores (`models`), `shelf` holds the bytes in a serving process (`disk` keeps them
on its machine), `server` answers before Django is asked.
"""

STATE = "snapshots.state"
"""In the environment of a request that Django answers: what the serving process knows of the database and its copies."""

COPY = "snapshots.copy"
"""Beside it: what gives the text of the last copy of a path, or None."""

MARK = "snapshots.build"
"""In the environment of a request that no reader made."""


def database_is_lost(environ: dict[str, object]) -> bool:
    """Tell whether the serving process of a request got no answer from the database when it asked last."""
    return environ.get(STATE, {"away": False})["away"]
