"""How the admin looks: its name, icons and style sheets (django-unfold)."""

from django.templatetags.static import static

UNFOLD = {
    "SITE_TITLE": "Doorstep 上门劝阻",
    "SITE_HEADER": "Doorstep 上门劝阻",
    "SITE_ICON": lambda request: static("img/doorstep.svg"),
    "SITE_FAVICONS": [{"rel": "icon", "type": "image/svg+xml", "href": lambda request: static("img/doorstep.svg")}],
    "SITE_URL": None,
    "SHOW_HISTORY": True,
    "SHOW_VIEW_ON_SITE": False,
    "SHOW_LANGUAGES": True,
    "GLOBAL_CALLBACK": "config.lib.admin.pages.context",
    "STYLES": [lambda request: static("css/tokens.css"), lambda request: static("css/admin.css")],
    "SIDEBAR": {"navigation": "dissuasion.admin.sidebar.navigation"},
}
