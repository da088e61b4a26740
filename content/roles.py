"""Who does what in /cms/: the names of the groups, and a question one can ask of a user."""

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser

ADMINISTRATORS = "Administrators"
LONDON_EDITORS = "London editors"
CLINICAL_REVIEWERS = "Clinical reviewers"
HELPLINE_KEEPERS = "Helpline keepers"
LIVED_EXPERIENCE_REVIEWERS = "Youth and lived-experience reviewers"
PARTNER_EDITORS = "Partner editors: {partner}"
"""One such group for each partner."""


def translators_of(code: str) -> str:
    """Name the group that translates into a language. code: such as pl."""
    return f"Translators: {code}"


def has_role(user: AbstractBaseUser | AnonymousUser, *roles: str) -> bool:
    """Tell whether somebody has one of some roles; an administrator has them all. Asks the database once a request.

    roles: names of groups, from this module.
    """
    if not user.is_active:
        return False
    if user.is_superuser:
        return True
    if not hasattr(user, "names_of_groups"):
        user.names_of_groups = set(user.groups.values_list("name", flat=True))
    return not user.names_of_groups.isdisjoint({*roles, ADMINISTRATORS})
