"""Every setting, grouped by the question it answers. What differs between machines is read from the environment."""

from pathlib import Path
from urllib.parse import urlsplit

from django.conf.locale import LANG_INFO
from django.core.exceptions import ImproperlyConfigured

from babel import Locale
from csp.constants import NONE, SELF, UNSAFE_INLINE

from . import env, languages, styles

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = Path(env.text("VAR_DIR", str(BASE_DIR / "var")))

# Is this the real thing?
PRODUCTION = env.flag("PRODUCTION")
DEBUG = False
SAMPLE_CONTENT = env.flag("SAMPLE_CONTENT", default=not PRODUCTION)
if PRODUCTION and SAMPLE_CONTENT and not env.flag("SAMPLE_CONTENT_IN_PRODUCTION"):
    raise ImproperlyConfigured(
        "SAMPLE_CONTENT is on, and sample guides have no clinical sign-off. Unset SAMPLE_CONTENT to hide them, "
        "or set SAMPLE_CONTENT_IN_PRODUCTION=1 if this is a public demonstration."
    )

# Where does it live?
SITE_URL = env.address("SITE_URL", None if PRODUCTION else "http://127.0.0.1:8000", secure=PRODUCTION)
SITE_NAME = env.text("SITE_NAME", "A Light On")
ALLOWED_HOSTS = [env.in_an_address(urlsplit(SITE_URL).hostname), *env.words("ALLOWED_HOSTS")]
if not PRODUCTION:
    ALLOWED_HOSTS += ["127.0.0.1", "localhost", "[::1]"]
# Where /cms/ has a host to itself (goodthinking/editor_host.py). Cookies name no host, so each stays on its own.
EDITOR_HOST = env.host("EDITOR_HOST")
if EDITOR_HOST:
    if urlsplit(SITE_URL).netloc.lower() == EDITOR_HOST:
        raise ImproperlyConfigured("EDITOR_HOST is the readers' own host. Give editors another one, or leave it out.")
    ALLOWED_HOSTS.append(urlsplit(f"//{EDITOR_HOST}").hostname)
ROOT_URLCONF = "goodthinking.urls"
WSGI_APPLICATION = "goodthinking.wsgi.application"
EDITOR_PATH = "/cms/"
QUICK_EXIT_URL = env.text("QUICK_EXIT_URL", "https://www.bbc.co.uk/weather")
SECRET_KEY = env.secret("SECRET_KEY", None if PRODUCTION else VAR_DIR / "secret_key")

# What is it made of?
INSTALLED_APPS = [
    "goodthinking",
    "goodthinking.snapshots",
    "search",
    "content",
    "wagtail_localize",
    "wagtail.contrib.redirects",
    "wagtail.contrib.sitemaps",
    "wagtail.embeds",
    "wagtail.sites",
    "goodthinking.apps.UsersConfig",  # Wagtail's users
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "csp",
    "django_otp",
    "django_otp.plugins.otp_totp",
    "django_otp.plugins.otp_static",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.sitemaps",
    "django_tasks",
]
MIDDLEWARE = [
    "goodthinking.privacy.headers",
    "goodthinking.access_log.middleware",
    "goodthinking.privacy.trust_only_known_proxies",
    "goodthinking.privacy.Compression",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "goodthinking.privacy.ContentSecurityPolicy",
    "goodthinking.editor_host.middleware",
    "goodthinking.privacy.refuse_malformed",
    "goodthinking.privacy.EditorSession",
    "goodthinking.privacy.language_from_path",
    "django.middleware.http.ConditionalGetMiddleware",
    "django.middleware.common.CommonMiddleware",
    "goodthinking.lost_database.Refusal",
    "goodthinking.privacy.EditorCsrf",
    "goodthinking.privacy.EditorAuthentication",
    "goodthinking.privacy.EditorMessages",
    "goodthinking.login.end_old_sessions",
    "goodthinking.second_factor.middleware",
    "content.desk.doorkeeper.Doorkeeper",
    "content.desk.not_ready.SayWhyNotLive",
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "goodthinking.errors.site",
            ],
        },
    }
]
TEST_RUNNER = "django.test.runner.DiscoverRunner"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# What does it remember?
DATABASES = {"default": env.database("DATABASE_URL", f"sqlite:///{VAR_DIR / 'site.sqlite3'}")}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
    }
else:
    # A database that does not answer must not keep those waiting who need none.
    DATABASES["default"]["OPTIONS"] = {"connect_timeout": 3} | DATABASES["default"].get("OPTIONS", {})
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
    # Shared by all processes: how often somebody failed to sign in lately (goodthinking/login.py).
    "login": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "login_tries"},
}
TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}

# Which answers are kept as they are? (goodthinking/snapshots/)
SNAPSHOTS_DIR = VAR_DIR / "snapshots"
_PORT = f":{urlsplit(SITE_URL).port or ''}".rstrip(":")
SNAPSHOTS_HOSTS = [] if PRODUCTION else [f"{name}{_PORT}" for name in ("127.0.0.1", "localhost")]
SERVER_THREADS = 16
# What is shown in the place of an answer that cannot be given, in each language.
SNAPSHOTS_INSTEAD = "not-now/"
SNAPSHOTS_EXCLUDE = [EDITOR_PATH, "/static/", "/media/", "/documents/", "/healthz", "/search.json"]
# Models of ours of which no reader sees anything, or only through what is saved with them. Any other change counts.
_UNSEEN = """approval clinicalsignofftask customrendition editorialchecktask firstpassword hold pagetranslation
    previewlink signofflink subtreetranslation"""
SNAPSHOTS_IGNORE = ["search", *(f"content.{name}" for name in _UNSEEN.split())]
# What no page lists: only those that show one of them are made again.
SNAPSHOTS_NEVER_LISTED = ["content.customimage", "content.customdocument"]
# What matters on every page at once, or is remembered by a process instead of being asked for.
SNAPSHOTS_AT_ONCE = ["content.notice", "content.registrywords", "wagtailcore.locale", "wagtailcore.site"]
SNAPSHOTS_MOMENTS = ["content.notices.changed_between"]

# What does it say, in which language and time?
LANGUAGE_CODE = languages.SOURCE
LANGUAGES = WAGTAIL_CONTENT_LANGUAGES = languages.LANGUAGES
LANGUAGES_BIDI = ["ar", *(code for code, _name in LANGUAGES if Locale.parse(code, sep="-").text_direction == "rtl")]
for _code, _name in LANGUAGES:
    # Django knows nothing of Somali and Gujarati.
    LANG_INFO.setdefault(_code, {"bidi": _code in LANGUAGES_BIDI, "code": _code, "name": _name, "name_local": _name})
LOCALE_PATHS = [BASE_DIR / "goodthinking" / "locale"]
USE_I18N = WAGTAIL_I18N_ENABLED = True
WAGTAILLOCALIZE_SYNC_LIVE_STATUS_ON_TRANSLATE = False
WAGTAILLOCALIZE_JOBS = {"BACKEND": "content.translations.jobs.Jobs"}
# Only a translator of our own, and only when told where it is: no text goes to anybody else.
LIBRETRANSLATE_URL = env.text("LIBRETRANSLATE_URL", "").rstrip("/")
if LIBRETRANSLATE_URL:
    WAGTAILLOCALIZE_MACHINE_TRANSLATOR = {
        "CLASS": "wagtail_localize.machine_translators.libretranslate.LibreTranslator",
        "OPTIONS": {"LIBRETRANSLATE_URL": LIBRETRANSLATE_URL, "API_KEY": env.text("LIBRETRANSLATE_KEY", "")},
    }
TIME_ZONE = "Europe/London"
USE_TZ = True

# What does a browser get?
STYLES = styles.sheet(BASE_DIR / "static" / "css")
STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
MEDIA_URL = "/media/"
MEDIA_ROOT = VAR_DIR / "media"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
WHITENOISE_ALLOW_ALL_ORIGINS = False

# How safe is it for a reader? (goodthinking/privacy.py says how each is used)
READER_POLICY = {
    "default-src": [NONE],
    **{f"{kind}-src": [SELF] for kind in ("script", "img", "connect", "media", "manifest")},
    "style-src": [SELF, styles.csp_source(STYLES)],
    "form-action": [SELF],
    **{name: [NONE] for name in ("frame-ancestors", "base-uri", "object-src")},
}
EDITOR_POLICY = {
    **READER_POLICY,
    # Wagtail's inline panels and date fields need inline scripts, the translation editor inline styles.
    "script-src": [SELF, UNSAFE_INLINE],
    "script-src-attr": [NONE],
    "style-src": [SELF, UNSAFE_INLINE],
    "img-src": [SELF, "data:", "blob:"],
    "font-src": [SELF],
    "frame-src": [SELF],
    "frame-ancestors": [SELF],
}
# A preview shows what somebody typed to whoever is signed in: nothing that stands in it may run.
PREVIEW_POLICY = {**EDITOR_POLICY, "script-src": [SELF]}
CONTENT_SECURITY_POLICY = {"DIRECTIVES": READER_POLICY}
SECURE_REFERRER_POLICY = "no-referrer"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_HSTS_SECONDS = 63_072_000
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SECURE_SSL_REDIRECT = PRODUCTION
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
TRUSTED_PROXIES = ["127.0.0.1", "::1", *env.words("TRUSTED_PROXY")]
# So a server that listens to IPv6 names IPv4 addresses.
TRUSTED_PROXIES += [f"::ffff:{address}" for address in TRUSTED_PROXIES if "." in address]
# security.W003: CSRF protection is on for /cms/, by a subclass that the check does not know; tests prove it.
# security.W002: framing is refused by frame-ancestors and X-Frame-Options in goodthinking.privacy.headers.
SILENCED_SYSTEM_CHECKS = ["security.W002", "security.W003"]

# Who may edit, and how do they sign in?
LOGIN_URL = "wagtailadmin_login"
SESSION_COOKIE_PATH = CSRF_COOKIE_PATH = EDITOR_PATH
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = PRODUCTION
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Strict"
CSRF_FAILURE_VIEW = "goodthinking.errors.csrf_failure"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
WAGTAILADMIN_USER_LOGIN_FORM = "goodthinking.first_password.SignInForm"
WAGTAIL_PASSWORD_RESET_ENABLED = False
SECOND_FACTOR = env.flag("SECOND_FACTOR", default=True)
if PRODUCTION and not SECOND_FACTOR:
    raise ImproperlyConfigured(
        "SECOND_FACTOR is off, and a password alone can be guessed or stolen. Unset it in production."
    )
OTP_TOTP_ISSUER = SITE_NAME
# A working day at most, and an hour without a touch (goodthinking/login.py): NIST SP 800-63B-4, 2.2.3, allows 24 and 1.
SESSION_COOKIE_AGE = 10 * 60 * 60
SESSION_IDLE_AGE = 60 * 60
# An address decides whose account joins a partner (content/desk/partners.py): only administrators change it.
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False
_RULES = "django.contrib.auth.password_validation"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"{_RULES}.MinimumLengthValidator", "OPTIONS": {"min_length": 15}},
    *({"NAME": f"{_RULES}.{name}Validator"} for name in ("UserAttributeSimilarity", "CommonPassword", "NumericPassword")),
]

# How does the editor behave?
WAGTAIL_SITE_NAME = SITE_NAME
WAGTAILADMIN_BASE_URL = f"{urlsplit(SITE_URL).scheme}://{EDITOR_HOST}" if EDITOR_HOST else SITE_URL
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_ENABLE_UPDATE_CHECK = False
# An edit in the middle of a workflow begins it anew: nobody signs what she has not read.
WAGTAIL_WORKFLOW_REQUIRE_REAPPROVAL_ON_EDIT = True
WAGTAIL_FINISH_WORKFLOW_ACTION = "content.approvals.finish.publish"
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAILEMBEDS_FINDERS = []
WAGTAIL_ALLOW_UNICODE_SLUGS = False
# Finds pages by meaning too, once `manage.py search_model` has installed what it takes (search/vectors.py).
SEARCH_MODEL = env.flag("SEARCH_MODEL", default=True)
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database"}}
# Smallest first; browsers that know neither get a JPEG. At 60 our flat pictures show no difference.
PICTURE_FORMATS = ["avif", "webp"]
WAGTAILIMAGES_AVIF_QUALITY = 60
WAGTAILIMAGES_IMAGE_MODEL = "content.CustomImage"
WAGTAILIMAGES_IMAGE_FORM_BASE = "content.uploads.ImageForm"
WAGTAILIMAGES_EXTENSIONS = ["avif", "gif", "jpg", "jpeg", "png", "webp"]
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 10 * 1024 * 1024
WAGTAILIMAGES_MAX_IMAGE_PIXELS = 40_000_000
WAGTAILDOCS_DOCUMENT_MODEL = "content.CustomDocument"
WAGTAILDOCS_EXTENSIONS = ["csv", "docx", "m4a", "mp3", "mp4", "odt", "pdf", "pptx", "txt", "vtt", "webm", "xlsx"]
WAGTAILDOCS_MAX_UPLOAD_SIZE = 20 * 1024 * 1024
WAGTAILDOCS_SERVE_METHOD = "serve_view"
WAGTAILDOCS_INLINE_CONTENT_TYPES = []
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000

# How does it send mail? Not at all, unless told through which server. No mail carries a password or a link to set one.
globals().update(env.mail_server("EMAIL_URL"))
DEFAULT_FROM_EMAIL = env.text("EMAIL_FROM", f"noreply@{urlsplit(SITE_URL).hostname}")

# What is written down? Never an address, a query, a user agent, or the text of an error (goodthinking/access_log.py).
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"anonymous": {"()": "goodthinking.access_log.AnonymousFormatter"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "anonymous"}},
    "root": {"handlers": ["console"], "level": "INFO"},
    # django.request writes paths and django.security hosts: the access log says all that may be said of a refusal.
    "loggers": {
        "django": {"handlers": [], "level": "INFO"},
        "django.request": {"level": "ERROR"},
        "django.security": {"level": "CRITICAL"},
        "django_tasks": {"level": "WARNING"},
        "wagtail": {"level": "WARNING"},
    },
}
