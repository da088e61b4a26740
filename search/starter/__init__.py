"""What people say for our words, one file a language: where editors begin. Written for this site."""

from pathlib import Path

from django.conf import settings

import yaml

from search.models import SearchPhrase

FOLDER = Path(__file__).parent


def load() -> int:
    """Put the starter phrases in, for each language that has none yet. Returns how many groups were put in."""
    done = 0
    for language, _name in settings.LANGUAGES:
        source = FOLDER / f"{language}.yaml"
        if source.exists() and not SearchPhrase.objects.filter(language=language).exists():
            groups = yaml.safe_load(source.read_text("utf-8"))
            rows = [
                SearchPhrase(language=language, we_say=group["we_say"], people_say="\n".join(group["people_say"]))
                for group in groups
            ]
            done += len(SearchPhrase.objects.bulk_create(rows))
    return done
