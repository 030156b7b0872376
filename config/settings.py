"""Every setting of Doorstep, from the environment; the defaults run on SQLite with no services at all."""

import base64
import sys
from pathlib import Path

from django.utils.translation import gettext_lazy as _

from config import csp, schema
from config.lib import addresses, env, private
from config.lib.admin import theme
from config.lib.database import postgres
from config.lib.sealing import keys, vapid
from config.lib.static import files

ROOT = Path(__file__).resolve().parent.parent
STATE = private.folder(Path(env.text("STATE_DIR", str(ROOT / "var"))), setting="STATE_DIR")

DEBUG = env.boolean("DEBUG")
ENVIRONMENT = env.text("ENVIRONMENT", "development" if DEBUG else "production")
# `manage.py help` and similar commands seal and sign nothing, and run in a checkout that has no secrets yet.
PUBLISHED_SECRETS = DEBUG or (Path(sys.argv[0]).name == "manage.py" and not env.needs_secrets(sys.argv[1:]))
SECRET_KEY = env.secret("SECRET_KEY", development="insecure-development-only", published=PUBLISHED_SECRETS, least=32)
# Personal data is sealed with FIELD_KEYS (id:base64, the first seals) and found by INDEX_KEY.
# Both live outside the database.
DEVELOPMENT_KEY = base64.b64encode(b"doorstep development key, 32 b. "[:32]).decode()
FIELD_KEYS = env.secret("FIELD_KEYS", development=f"dev:{DEVELOPMENT_KEY}", published=PUBLISHED_SECRETS)
INDEX_KEY = env.secret("INDEX_KEY", development=DEVELOPMENT_KEY, published=PUBLISHED_SECRETS)
keys.read(field_keys=FIELD_KEYS, index_key=INDEX_KEY)
ALLOWED_HOSTS = addresses.hosts("ALLOWED_HOSTS", "localhost,127.0.0.1,[::1]" if DEBUG else "")
CSRF_TRUSTED_ORIGINS = addresses.origins("CSRF_TRUSTED_ORIGINS")

INSTALLED_APPS = [
    "unfold",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.headless",
    "rest_framework",
    "drf_spectacular",
    "channels",
    "csp",
    "django_vite",
    "accounts",
    "households",
    "dissuasion",
]

MIDDLEWARE = [
    # First: nothing behind it meets a host, an address or a body that can't be read.
    "config.lib.http.readable.ReadableMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "accounts.sessions.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "config.lib.http.csrf.EarlierTokenMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "config.lib.admin.middleware.AdminMiddleware",
    "accounts.allauth_middleware.AllauthMiddleware",
    "accounts.known_devices.KnownDeviceMiddleware",
    "config.lib.http.refusals.UnavailableMiddleware",
    # Last and synchronous: under ASGI the whole chain then runs in one hop to a thread instead of a dozen.
    "config.lib.http.problems.ProblemMiddleware",
]

ROOT_URLCONF = "config.urls"
ASGI_APPLICATION = "config.asgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [ROOT / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "django.template.context_processors.i18n",
            ]
        },
    }
]

# --- The database: one SQLite file, or PostgreSQL where DATABASE_URL says so -------------------------------------
# Connections that the lanes share (config/lanes.py). SQLite has no pool, but the same limit.
DATABASE_POOL = env.integer("DATABASE_POOL", 17, least=8)
DATABASES = {"default": addresses.database("DATABASE_URL", f"sqlite:///{STATE / 'doorstep.sqlite3'}")}
# PostgreSQL itself, where DATABASE_URL leads to a pooler in transaction mode (pgbouncer).
DATABASE_DIRECT = addresses.postgresql("DATABASE_DIRECT_URL")
if DATABASES["default"]["ENGINE"] == addresses.SQLITE:
    private.sqlite_file(DATABASES["default"]["NAME"], setting="DATABASE_URL")
    DATABASES["default"] |= {
        "CONN_MAX_AGE": None,
        # Tests use a file as well: threads of a live server can't share SQLite's in-memory database without locks.
        "TEST": {"NAME": str(STATE / "test.sqlite3")},
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA cache_size=-32000",
        },
    }
else:
    DATABASES["default"] |= postgres.settings_for(
        DATABASES["default"], most=DATABASE_POOL, pooled=DATABASE_DIRECT is not None
    )
# Counts tries to sign in, and nothing else. With Redis a second service would have to work before anybody could sign
# in. It is large, so that many made-up names push out no count.
CACHES: dict[str, dict[str, object]] = {
    "default": {
        "BACKEND": "config.lib.database.cache.DatabaseCache",
        "LOCATION": "doorstep_cache",
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    }
}
# Policies and ground are read with every alert: a change is in force everywhere after this many seconds.
REMEMBER_S = env.integer("REMEMBER_SECONDS", 5, least=0)
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- Rings: ids only, never personal data -----------------------------------------------------------------------
REDIS_URL = addresses.redis("REDIS_URL")
CHANNEL_LAYERS: dict[str, dict[str, object]] = {"default": {"BACKEND": "channels.layers.InMemoryChannelLayer"}}
if REDIS_URL:
    CHANNEL_LAYERS["default"] = {
        "BACKEND": "channels_redis.pubsub.RedisPubSubChannelLayer",
        "CONFIG": {
            # redis-py's own time-outs would cut a quiet subscription every few seconds.
            "hosts": [{"address": REDIS_URL, "socket_timeout": None, "max_connections": 10_000}],
            "prefix": f"doorstep-{ENVIRONMENT}",
        },
    }

# --- People and their sessions ----------------------------------------------------------------------------------
AUTH_USER_MODEL = "accounts.Person"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = [
    "config.lib.hashing.Argon2Hasher",
    "config.lib.hashing.PBKDF2Hasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
ACCOUNT_ADAPTER = "accounts.sign_in.Adapter"
ACCOUNT_USER_MODEL_EMAIL_FIELD = None
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_ON_GET = False
# A whole station shares one address: the lock is by person, and by phone where the person has signed in before
# (accounts/sign_in.py); the address only has a ceiling, for phones that nobody knows.
ACCOUNT_RATE_LIMITS = {"login": "600/m/ip", "login_failed": "120/m/ip,6/5m/key"}
ALLAUTH_TRUSTED_PROXY_COUNT = env.integer("TRUSTED_PROXIES", 0, least=0)
HEADLESS_CLIENTS = ("browser",)
# A passkey is an alternative to the password; the phone asks for finger, face or PIN, because it may be shared.
MFA_SUPPORTED_TYPES = ["webauthn"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_USER_VERIFICATION = "required"
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = DEBUG  # http://localhost
MFA_RATE_LIMITS = {"webauthn_login": "600/m/ip"}
LOGIN_URL = "account_login"
# These pages are for the desk; the phone's app at / has its own sign-in.
LOGIN_REDIRECT_URL = ACCOUNT_LOGOUT_REDIRECT_URL = "/start"
SESSION_ENGINE = "accounts.sessions"
# Own names: another system of the same domain sets a `csrftoken` or `sessionid` for all of it, and would hide ours.
# Over https no neighbour can set one of these at all (__Host-).
HTTPS = env.boolean("HTTPS", not DEBUG)
COOKIE_PREFIX = "__Host-doorstep-" if HTTPS else "doorstep-"
SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = f"{COOKIE_PREFIX}session", f"{COOKIE_PREFIX}csrf"
LANGUAGE_COOKIE_NAME = f"{COOKIE_PREFIX}language"
LANGUAGE_COOKIE_SECURE = HTTPS
CSRF_FAILURE_VIEW = "config.lib.http.csrf.refuse"
SESSION_COOKIE_AGE = 14 * 60 * 60  # one long shift
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"

# --- How phones are woken: web push. Without a key there is none, as in a network that reaches no push service ------
VAPID_PRIVATE_KEY = env.text("VAPID_PRIVATE_KEY", vapid.kept_key(STATE / "vapid.key") if DEBUG else "")
VAPID_PUBLIC_KEY = vapid.public_key(VAPID_PRIVATE_KEY) if VAPID_PRIVATE_KEY else ""
VAPID_SUBJECT = addresses.subject("VAPID_SUBJECT", "mailto:doorstep@localhost.localdomain")
# A subscription is an address that a browser names and this server then writes to: it writes only to these.
PUSH_SERVICES = addresses.origin_patterns(
    "PUSH_SERVICES",
    "https://fcm.googleapis.com,https://*.push.apple.com,https://updates.push.services.mozilla.com"
    ",https://*.notify.windows.com" + (",http://127.0.0.1:*" if DEBUG else ""),
)

# --- Who watches the watcher: `manage.py watchdog` and /ready --------------------------------------------------------
WATCHDOG_EVERY_S = env.integer("WATCHDOG_EVERY_S", 5, least=1)
WATCHDOG_TOLERANCE_S = env.integer("WATCHDOG_TOLERANCE_S", 10, least=1)  # what is later than this is an alarm
# So is a watcher that is silent for this long (it gives a sign of life every 5 s); it is noticed within 30 s.
WATCHDOG_SILENT_S = env.integer("WATCHDOG_SILENT_S", 20, least=6)
WATCHDOG_DESK_S = env.integer("WATCHDOG_DESK_S", 30, least=1)  # the desk and /ready say it then
HEARTBEAT_FILE = env.text("HEARTBEAT_FILE", "")
HEARTBEAT_URL = addresses.web_address("HEARTBEAT_URL")

# --- How people are written to and rung up: a JSON file of gateways; without one every message goes to the log ------
GATEWAYS = env.text("GATEWAYS", "")

# --- What phones are told of this server -------------------------------------------------------------------------
HOTLINE = env.text("HOTLINE", "96110")
OLDEST_APP = env.text("OLDEST_APP", "")  # an older build of the app must update before it sends
MAP_TILES = env.text("MAP_TILES", "")  # such as https://tiles.example/{z}/{x}/{y}.png; without them the map is a sketch
MAP_DATUM = env.choice("MAP_DATUM", ("wgs84", "gcj02", "bd09"))  # the datum of those tiles
MAP_ATTRIBUTION = env.text("MAP_ATTRIBUTION", "")
MAINTENANCE_UNTIL = env.moment("MAINTENANCE_UNTIL")

# --- Words and clocks -------------------------------------------------------------------------------------------
LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", _("Chinese")), ("en", _("English"))]
LOCALE_PATHS = [ROOT / "config" / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Shanghai"

# --- What the browser may do ------------------------------------------------------------------------------------
STATIC_URL = "static/"
STATIC_ROOT = STATE / "static"
private.folder(STATIC_ROOT, setting="STATE_DIR")  # whitenoise looks there at every start
BUILT = ROOT / "static" / "built"  # made by `make`: assets/, sw.js and Vite's manifest.json
private.folder(BUILT / "assets", setting="static/built")
# Only what a browser may have: the sources beside them are nobody's business.
STATICFILES_DIRS = [
    ("css", ROOT / "static" / "css"),
    ("img", ROOT / "static" / "img"),
    (files.ASSETS, BUILT / "assets"),
]
WHITENOISE_USE_FINDERS = DEBUG
WHITENOISE_IMMUTABLE_FILE_TEST = files.immutable
VITE = DEBUG and env.boolean("VITE")  # `make dev`: the app comes from Vite's own server and changes while it runs
DJANGO_VITE = {
    "default": {
        "dev_mode": VITE,
        "dev_server_host": "127.0.0.1",
        "manifest_path": BUILT / "manifest.json",
        "app_client_class": "config.lib.static.built.ViteClient",
    }
}
STATIC_STORAGE = "config.lib.static.storage.Storage"
if DEBUG:
    STATIC_STORAGE = "django.contrib.staticfiles.storage.StaticFilesStorage"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": STATIC_STORAGE},
}
CONTENT_SECURITY_POLICY = csp.policy(vite=VITE, tiles=addresses.origin(MAP_TILES) if MAP_TILES else "")
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = HTTPS
SECURE_REDIRECT_EXEMPT = [r"^up$", r"^ready$"]
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if env.boolean("BEHIND_PROXY") else None

# --- The public doors -------------------------------------------------------------------------------------------
BODY_LIMIT = 8 * 1024 * 1024  # bytes: 1,000 alerts with long notes fit
DATA_UPLOAD_MAX_MEMORY_SIZE = BODY_LIMIT
REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": ["accounts.authentication.SessionAuthentication"],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    "DEFAULT_PARSER_CLASSES": ["config.lib.http.json_body.JSONBodyParser"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_CONTENT_NEGOTIATION_CLASS": "config.lib.http.negotiation.JSONNegotiation",
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "EXCEPTION_HANDLER": "config.lib.http.exception_handler.handle_exception",
    "UNAUTHENTICATED_USER": "django.contrib.auth.models.AnonymousUser",
}
SPECTACULAR_SETTINGS = schema.SETTINGS

LOG_LEVEL = env.choice("LOG_LEVEL", ("WARNING", "DEBUG", "INFO", "ERROR", "CRITICAL"))
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": LOG_LEVEL},
    # At DEBUG Pillow logs what a camera has written into a picture: where it was taken, by whom.
    "loggers": {"django.request": {"level": "ERROR"}, "PIL": {"level": "INFO"}},
}
UNFOLD = theme.UNFOLD
