"""The environment in, Django's settings out; wrong settings stop the start with one list of everything wrong."""

from __future__ import annotations

from pathlib import Path

from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from .database import database
from .environment import BadEnvironment, read_environment
from .logs import logging_settings
from .secret import secret_key

try:
    ENVIRONMENT = read_environment()
    ENVIRONMENT.home.mkdir(parents=True, exist_ok=True, mode=0o700)
    SECRET_KEY = secret_key(ENVIRONMENT)
    (ENVIRONMENT.home / "static").mkdir(exist_ok=True)
except (BadEnvironment, OSError, UnicodeError) as error:
    raise ImproperlyConfigured(str(error)) from None

SOURCE = Path(__file__).resolve().parent.parent

DEBUG = False
ALLOWED_HOSTS = list(ENVIRONMENT.hosts)
DATABASES = {"default": database(ENVIRONMENT.database, ENVIRONMENT.home, ENVIRONMENT.patience)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
ROOT_URLCONF = "luoshi.config.urls"
WSGI_APPLICATION = "luoshi.config.wsgi.application"

INSTALLED_APPS = [
    "luoshi.desk",
    "luoshi.intake",
    "luoshi.places",
    "luoshi.calendar",
    "luoshi.people",
    "luoshi.documents",
    "luoshi.ledger",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django_htmx",
    "simple_history",
    # Signing in; below our own rooms, whose templates go before.
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    *(["allauth.socialaccount", "allauth.socialaccount.providers.openid_connect"] if ENVIRONMENT.oidc_issuer else []),
]

MIDDLEWARE = [
    "luoshi.config.logs.AccessLog",
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "luoshi.people.signing.gate.Gate",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "simple_history.middleware.HistoryRequestMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]

# The words in the source are simplified Chinese; English lies in locale/en, traditional Chinese is made of them.
LANGUAGE_CODE = ENVIRONMENT.language
LANGUAGES = [("zh-hans", "简体中文"), ("zh-hant", "繁體中文"), ("en", "English")]
LOCALE_PATHS = [SOURCE / "locale"]
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True

STATIC_URL = "static/"
STATIC_ROOT = ENVIRONMENT.home / "static"
WHITENOISE_USE_FINDERS = not ENVIRONMENT.production
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if ENVIRONMENT.production
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}
# Shapes for maps; none: those of the package.
BOUNDARY_DIR = ENVIRONMENT.boundary_dir
MEDIA_ROOT = ENVIRONMENT.home / "files"
LUOSHI_EVIDENCE_MB = ENVIRONMENT.evidence_mb
# The rule of lights: a name, or the path of a file.
LUOSHI_LIGHTS = ENVIRONMENT.lights

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = ENVIRONMENT.production
SESSION_COOKIE_HTTPONLY = True
# Django's deployment check asks for HTTP Strict Transport Security; a year is what browsers' preload lists ask for.
SECURE_HSTS_SECONDS = 31_536_000 if ENVIRONMENT.production else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = ENVIRONMENT.production
# A load balancer asks for these without TLS.
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if ENVIRONMENT.behind_proxy else None

AUTH_USER_MODEL = "people.User"
LOGGING = logging_settings(ENVIRONMENT.log_level)

# --- Signing in (django-allauth); why each is as it is: docs/people.md ---
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
LOGIN_URL, LOGIN_REDIRECT_URL = "account_login", "/"
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
_VALIDATION = "django.contrib.auth.password_validation"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"{_VALIDATION}.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": f"{_VALIDATION}.CommonPasswordValidator"},
    {"NAME": f"{_VALIDATION}.NumericPasswordValidator"},
    {
        "NAME": f"{_VALIDATION}.UserAttributeSimilarityValidator",
        # Below Django's 0.7, which lets a name through that is said twice.
        "OPTIONS": {"user_attributes": ["username", "name", "email"], "max_similarity": 0.6},
    },
]
# The tries are counted here, by all processes of a machine.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
        "LOCATION": ENVIRONMENT.home / "cache",
        # Entries are small; an attack from many addresses must not push out the counts of the others.
        "OPTIONS": {"MAX_ENTRIES": 20_000},
    }
}
# A session ends with the browser, and after a working day at the latest.
SESSION_COOKIE_AGE = 12 * 3600
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_ADAPTER = "luoshi.people.signing.adapter.OurAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if ENVIRONMENT.behind_proxy else 0
MFA_ADAPTER = "luoshi.people.signing.adapter.OurMFAAdapter"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "落实 luoshi"
# One step of thirty seconds either way: an office's clocks differ (RFC 6238, 5.2).
MFA_TOTP_TOLERANCE = 1
MFA_RECOVERY_CODE_DIGITS = 10
LUOSHI_REQUIRE_TOTP = ENVIRONMENT.totp_required
LUOSHI_LOGIN_DAYS = ENVIRONMENT.login_days
if ENVIRONMENT.oidc_issuer and ENVIRONMENT.oidc_secret:
    SOCIALACCOUNT_ADAPTER = "luoshi.people.signing.oidc.OurSocialAdapter"
    SOCIALACCOUNT_PROVIDERS = {
        "openid_connect": {
            "APPS": [
                {
                    "provider_id": "oidc",
                    "name": ENVIRONMENT.oidc_name or "OpenID Connect",
                    "client_id": ENVIRONMENT.oidc_client,
                    "secret": ENVIRONMENT.oidc_secret.get_secret_value(),
                    "settings": {"server_url": ENVIRONMENT.oidc_issuer, "oauth_pkce_enabled": True},
                }
            ]
        }
    }
    # The form that begins single sign-on is answered by a redirect to the issuer.
    CONTENT_SECURITY_POLICY["DIRECTIVES"]["form-action"].append(ENVIRONMENT.oidc_issuer)
# --- end of signing in ---
