"""Settings of the portal, read from the environment.

Without any environment the portal runs *embedded*: SQLite, an in-process Celery worker, mail kept in a mailbox
page. `REDIS_URL` (with `DATABASE_URL`, `SECRET_KEY`, `ALLOWED_HOSTS`) makes it a *production* installation.
`.env.example` explains every variable.
"""

from datetime import timedelta
from pathlib import Path
from uuid import UUID

import environ
from django.utils.translation import gettext_lazy as _

from advocacy.headers import CONTENT_SECURITY_POLICY, PERMISSIONS_POLICY  # noqa: F401  (they are settings)
from advocacy.kernel import secret, zones
from advocacy.schedule import SCHEDULE

zones.use_packaged_zone_data()

env = environ.Env()
BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = Path(env.str("VAR_DIR", default=str(BASE_DIR / "var")))
VAR_DIR.mkdir(parents=True, exist_ok=True)

REDIS_URL = env.str("REDIS_URL", default="")
EMBEDDED = not REDIS_URL
DEBUG = False
SECRET_KEY = env.str("SECRET_KEY", default="") or secret.kept_in(VAR_DIR / "secret-key", embedded=EMBEDDED)
PORTAL_URL = env.str("PORTAL_URL", default="http://127.0.0.1:8000")
SECURE = PORTAL_URL.startswith("https://")
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["127.0.0.1", "localhost", "[::1]"])
CSRF_TRUSTED_ORIGINS = [PORTAL_URL]
CSRF_FAILURE_VIEW = "advocacy.portal.errors.csrf_failure"

# --- Apps, from the ground floor up ---------------------------------------------------------------------------

INSTALLED_APPS = [
    "advocacy.kernel",
    "advocacy.accounts",
    "advocacy.audit",
    "advocacy.outbox",
    "advocacy.jobs",
    "legislation",
    "members",
    "members.taskforce",
    "advocacy.positions",
    "advocacy.interactions",
    "advocacy.coalitions",
    "advocacy.research",
    "campaigns",
    "advocacy.events",
    "advocacy.reports",
    "advocacy.portal",
    "advocacy.api",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.admin",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "django_htmx",
    "heroicons",
    "import_export",
    "phonenumber_field",
    "template_partials",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django_permissions_policy.PermissionsPolicyMiddleware",
    "advocacy.api.middleware.ApiMiddleware",
    "advocacy.accounts.middleware.CookielessMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "advocacy.accounts.middleware.PreferencesMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "members.middleware.RoleInForceMiddleware",
    "members.middleware.SecondFactorMiddleware",
]

ROOT_URLCONF = "advocacy.urls"
WSGI_APPLICATION = "advocacy.wsgi.application"
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "csp.context_processors.nonce",
                "advocacy.portal.navigation.navigation",
            ],
            "builtins": ["django.templatetags.i18n", "django.templatetags.static"],
        },
    },
]

# --- Database -------------------------------------------------------------------------------------------------

DATABASES = {"default": env.db("DATABASE_URL", default=f"sqlite:///{VAR_DIR / 'portal.sqlite3'}")}
DATABASES["default"].setdefault("OPTIONS", {})
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    # The last connection that closes writes the whole journal back: each thread keeps its own for a minute.
    DATABASES["default"]["CONN_MAX_AGE"] = 60
    # synchronous=FULL: a commit that was acknowledged survives a power cut (RELIABILITY.md §3.7).
    DATABASES["default"]["OPTIONS"] |= {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": (
            "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; PRAGMA cache_size=-20000;"
        ),
    }
else:
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
    DATABASES["default"]["OPTIONS"] |= {
        "pool": {"min_size": 1, "max_size": env.int("DATABASE_POOL", default=8)},
        "connect_timeout": 10,
        # Compiling a query takes longer than answering it, for all that people ask of this record.
        "options": "-c statement_timeout=30000 -c lock_timeout=10000 -c idle_in_transaction_session_timeout=60000 "
        "-c jit=off",
    }
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
# The log's export holds more columns of the form than Django's default of 1,000 fields; ours is bounded by formsets.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 1000
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_500_000

# --- Cache, sessions, rate limits -----------------------------------------------------------------------------

if EMBEDDED:
    # Holds across processes, so that sign-in limits hold too (RELIABILITY.md §0, finding 10).
    CACHES = {
        "default": {
            "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
            "LOCATION": VAR_DIR / "cache",
        }
    }
else:
    CACHES = {
        "default": {
            "BACKEND": "advocacy.kernel.cache.ForgivingRedisCache",
            "LOCATION": REDIS_URL,
            # A Redis that takes the call and never answers must not keep a page for ever.
            "OPTIONS": {"socket_timeout": 0.5, "socket_connect_timeout": 0.5},
        }
    }

SESSION_COOKIE_AGE = 14 * 24 * 3600
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
if SECURE:
    SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = "__Host-session", "__Host-csrf"
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
    SECURE_SSL_REDIRECT = env.bool("SSL_REDIRECT", default=True)
    SECURE_HSTS_SECONDS = 31_536_000
    SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = True
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
ALLAUTH_TRUSTED_PROXY_COUNT = env.int("TRUSTED_PROXIES", default=0)

# --- Public forms: how many acts of supporters are taken before somebody is asked to wait, or looks -----------------

ACTS_AN_HOUR_FROM_ONE_CLIENT = env.int("ACTS_AN_HOUR_FROM_ONE_CLIENT", default=60)
ACTS_A_DAY_FROM_ONE_ADDRESS = env.int("ACTS_A_DAY_FROM_ONE_ADDRESS", default=10)
ACTS_A_DAY_WITH_ONE_TEXT = env.int("ACTS_A_DAY_WITH_ONE_TEXT", default=5)
ACTS_AN_HOUR_IN_ONE_CAMPAIGN = env.int("ACTS_AN_HOUR_IN_ONE_CAMPAIGN", default=3_000)

# --- Celery: only the bell and the clock; rows are the truth --------------------------------------------------

CELERY_BROKER_URL = REDIS_URL or "memory://localhost/"
# Nobody who saves waits for a dead Redis: one short attempt, then the sweep rings.
# Redis keeps no copy of a bell until it is acknowledged: a worker that lost Redis with one in hand would end over it
# (kombu 5.7), and work that takes more than an hour would be handed out again.
REDIS_TRANSPORT_OPTIONS = {
    "socket_timeout": 5,
    "socket_connect_timeout": 1,
    "max_retries": 0,
    "ack_emulation": False,
}
CELERY_BROKER_TRANSPORT_OPTIONS = {"polling_interval": 0.02} if EMBEDDED else REDIS_TRANSPORT_OPTIONS
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TASK_IGNORE_RESULT = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_TIMEZONE = "UTC"
CELERY_BEAT_SCHEDULE_FILENAME = str(VAR_DIR / "beat")
CELERY_BEAT_SCHEDULE = SCHEDULE

# --- Mail -----------------------------------------------------------------------------------------------------

EMAIL_TIMEOUT = 20
if EMAIL_URL := env.str("EMAIL_URL", default=""):
    vars().update(env.email_url_config(EMAIL_URL))
EMAIL_BACKEND = "advocacy.outbox.backends.OutboxBackend"
# Without a relay nothing leaves this machine: mail is kept in the mailbox.
MAIL_TRANSPORT = "smtp" if EMAIL_URL else "mailbox"
# The switch outside the database: off, nothing leaves whatever the database says.
MAIL_MAY_LEAVE = env.bool("MAIL_MAY_LEAVE", default=True)
# The step in which failed mail is tried again: after 1, 5, 15 and 60 of these.
MAIL_STEP = timedelta(seconds=env.float("MAIL_STEP_SECONDS", default=60.0))
# A worker that is silent for so long has lost what it had in hand; on the wire, longer than the last answer may take.
MAIL_LEASE = timedelta(seconds=env.float("MAIL_LEASE_SECONDS", default=120.0))
MAIL_LEASE_ON_WIRE = timedelta(seconds=env.float("MAIL_LEASE_ON_WIRE_SECONDS", default=900.0))
# How long the mail server may take: to be reached, to answer a command, and after the text. The last is ten minutes
# (RFC 5321, 4.5.3.2.6), precisely so that a slow server does not get a second copy.
MAIL_SECONDS_TO_CONNECT = env.float("MAIL_SECONDS_TO_CONNECT", default=10.0)
MAIL_SECONDS_FOR_A_COMMAND = env.float("MAIL_SECONDS_FOR_A_COMMAND", default=60.0)
MAIL_SECONDS_FOR_THE_LAST_ANSWER = env.float("MAIL_SECONDS_FOR_THE_LAST_ANSWER", default=600.0)
MAIL_CONNECTIONS = env.int("MAIL_CONNECTIONS", default=4)
# Which installation this is, kept outside the database; empty means a file beside it in VAR_DIR.
INSTALLATION_EPOCH = str(UUID(epoch)) if (epoch := env.str("INSTALLATION_EPOCH", default="")) else ""
SUPPRESSION_SALT = env.str("SUPPRESSION_SALT", default="")
# Bounces come back to an address of their own for each message: b+…@ this domain.
MAIL_BOUNCE_DOMAIN = env.str("MAIL_BOUNCE_DOMAIN", default="")
# Where they are read: maildir:/var/mail/bounces or imaps://user:password@host/INBOX.
MAIL_REPORTS_URL = env.str("MAIL_REPORTS_URL", default="")
# The e-mail service that reports to /mail/events/<name>/, and what it proves itself with (user:password).
MAIL_SERVICE = env.str("MAIL_SERVICE", default="")
ANYMAIL = {
    "WEBHOOK_SECRET": env.str("MAIL_SERVICE_SECRET", default=""),
    "MAILGUN_WEBHOOK_SIGNING_KEY": env.str("MAILGUN_WEBHOOK_SIGNING_KEY", default=""),
}
# Letters of supporters to officials leave from this mailbox, at the domain of DEFAULT_FROM_EMAIL.
LETTERS_MAILBOX = env.str("LETTERS_MAILBOX", default="letters")
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default="Chapter Advocacy Portal <portal@localhost>")

# --- People and sign-in ---------------------------------------------------------------------------------------

AUTH_USER_MODEL = "accounts.User"
# The e-mail address is unique in any case, by a constraint on Lower("email") that this check does not see.
SILENCED_SYSTEM_CHECKS = ["auth.W004"]
AUTHENTICATION_BACKENDS = [
    "allauth.account.auth_backends.AuthenticationBackend",
    "members.permissions.RolesBackend",
]
PASSWORD_HASHERS = [
    "advocacy.accounts.hashers.BoundedArgon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("email", "full_name")},
    },
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "portal:home"
ACCOUNT_ADAPTER = "advocacy.accounts.adapter.InvitedOnlyAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_ON_PASSWORD_RESET = False
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_REAUTHENTICATION_TIMEOUT = 900
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_USER_DISPLAY = "advocacy.accounts.adapter.display_name"
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https" if SECURE else "http"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not SECURE
MFA_TOTP_ISSUER = "Chapter Advocacy Portal"
USERSESSIONS_TRACK_ACTIVITY = False

# --- The demo: fictional people, one-click sign-in, only on an embedded installation --------------------------

DEMO_SIGN_IN = EMBEDDED and not SECURE and env.bool("DEMO_SIGN_IN", default=True)
# Whoever opens the embedded portal on its own machine may read the mail it kept: there is no other way to receive it.
MAILBOX_OPEN = DEMO_SIGN_IN

# --- Languages, zones, formats --------------------------------------------------------------------------------

LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English")), ("fr", _("French"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = "UTC"
FORMAT_MODULE_PATH = "advocacy.kernel.formats"
USE_TZ = True
PHONENUMBER_DEFAULT_REGION = "US"

# --- Static files ---------------------------------------------------------------------------------------------

STATIC_URL = "static/"
STATIC_ROOT = VAR_DIR / "static"
STATIC_ROOT.mkdir(parents=True, exist_ok=True)  # WhiteNoise warns about a folder that is not there
STATICFILES_DIRS = [BASE_DIR / "static"]
WHITENOISE_USE_FINDERS = EMBEDDED
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if EMBEDDED
        else "advocacy.kernel.static_files.HashedStaticFiles"
    },
}
MEDIA_ROOT = VAR_DIR / "media"

# --- Geocoders: who is asked where an address lies. The portal works without them -------------------------------

# Switched off on an embedded portal: nobody's address leaves the machine unless the installation says so.
GEOCODER_US = env.bool("GEOCODER_US", default=not EMBEDDED)
GEOCODER_CA = env.bool("GEOCODER_CA", default=not EMBEDDED)
GEOCODER_US_URL = env.str("GEOCODER_US_URL", default="https://geocoding.geo.census.gov")
GEOCODER_CA_URL = env.str("GEOCODER_CA_URL", default="https://represent.opennorth.ca")
# Asked in turn until one answers for the Congress that sits: the newest vintage changes lines months too early.
GEOCODER_US_VINTAGES = env.list("GEOCODER_US_VINTAGES", default=["Current_Current", "ACS2025_Current"])

# --- Feeds of measures: whom we ask, and the keys they give. Without its key a feed says so and asks nobody ---------

OPENSTATES_API_KEY = env.str("OPENSTATES_API_KEY", default="")
LEGISCAN_API_KEY = env.str("LEGISCAN_API_KEY", default="")
CONGRESS_GOV_API_KEY = env.str("CONGRESS_GOV_API_KEY", default="")
OPENSTATES_CALLS_A_MINUTE = env.int("OPENSTATES_CALLS_A_MINUTE", default=10)
OPENSTATES_URL = env.str("OPENSTATES_URL", default="https://v3.openstates.org")
LEGISCAN_URL = env.str("LEGISCAN_URL", default="https://api.legiscan.com")
CONGRESS_GOV_URL = env.str("CONGRESS_GOV_URL", default="https://api.congress.gov/v3")
GOVINFO_URL = env.str("GOVINFO_URL", default="https://www.govinfo.gov")
SENATE_URL = env.str("SENATE_URL", default="https://www.senate.gov")
LEGISINFO_URL = env.str("LEGISINFO_URL", default="https://www.parl.ca")

# --- Webhooks -------------------------------------------------------------------------------------------------

# For trying webhooks on one machine: an embedded portal may then call http://127.0.0.1. Never on the internet.
WEBHOOKS_MAY_CALL_LOOPBACK = EMBEDDED and env.bool("WEBHOOKS_MAY_CALL_LOOPBACK", default=False)

# --- Headers --------------------------------------------------------------------------------------------------

SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
# Sites of chapters that may show a campaign's page in a frame, as origins: https://chapter.example.
CAMPAIGN_FRAME_ANCESTORS: list[str] = env.list("CAMPAIGN_FRAME_ANCESTORS", default=[])
# Pages for strangers: no cookie is read or set below these addresses.
COOKIELESS_PATHS = ("/act/", "/policy/", "/advocacy-days/guest/")

# --- Imports and exports --------------------------------------------------------------------------------------

IMPORT_EXPORT_USE_TRANSACTIONS = True
IMPORT_EXPORT_SKIP_ADMIN_LOG = True
IMPORT_EXPORT_TMP_STORAGE_CLASS = "import_export.tmp_storages.CacheStorage"

# --- Logs -----------------------------------------------------------------------------------------------------

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "%(asctime)s %(levelname)s %(name)s: %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["console"], "level": env.str("LOG_LEVEL", default="WARNING")},
    "loggers": {
        # They write whole addresses of the web, and so the street address somebody looked up.
        "httpx": {"level": "WARNING"},
        "httpcore": {"level": "WARNING"},
        # It warns of each request that waits a moment for a thread.
        "waitress.queue": {"level": "ERROR"},
    },
}
