"""Which encoding a browser gets (RFC 9110, 12.5.3). Pure."""

OURS = ("br", "gzip", "identity")
"""Best first."""


def chosen(accepts: str) -> str:
    """Choose an encoding from an Accept-Encoding header: the most wanted of ours, the smaller first among equals.

    Plain text is what is left when nothing of ours is wanted.
    """
    weights: dict[str, float] = {}
    for part in accepts.lower().split(","):
        name, *parameters = (piece.strip() for piece in part.split(";"))
        weights[name] = next((_weight(value) for value in parameters if value.startswith("q=")), 1.0)
    others = weights.get("*", 0.0)
    wanted = {name: weights.get(name, others) for name in OURS[:-1]}
    wanted["identity"] = weights.get("identity", weights.get("*", 0.001))
    best = max(OURS, key=lambda name: (wanted[name], -OURS.index(name)))
    return best if wanted[best] > 0 else "identity"


def _weight(parameter: str) -> float:
    try:
        weight = float(parameter[2:])
    except ValueError:
        return 0.0
    return weight if 0 <= weight <= 1 else 0.0
