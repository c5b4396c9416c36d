"""Every setting of the hall, read from the environment; what is not set has a safe default."""

import secrets
from pathlib import Path
from urllib.parse import urlsplit

from csp.constants import NONE, SELF
from environs import Env

from .database import database

BASE_DIR = Path(__file__).resolve().parent.parent.parent
env = Env(prefix="MOOTHALL_")

# ---- where things lie
VAR = Path(env.str("VAR", str(BASE_DIR / "var")))
DATABASES = {"default": database(env.str("DATABASE", f"sqlite:///{VAR}/moothall.sqlite3"))}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
MEDIA_ROOT = Path(env.str("MEDIA", str(VAR / "media")))
MEDIA_URL = "/media/"
STATIC_URL = "/static/"
STATIC_ROOT = VAR / "static"
COMPILED = Path(env.str("COMPILED", str(VAR / "compiled")))  # templates


def kept_secret() -> str:
    """The hall's own secret, made once and kept beside its data."""
    place = VAR / "secret"
    if not place.exists():
        VAR.mkdir(parents=True, exist_ok=True)
        place.touch(mode=0o600)
        place.write_text(secrets.token_urlsafe(50))
    return place.read_text()


# ---- who may ask, and how
SECRET_KEY = env.str("SECRET", "") or kept_secret()
DEBUG = False
ADDRESS = env.str("ADDRESS", "http://127.0.0.1:8000")  # the hall's public address, in mails and at the payment provider
LOOPBACK = urlsplit(ADDRESS).hostname in ("127.0.0.1", "localhost", "::1") and ADDRESS.startswith("http://")
HTTPS = ADDRESS.startswith("https://")
if not HTTPS and not LOOPBACK and not env.bool("PLAIN_HTTP", False):
    raise SystemExit("MOOTHALL_ADDRESS is neither https nor this machine. Set MOOTHALL_PLAIN_HTTP=1 if that is meant.")
ALLOWED_HOSTS = [
    ADDRESS.split("://")[1].split("/")[0].rsplit(":", 1)[0],
    *(["127.0.0.1", "localhost"] if LOOPBACK else []),
]
CSRF_TRUSTED_ORIGINS = [ADDRESS]
if HTTPS:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_HSTS_SECONDS = 31_536_000
SESSION_COOKIE_NAME = "__Host-session" if HTTPS else "session"
CSRF_COOKIE_NAME = "__Host-csrf" if HTTPS else "csrf"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_ENGINE = "moothall.people.sessions"  # never in the cookie: mailed codes stand in the session
SESSION_COOKIE_AGE = 60 * 60 * 24 * 60
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

# ---- payment: Stripe, or fakepay where this is a demo or a test
STRIPE_KEY = env.str("STRIPE_KEY", "")
STRIPE_WEBHOOK_SECRET = env.str("STRIPE_WEBHOOK_SECRET", "")
STRIPE_API = env.str("STRIPE_API", "https://api.stripe.com")
STRIPE_PAGE = env.str("STRIPE_PAGE", "https://checkout.stripe.com")  # the origin that Pay may lead to
PAYMENT_MINUTES = env.int("PAYMENT_MINUTES", 31)  # how long stock is held for somebody who is paying
PAYMENT_CHECK_SECONDS = env.int("PAYMENT_CHECK_SECONDS", 10)  # how soon the poller looks after a payment by itself

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "worker-src": [SELF],
        "form-action": [SELF, STRIPE_PAGE],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}

# ---- the house
INSTALLED_APPS = [
    "moothall.config",
    "moothall.api",
    "moothall.pages",
    "moothall.feed",
    "moothall.notices",
    "moothall.moderation",
    "moothall.credit",
    "moothall.ideas",
    "moothall.improvements",
    "moothall.pools",
    "moothall.orders",
    "moothall.prices",
    "moothall.payments",
    "moothall.ledger",
    "moothall.catalog",
    "moothall.talk",
    "moothall.polls",
    "moothall.outbox",
    "moothall.people",
    "moothall.activity",
    "moothall.core",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
]
MIDDLEWARE = [
    "moothall.core.watch.watched",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "moothall.api.middleware.problems_only",
    "moothall.pages.middleware.no_endless_bodies",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "moothall.people.sessions.Viewers",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "moothall.people.sessions.sign_ins",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "moothall.pages.middleware.private_answers",
    "moothall.pages.middleware.refusals",
]
ROOT_URLCONF = "moothall.config.urls"
WSGI_APPLICATION = "moothall.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "APP_DIRS": False,
        "DIRS": [
            BASE_DIR / "moothall" / app / "templates"
            for app in (
                "pages",
                "api",
                "feed",
                "notices",
                "ideas",
                "improvements",
                "pools",
                "orders",
                "catalog",
                "talk",
                "polls",
                "outbox",
                "people",
                "core",
            )
        ],
        "OPTIONS": {
            "environment": "moothall.core.jinja.environment",
            "context_processors": ["django.template.context_processors.request", "moothall.pages.context.page"],
        },
    },
    {"BACKEND": "django.template.backends.django.DjangoTemplates", "APP_DIRS": True, "OPTIONS": {}},
]
FORM_RENDERER = "django.forms.renderers.Jinja2"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": env.str("STATICFILES", "whitenoise.storage.CompressedManifestStaticFilesStorage")},
}
WHITENOISE_USE_FINDERS = env.bool("USE_FINDERS", False)
MESSAGE_STORAGE = "django.contrib.messages.storage.cookie.CookieStorage"
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_000_000
FILE_UPLOAD_MAX_MEMORY_SIZE = 1_000_000

# ---- accounts
AUTH_USER_MODEL = "people.Account"
AUTHENTICATION_BACKENDS = ["moothall.people.backend.OneQueryBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 9}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
ACCOUNT_ADAPTER = "moothall.config.accounts.Accounts"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_SIGNUP_FORM_CLASS = "moothall.people.forms.SignupForm"
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_RESEND = True
ACCOUNT_PASSWORD_RESET_BY_CODE_ENABLED = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False
ACCOUNT_SESSION_REMEMBER = True
# Without it all who come through a proxy are one address, and ten wrong passwords a minute shut the door for everybody.
ALLAUTH_TRUSTED_PROXY_COUNT = env.int("PROXIES", 1 if HTTPS else 0)
ACCOUNT_RATE_LIMITS = False if env.bool("NO_LIMITS", False) else {"login_failed": "10/m/ip,5/5m/key"}
MFA_RATE_LIMITS = ACCOUNT_RATE_LIMITS and {"webauthn_login": "10/m/ip"}
# Only those limits and used one-time codes stand in the cache: it is a table, so that all processes count together.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "people_limit",
        "KEY_FUNCTION": "moothall.config.limits.hashed",
        "OPTIONS": {"MAX_ENTRIES": 20_000},
    }
}
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 15 * 60
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = True
ACCOUNT_MAX_EMAIL_ADDRESSES = 5
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_REAUTHENTICATION_TIMEOUT = 10 * 60
MFA_ADAPTER = "moothall.config.accounts.Factors"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes", "webauthn"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_ALLOW_UNVERIFIED_EMAIL = True  # nobody is signed in before their address is proved; a second one may wait
MFA_TOTP_TOLERANCE = 1
MFA_FORMS = {
    "authenticate": "moothall.config.accounts.SecondStep",
    "reauthenticate": "moothall.config.accounts.SecondStepAgain",
}
# So many requests a minute the API takes of a person, and of an address. Each web process counts reads by itself.
API_LIMITS = (
    {}
    if env.bool("NO_LIMITS", False)
    else {
        "read": {"person": env.int("API_READS", 600), "address": env.int("API_READS_ADDRESS", 1200)},
        "write": {"person": env.int("API_WRITES", 120), "address": env.int("API_WRITES_ADDRESS", 600)},
    }
)
LOGIN_REDIRECT_URL = "home"
LOGIN_URL = "account_login"
ACCOUNT_LOGOUT_REDIRECT_URL = "home"

# ---- mail: any address Django's EmailBackend knows; in the demo it stays in /mailbox
EMAIL_BACKEND = env.str("EMAIL_BACKEND", "django.core.mail.backends.smtp.EmailBackend")
EMAIL_HOST = env.str("EMAIL_HOST", "localhost")
EMAIL_PORT = env.int("EMAIL_PORT", 25)
EMAIL_HOST_USER = env.str("EMAIL_USER", "")
EMAIL_HOST_PASSWORD = env.str("EMAIL_PASSWORD", "")
EMAIL_USE_TLS = env.bool("EMAIL_TLS", False)
EMAIL_TIMEOUT = 15
DEFAULT_FROM_EMAIL = env.str("EMAIL_FROM", "hall@localhost")

# ---- words, times
LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English")]
LOCALE_PATHS = [BASE_DIR / "moothall" / "locale"]
USE_I18N = USE_TZ = True
TIME_ZONE = env.str("TIME_ZONE", "UTC")

# ---- what the hall tells of itself
LOG = env.str("LOG", "lines")  # lines; json: also a line for each request; full: nothing left out, for developers only
LOG_REQUESTS = LOG == "json"
METRICS_TOKEN = env.str("METRICS_TOKEN", "")
BACKUPS = env.str("BACKUPS", "")  # a folder for a backup each day
BACKUPS_KEEP = env.int("BACKUPS_KEEP", 14)
FORMATS = {
    "lines": {"()": "moothall.core.logs.plain_lines"},
    "json": {"()": "moothall.core.logs.json_lines"},
    "full": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"},
}
if LOG not in FORMATS:
    raise SystemExit("MOOTHALL_LOG is lines, json or full.")
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": FORMATS,
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": LOG}},
    "root": {"handlers": ["console"], "level": env.str("LOG_LEVEL", "WARNING")},
    "loggers": {
        # Each page that is not there would be a line that may say no more than that.
        "django.request": {"level": "ERROR"},
        "moothall.requests": {"level": "INFO" if LOG_REQUESTS else "WARNING"},
    },
}
CSRF_FAILURE_VIEW = "moothall.pages.errors.csrf_failed"
