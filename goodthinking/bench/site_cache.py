"""A peer: the site without copies, behind Django's own cache of whole pages in the memory of the process."""

from django.conf import settings
from django.core.wsgi import get_wsgi_application

settings.MIDDLEWARE = [
    "django.middleware.cache.UpdateCacheMiddleware",
    *settings.MIDDLEWARE,
    "django.middleware.cache.FetchFromCacheMiddleware",
]
application = get_wsgi_application()
"""A WSGI application."""
