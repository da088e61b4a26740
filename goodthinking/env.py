"""Typed readers of the environment. A wrong or missing value says which one it is and what to do."""

import os
import re
import secrets
import tempfile
from pathlib import Path
from urllib.parse import unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

import dj_database_url

_HOST = r"://(?:[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?|\[[0-9a-f:.]+\])(?::\d+)?/?$"
_ADDRESS = re.compile(rf"https?{_HOST}", re.IGNORECASE)
_SECURE_ADDRESS = re.compile(rf"https{_HOST}", re.IGNORECASE)
YES = {"1", "true", "yes", "on"}
NO = {"0", "false", "no", "off", ""}
USUAL_PORTS = {"http": 80, "https": 443}
THIS_MACHINE = {"localhost", "127.0.0.1", "::1"}


def text(name: str, default: str | None = None, *, hint: str = "") -> str:
    """Read a text from the environment.

    name: the variable; default: what counts when it is unset, None when it must be set; hint: what to set it to.
    Raises ImproperlyConfigured when it is needed and missing.
    """
    value = os.environ.get(name, "").strip() or default
    if value is None:
        raise ImproperlyConfigured(f"{name} is not set. {hint}".strip())
    return value


def secret(name: str, kept: Path | None) -> str:
    """Read a secret from the environment, or give the machine's own, made once.

    kept: the file that holds the machine's own; None when the environment must have it. Raises ImproperlyConfigured.
    """
    if kept is None:
        return text(name, hint="Set it to a long random text that only this site knows.")
    if not kept.exists() or not kept.read_text().strip():
        kept.parent.mkdir(parents=True, exist_ok=True)
        # Whole or not at all, should the machine stop here; only its owner may read it.
        with tempfile.NamedTemporaryFile("w", dir=kept.parent, prefix=f"{kept.name}-", delete=False) as new:
            new.write(secrets.token_urlsafe(64))
        Path(new.name).replace(kept)
    return text(name, kept.read_text().strip())


def flag(name: str, default: bool = False) -> bool:
    """Read a yes or no from the environment.

    name: the variable; default: what counts when it is unset. Raises ImproperlyConfigured for any other word.
    """
    value = os.environ.get(name)
    if value is None:
        return default
    if value.strip().lower() in YES:
        return True
    if value.strip().lower() in NO:
        return False
    raise ImproperlyConfigured(f"{name} is {value!r}. Set it to 1 for yes or 0 for no.")


def words(name: str, default: tuple[str, ...] = ()) -> list[str]:
    """Read a list from the environment, parted by commas.

    name: the variable; default: what counts when it is unset. Returns the parts without spaces around them.
    """
    value = os.environ.get(name)
    if value is None:
        return list(default)
    return [part.strip() for part in value.split(",") if part.strip()]


def address(name: str, default: str | None = None, *, secure: bool = False) -> str:
    """Read a site's own address from the environment.

    name: the variable; default: what counts when it is unset; secure: True when it must be https.
    Returns it as browsers write it: in small letters, without the usual port or a closing slash. Raises
    ImproperlyConfigured when it is missing or has a path, or no host.
    """
    hint = f"Set {name} to the site's own address, for example https://help.example.org"
    value = text(name, default, hint=hint)
    if not (_SECURE_ADDRESS if secure else _ADDRESS).match(value) or not _port_is_possible(value):
        need = "It must start with https:// and" if secure else "It must start with http:// or https:// and"
        raise ImproperlyConfigured(f"{name} is {value!r}. {need} hold a host and nothing after it. {hint}")
    parts = urlsplit(value.lower())
    port = "" if parts.port in {None, USUAL_PORTS[parts.scheme]} else f":{parts.port}"
    return f"{parts.scheme}://{in_an_address(parts.hostname)}{port}"


def in_an_address(name_or_ip: str) -> str:
    """Write a host as it stands in an address: IPv6 in brackets."""
    return f"[{name_or_ip}]" if ":" in name_or_ip else name_or_ip


def host(name: str) -> str:
    """Read a host name from the environment, with a port where it needs one.

    name: the variable. Returns it in small letters, or an empty text when it is unset. Raises ImproperlyConfigured.
    """
    value = text(name, "").lower()
    alone = _ADDRESS.match(f"http://{value}") and _port_is_possible(f"http://{value}") and not value.endswith("/")
    if value and not alone:
        raise ImproperlyConfigured(f"{name} is {value!r}. Set {name} to a host alone, for example desk.example.org")
    return value


def mail_server(name: str) -> dict[str, object]:
    """Read where mail is handed in from the environment.

    name: the variable. Returns the settings of a mail server: without one, of a postman who throws everything away, and
    does not print it either. Between machines it is always encrypted: smtp:// begins in the open and turns to TLS (port
    587), smtps:// begins with it (465). Raises ImproperlyConfigured, without the password.
    """
    value = text(name, "")
    if not value:
        return {"EMAIL_BACKEND": "django.core.mail.backends.dummy.EmailBackend"}
    try:
        parts = urlsplit(value)
        port = parts.port
    except ValueError:
        parts, port = urlsplit(""), None
    if (
        parts.scheme not in {"smtp", "smtps"}
        or not parts.hostname
        or parts.path not in {"", "/"}
        or parts.query
        or parts.fragment
    ):
        example = "smtp://name:password@mail.example.org:587"
        raise ImproperlyConfigured(f"{name} cannot be read. Set {name} to {example}, or leave it out to send no mail.")
    secure = parts.scheme == "smtps"
    return {
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": parts.hostname,
        "EMAIL_PORT": port or (465 if secure else 587),
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_SSL": secure,
        "EMAIL_USE_TLS": not secure and parts.hostname not in THIS_MACHINE,
        "EMAIL_TIMEOUT": 10,
    }


def database(name: str, default: str) -> dict[str, object]:
    """Read where the database is from the environment.

    name: the variable; default: what counts when it is unset. Returns an entry of DATABASES. Raises ImproperlyConfigured.
    """
    value = text(name, default)
    try:
        found = dj_database_url.parse(value, conn_max_age=600)
    except (dj_database_url.ParseError, dj_database_url.UnknownSchemeError, ValueError) as error:
        example = "postgres://name:password@host/database or sqlite:////path/to/site.sqlite3"
        raise ImproperlyConfigured(f"{name} cannot be read. Set {name} to {example}") from error
    return dict(found)


def _port_is_possible(value: str) -> bool:
    try:
        return urlsplit(value).port != 0
    except ValueError:
        return False
