"""A page as another device would show it: by night, by day, or on paper. Pure."""

LIGHT, DARK, PRINT = "light", "dark", "print"

_ALWAYS, _NEVER = "(min-width: 0)", "(max-width: 0)"


def as_seen(html: str, mode: str) -> str:
    """Rewrite a page's media queries, so that it looks on any screen as it does elsewhere.

    html: a whole page with its styles inside; mode: LIGHT, DARK or PRINT; any other leaves it as it is.
    """
    if mode not in {LIGHT, DARK, PRINT}:
        return html
    # Browsers print by day, whatever the screen is set to.
    scheme, other = (DARK, LIGHT) if mode == DARK else (LIGHT, DARK)
    for space in ("", " "):
        html = html.replace(f"(prefers-color-scheme:{space}{scheme})", _ALWAYS)
        html = html.replace(f"(prefers-color-scheme:{space}{other})", _NEVER)
        html = html.replace(f"color-scheme:{space}dark light", f"color-scheme:{space}{scheme}")
    html = html.replace('name="color-scheme" content="dark light"', f'name="color-scheme" content="{scheme}"')
    return html.replace("@media print", "@media all") if mode == PRINT else html
