"""The colours of our pictures by night, and what each is by day. Pure.

A picture is drawn once, by night, as SVG. The day's version has the same shapes: what is dark because it is night (walls,
sky, ground, glass, the edge of the lamp's light) takes its colour by day; people, clothes and lit windows keep theirs.
"""

import re

DAY = {
    # ground, frames, poles
    "#10161f": "#566878",
    # walls
    "#1b2634": "#e9dfcc",
    "#243244": "#e0d5bf",
    "#26364a": "#e0d5bf",
    "#2b3b4f": "#c9cfc9",
    # sky and glass, near to far
    "#2f435a": "#a9c6d3",
    "#31465c": "#8fb6c4",
    "#3d5269": "#b4cfd8",
    "#46607a": "#9fc0cc",
    "#5a7189": "#8fb1c0",
    "#5f768e": "#dfe9e8",
    "#6f869c": "#7799ab",
    # leaves in the dark
    "#1d393f": "#6f9f95",
    "#24463f": "#86b08e",
    "#24464c": "#7fae9f",
    "#24533f": "#7fae86",
    "#264f3e": "#7fae86",
    "#2f463f": "#8fb08a",
    # the edge of the lamp's light on walls and floor
    "#27354a": "#f8eed6",
    "#27384a": "#f8eed6",
    "#2a3647": "#f6ecd8",
    "#2c3546": "#f8eed6",
    "#2c394b": "#f6ecd8",
    "#2f3a48": "#f8eed6",
    "#2f3c48": "#f8eed6",
    "#3b4a58": "#f6ecd6",
    "#4c637c": "#f6edd9",
    "#d9a155": "#f3cf93",
}


def by_day(svg: str) -> str:
    """Recolour a picture for the day.

    svg: the text of a picture drawn by night. Returns the same shapes in the colours of the day.
    """
    return re.sub(r"#[0-9a-f]{6}\b", lambda found: DAY.get(found[0], found[0]), svg)
