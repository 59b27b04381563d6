"""The settings of Django, made from what the host set. There is one such file; the tests change a few of its lines."""

from __future__ import annotations

import os
import sys
from datetime import timedelta
from pathlib import Path
from urllib.parse import unquote, urlsplit

from csp.constants import NONCE, NONE, SELF

from lichen_web.environment import environment_from, is_loopback
from lichen_web.home import secret_key
from lichen_web.logs import logging_settings
from lichen_web.sign_in import SAML_APP, sign_in_providers

LICHEN = environment_from(os.environ)
BASE = Path(__file__).parent

SECRET_KEY = secret_key(LICHEN.home)
DEBUG = False
ALLOWED_HOSTS = [LICHEN.host, "127.0.0.1", "localhost", "[::1]"]
ROOT_URLCONF = "lichen_web.urls"
WSGI_APPLICATION = "lichen_web.wsgi.application"

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "lichen_web.accounts",
    "lichen_web.alliances",
    "lichen_web.pages",
    "django.forms",  # after ours, which draws a few of its fields
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "axes",
    "csp",
    "django_htmx",
    "django_q",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "lichen_web.door.DoorOfPages",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "lichen_web.logs.RequestLog",
    "lichen_web.pages.headers.Headers",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "lichen_web.pages.sign_in.signed_out.SignInDemanded",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "lichen_web.pages.refusals.Refusals",
    "lichen_web.pages.sign_in.demanding.SecondFactorDemanded",
    "axes.middleware.AxesMiddleware",
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
                "csp.context_processors.nonce",
                "lichen_web.pages.layout.layout",
            ],
        },
    }
]
FORM_RENDERER = "lichen_web.pages.forms.rendering.Renderer"
CSRF_FAILURE_VIEW = "lichen_web.pages.errors.stale_form"

# --- Where things are kept -------------------------------------------------------------------------------------------

# What was answered outlasts a failing power, on either: a disclosure that was taken back must not come back by that.
SQLITE = {
    "ENGINE": "django.db.backends.sqlite3",
    "NAME": LICHEN.home / "lichen.sqlite3",
    "CONN_MAX_AGE": 60,  # whoever closes the file last carries the whole log over into it
    "OPTIONS": {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;"
        " PRAGMA secure_delete=ON; PRAGMA cache_size=-20000; PRAGMA journal_size_limit=67108864",
    },
}
POSTGRESQL = {
    "ENGINE": "django.db.backends.postgresql",
    **LICHEN.database_parts,
    "CONN_MAX_AGE": 60,
    "CONN_HEALTH_CHECKS": True,
}
DATABASES = {"default": POSTGRESQL if LICHEN.database else SQLITE}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
SILENCED_SYSTEM_CHECKS = [
    *("fields.W163", "models.W046"),  # SQLite keeps no comments on columns; the docs have them
    "security.W008",  # the proxy that ends TLS sends everybody there
    *("security.W005", "security.W021"),  # what else is served under the host's domain is not ours to say
]

# --- Signing in ------------------------------------------------------------------------------------------------------

AUTH_USER_MODEL = "accounts.Person"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
    *(["lichen_web.accounts.demo.DemoBackend"] if LICHEN.is_demo else []),
]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "lichen_web.accounts.passwords.NotGuessable"},
    {"NAME": "lichen_web.accounts.passwords.NotBreached"},
]
SESSION_ENGINE = "lichen_web.accounts.sessions"
SESSION_COOKIE_AGE = 12 * 60 * 60
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
CACHES = {"default": {"BACKEND": "lichen_web.accounts.counting.Counting", "LOCATION": "lichen_counted"}}
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "desk"

ACCOUNT_ADAPTER = "lichen_web.pages.sign_in.accounts.AccountAdapter"
ACCOUNT_FORMS = {
    "signup": "lichen_web.pages.sign_in.forms.SignUpForm",
    "change_password": "lichen_web.pages.sign_in.forms.ChangePasswordForm",
    "set_password": "lichen_web.pages.sign_in.forms.SetPasswordForm",
    "reset_password_from_key": "lichen_web.pages.sign_in.forms.ResetPasswordForm",
}
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True  # a code that is typed in stands in no address and no log
ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_RESEND = True
ACCOUNT_PASSWORD_RESET_BY_CODE_ENABLED = True
ACCOUNT_PASSWORD_RESET_BY_CODE_TIMEOUT = 15 * 60
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_LOGOUT_REDIRECT_URL = "front"
ACCOUNT_RATE_LIMITS = {
    "login_failed": "20/m/ip,10/10m/key",  # of an account from one place or browser, and of second factors
    "strangers": "50/h/key",  # of an account from all browsers together that have never entered it
}
ALLAUTH_TRUSTED_PROXY_COUNT = LICHEN.proxies

MFA_ADAPTER = "lichen_web.pages.sign_in.second_factors.SecondFactors"
MFA_FORMS = {"add_webauthn": "lichen_web.pages.sign_in.forms.AddPasskeyForm"}
MFA_SUPPORTED_TYPES = ["recovery_codes", "totp", "webauthn"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_TOTP_ISSUER = "Lichen"
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = LICHEN.is_local

SOCIALACCOUNT_ADAPTER = "lichen_web.pages.sign_in.providers.SingleSignOn"
SOCIALACCOUNT_PROVIDERS = sign_in_providers(LICHEN.sign_in)
SOCIALACCOUNT_EMAIL_AUTHENTICATION_AUTO_CONNECT = True
SOCIALACCOUNT_LOGIN_ON_GET = True  # a form would be held back by form-action when it is sent on to the provider
INSTALLED_APPS += [SAML_APP] if "saml" in SOCIALACCOUNT_PROVIDERS else []

AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_ON_SUCCESS = True
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False  # so that the time that the page tells is kept
AXES_USERNAME_CALLABLE = "lichen_web.pages.sign_in.lockout.account_tried"
AXES_CLIENT_IP_CALLABLE = "lichen_web.pages.sign_in.lockout.address_of"
AXES_LOCKOUT_CALLABLE = "lichen_web.pages.sign_in.lockout.locked_out"
AXES_SENSITIVE_PARAMETERS = ["username", "ip_address", "login", "email", "next", "csrfmiddlewaretoken"]
AXES_DISABLE_ACCESS_LOG = True
AXES_VERBOSE = False

# --- The connection --------------------------------------------------------------------------------------------------

IS_TLS = LICHEN.url.startswith("https://")
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = IS_TLS
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_TRUSTED_ORIGINS = [LICHEN.url]
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60 if IS_TLS else 0
SECURE_REFERRER_POLICY = "same-origin"
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if LICHEN.proxies else None
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF, NONCE],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}

# --- Words, days, files ----------------------------------------------------------------------------------------------

LANGUAGE_CODE = "en-gb"
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"
STATIC_URL = "static/"
STATIC_ROOT = LICHEN.home / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

# --- Work in the background ------------------------------------------------------------------------------------------

# A job may take a minute. It is taken for lost after ``retry`` seconds, by when three in a row have had their minute.
# What was given to a job that failed is kept, and what a job that succeeded gave back is not: ids only, and nothing.
# Its own statistics have no cache to go to: nobody reads them, and they would be written twice a second.
Q_CLUSTER = {
    "name": "lichen",
    "orm": "default",
    "broker_class": "lichen_web.alliances.queue.PlainQueue",
    "workers": 1,
    "timeout": 60,
    "retry": 200,
    "max_attempts": 3,
    "save_limit": -1,
    "catch_up": False,
    "poll": 0.5,
    "cache": "none",
}

# --- Mail ------------------------------------------------------------------------------------------------------------

MAIL = urlsplit(LICHEN.mail)
EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend" if LICHEN.mail else "lichen_web.mailbox.MailFolder"
EMAIL_FILE_PATH = LICHEN.home / "mails"
EMAIL_USE_SSL = MAIL.scheme == "smtps"
EMAIL_USE_TLS = MAIL.scheme == "smtp" and not is_loopback(MAIL.hostname or "")
EMAIL_HOST = MAIL.hostname or ""
EMAIL_PORT = MAIL.port or (465 if EMAIL_USE_SSL else 587)
EMAIL_HOST_USER = unquote(MAIL.username or "")
EMAIL_HOST_PASSWORD = unquote(MAIL.password or "")
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = SERVER_EMAIL = LICHEN.mail_from

# --- What is written down --------------------------------------------------------------------------------------------

LOGGING_CONFIG = "lichen_web.logs.start_logging"
LOGGING = logging_settings(on_terminal=sys.stderr.isatty())
