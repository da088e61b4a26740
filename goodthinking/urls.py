"""Every address of the site on one screen."""

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path, re_path

from wagtail.admin import urls as wagtailadmin_urls
from wagtail.urls import serve_pattern

from content.desk import sign_off_link
from search import views as search_views

from . import errors, feeds, files, health, pages

handler400 = "goodthinking.errors.bad_request"
handler403 = "goodthinking.errors.permission_denied"
handler404 = "goodthinking.errors.page_not_found"
handler500 = "goodthinking.errors.server_error"

urlpatterns = [
    # Nothing here can be private, for readers do not sign in: see also BasePage.private_page_options.
    path("cms/collections/<int:collection_id>/privacy/", errors.nothing_is_private),
    # A clinician without an account: before the editor's own addresses, which ask to sign in.
    path("cms/sign-off/<str:token>/", sign_off_link.read_and_sign, name="sign-off"),
    path("cms/sign-off/<str:token>/version/", sign_off_link.version, name="sign-off-version"),
    # Before the editor's own, for whoever opens it does not sign in; goodthinking/privacy.py knows this form too.
    re_path(r"^cms/preview/(?P<token>[\w-]+)/$", pages.shared_draft, name="shared-draft"),
    path("cms/", include(wagtailadmin_urls)),
    # Not wagtail.documents.urls, which would add a public form for passwords.
    path("documents/<int:document_id>/<path:name>", files.document, name="wagtaildocs_serve"),
    path("media/<path:name>", files.media, name="media"),
    path("favicon.ico", files.favicon, name="favicon"),
    path("robots.txt", files.robots, name="robots"),
    path("healthz", health.healthz, name="healthz"),
    path("search.json", search_views.answers, name="search-json"),
    *i18n_patterns(
        path("sitemap.xml", files.sitemap, name="sitemap"),
        path(settings.SNAPSHOTS_INSTEAD, errors.instead, name="instead"),
        path("search/", search_views.results, name="search"),
        path("search/titles.json", search_views.titles, name="search-titles"),
        path("<path:path>feed.atom", feeds.feed, name="feed"),
        path("guides/<slug:slug>/card/", pages.card, name="guide-card"),
        path("training/signposts/", pages.signposts, name="training-signposts"),
        path("training/<slug:slug>/kit/", pages.kit, name="training-kit"),
        path("training/<slug:slug>/kit/slides/", pages.kit, {"template": "content/kit_slides.html"}, name="training-slides"),
        path("training/<slug:slug>/kit.zip", pages.kit_archive, name="training-archive"),
        # Not wagtail.urls, which would add a public log-in with a session and a cookie.
        re_path(serve_pattern, pages.serve, name="wagtail_serve"),
        prefix_default_language=False,
    ),
]
