"""A peer: the site without copies, behind Django's own cache of whole pages in the memory of the process."""

from django.conf import settings
from django.core.wsgi import get_wsgi_application

# Within our headers: Django caches nothing that says no-cache, as they do.
_headers, *_others = settings.MIDDLEWARE
settings.MIDDLEWARE = [
    _headers,
    "django.middleware.cache.UpdateCacheMiddleware",
    *_others,
    "django.middleware.cache.FetchFromCacheMiddleware",
]
application = get_wsgi_application()
"""A WSGI application."""
