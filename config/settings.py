"""Every setting of Doorstep, from the environment; the defaults run on SQLite with no services at all."""

import base64
from pathlib import Path

import dj_database_url
from django.utils.translation import gettext_lazy as _

from config import csp, schema
from config.lib import env
from config.lib.admin import theme
from config.lib.sealing import vapid
from config.lib.static import files

ROOT = Path(__file__).resolve().parent.parent
STATE = Path(env.text("STATE_DIR", str(ROOT / "var")))

DEBUG = env.boolean("DEBUG")
ENVIRONMENT = env.text("ENVIRONMENT", "development" if DEBUG else "production")
SECRET_KEY = env.secret("SECRET_KEY", development="insecure-development-only", debug=DEBUG)
# Personal data is sealed with FIELD_KEYS (id:base64, the first seals) and found by INDEX_KEY.
# Both live outside the database.
DEVELOPMENT_KEY = base64.b64encode(b"doorstep development key, 32 b. "[:32]).decode()
FIELD_KEYS = env.secret("FIELD_KEYS", development=f"dev:{DEVELOPMENT_KEY}", debug=DEBUG)
INDEX_KEY = env.secret("INDEX_KEY", development=DEVELOPMENT_KEY, debug=DEBUG)
ALLOWED_HOSTS = env.text_list("ALLOWED_HOSTS", "localhost,127.0.0.1,[::1]" if DEBUG else "")
CSRF_TRUSTED_ORIGINS = env.text_list("CSRF_TRUSTED_ORIGINS")

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
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "config.lib.admin.middleware.AdminMiddleware",
    "accounts.passkey_middleware.PasskeyMiddleware",
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

# --- The truth: one SQLite file, or PostgreSQL where DATABASE_URL says so ---------------------------------------
DATABASE_POOL = env.integer("DATABASE_POOL", 12, least=8)
# The other connections are the sockets' and those of phones that come back: no rush of requests may keep an assignment
# from its phone. SQLite has no pool, and the same limit.
PULLS_AT_ONCE = 2
REQUESTS_AT_ONCE = DATABASE_POOL - 2 - PULLS_AT_ONCE
DATABASES = {"default": dj_database_url.parse(env.text("DATABASE_URL", f"sqlite:///{STATE / 'doorstep.sqlite3'}"))}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    STATE.mkdir(parents=True, exist_ok=True)
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
    DATABASES["default"] |= {
        # After a restart of the database the pool's connections are dead: one is tried before a request gets it.
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {
            **DATABASES["default"].get("OPTIONS", {}),  # such as sslmode from the address
            "pool": {"min_size": 2, "max_size": DATABASE_POOL, "timeout": 10},
            "options": "-c idle_in_transaction_session_timeout=30000 -c lock_timeout=10000",
        },
    }
# Counts tries to sign in, and nothing else. With Redis it would need a second living service to let anybody in. It
# drops no count for the many names that somebody makes up.
CACHES: dict[str, dict[str, object]] = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "doorstep_cache",
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    }
}
# Policies and ground are read with every alert: a change is in force everywhere after this many seconds.
REMEMBER_S = env.integer("REMEMBER_SECONDS", 5)
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- The fast road: rings only, never personal data -------------------------------------------------------------
REDIS_URL = env.text("REDIS_URL", "")
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
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
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
# A whole station sits behind one address: the lock is by person; the address only has a ceiling.
ACCOUNT_RATE_LIMITS = {"login": "600/m/ip", "login_failed": "120/m/ip,6/5m/key"}
ALLAUTH_TRUSTED_PROXY_COUNT = env.integer("TRUSTED_PROXIES", 0)
HEADLESS_CLIENTS = ("browser",)
# A passkey is an alternative to the password; the phone asks for finger, face or PIN, for a phone may be shared.
MFA_SUPPORTED_TYPES = ["webauthn"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_USER_VERIFICATION = "required"
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = DEBUG  # http://localhost
MFA_RATE_LIMITS = {"webauthn_login": "600/m/ip"}
LOGIN_URL = "account_login"
# Those pages are for the desk; the phone's app at / has its own sign-in.
LOGIN_REDIRECT_URL = ACCOUNT_LOGOUT_REDIRECT_URL = "/start"
SESSION_COOKIE_AGE = 14 * 60 * 60  # one long shift
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"

# --- How phones are woken: web push. Without a key there is none, as in a network that reaches no push service ------
VAPID_PRIVATE_KEY = env.text("VAPID_PRIVATE_KEY", vapid.kept_key(STATE / "vapid.key") if DEBUG else "")
VAPID_PUBLIC_KEY = vapid.public_key(VAPID_PRIVATE_KEY) if VAPID_PRIVATE_KEY else ""
VAPID_SUBJECT = env.text("VAPID_SUBJECT", "mailto:doorstep@localhost.localdomain")
# A subscription is an address that a browser names and this server then writes to: it writes only to these.
PUSH_SERVICES = env.text_list(
    "PUSH_SERVICES",
    "https://fcm.googleapis.com,https://*.push.apple.com,https://updates.push.services.mozilla.com"
    ",https://*.notify.windows.com" + (",http://127.0.0.1:*" if DEBUG else ""),
)

# --- Who watches the watcher: `manage.py watchdog` and /ready --------------------------------------------------------
WATCHDOG_EVERY_S = env.integer("WATCHDOG_EVERY_S", 5, least=1)
WATCHDOG_TOLERANCE_S = env.integer("WATCHDOG_TOLERANCE_S", 10, least=1)  # what is later than this is an alarm
# And so is a watcher silent for this long, in all within 30 s; it gives a sign of life every 5 s.
WATCHDOG_SILENT_S = env.integer("WATCHDOG_SILENT_S", 20, least=6)
WATCHDOG_DESK_S = env.integer("WATCHDOG_DESK_S", 30, least=1)  # the desk and /ready say it then
HEARTBEAT_FILE = env.text("HEARTBEAT_FILE", "")
HEARTBEAT_URL = env.web_address("HEARTBEAT_URL")

# --- How people are written to and rung up: a JSON file of gateways; without one every message goes to the log ------
GATEWAYS = env.text("GATEWAYS", "")

# --- What phones are told of this server -------------------------------------------------------------------------
HOTLINE = env.text("HOTLINE", "96110")
OLDEST_APP = env.text("OLDEST_APP", "")  # an older build of the app must update before it sends
MAP_TILES = env.text("MAP_TILES", "")  # such as https://tiles.example/{z}/{x}/{y}.png; without them the map is a sketch
MAP_DATUM = env.choice("MAP_DATUM", ("wgs84", "gcj02", "bd09"))  # how those tiles lie
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
STATIC_ROOT.mkdir(parents=True, exist_ok=True)  # whitenoise looks there at every start
BUILT = ROOT / "static" / "built"  # made by `make`: assets/, sw.js and Vite's manifest.json
(BUILT / "assets").mkdir(parents=True, exist_ok=True)
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
CONTENT_SECURITY_POLICY = csp.policy(vite=VITE, tiles=env.origin(MAP_TILES) if MAP_TILES else "")
X_FRAME_OPTIONS = "DENY"
HTTPS = env.boolean("HTTPS", not DEBUG)
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = HTTPS
SECURE_REDIRECT_EXEMPT = [r"^up$", r"^ready$"]
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if env.boolean("BEHIND_PROXY") else None

# --- The public doors -------------------------------------------------------------------------------------------
BODY_LIMIT = 8 * 1024 * 1024  # bytes: 1,000 alerts with long notes fit
DATA_UPLOAD_MAX_MEMORY_SIZE = BODY_LIMIT
REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": ["config.lib.http.authentication.SessionAuthentication"],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    "DEFAULT_PARSER_CLASSES": ["config.lib.http.json_body.JSONBodyParser"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "EXCEPTION_HANDLER": "config.lib.http.exception_handler.handle_exception",
    "UNAUTHENTICATED_USER": "django.contrib.auth.models.AnonymousUser",
}
SPECTACULAR_SETTINGS = schema.SETTINGS

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": env.text("LOG_LEVEL", "WARNING")},
    "loggers": {"django.request": {"level": "ERROR"}},
}
UNFOLD = theme.UNFOLD
