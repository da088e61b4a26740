"""A peer: the site without copies, every page rendered for everybody who asks."""

from django.core.wsgi import get_wsgi_application

application = get_wsgi_application()
"""A WSGI application."""
