"""The first middleware: it refuses what no view can read, neither ours nor a library's."""

import logging
from collections.abc import Callable

from django.core.exceptions import DisallowedHost, RequestDataTooBig, SuspiciousOperation
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.translation import gettext as _

from config.lib.http.problems import Problem
from config.lib.http.refusals import refused

logger = logging.getLogger(__name__)
UTF_8 = ("", "utf-8", "utf8")
PLAIN = ("", "identity")
WITHOUT_BODY = ("GET", "HEAD", "OPTIONS")
WITHOUT_FORMS = ("/api/", "/_allauth/")  # they read JSON, or bytes


class ReadableMiddleware:
    """Answers 400 to a host, an address or a query that can't be read, 415 to a body that is packed or no UTF-8.

    A body in another character set would be kept as wrong text, because its bytes mostly are valid UTF-8 as well.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        fault = _fault_of(request)
        if fault is None:
            return self.get_response(request)
        with translation.override(translation.get_language_from_request(request)):
            return refused(request.path, fault())


def _host_known(request: HttpRequest) -> bool:
    try:
        request.get_host()
    except DisallowedHost:
        # Operators must know, but the error's own text would put the sender's words into the log.
        logger.warning("Refused: a host that ALLOWED_HOSTS does not name.")
        return False
    return True


def _fault_of(request: HttpRequest) -> Callable[[], Problem] | None:
    """Return a function that makes the refusal, in the language active by then; None where all can be read."""
    if not _host_known(request):
        return lambda: Problem("bad_host", _("This server is not known by that name."))
    if not _address_readable(request):
        return lambda: Problem("unreadable", _("The address holds a sign that can't be read."))
    if request.method in WITHOUT_BODY or request.META.get("CONTENT_LENGTH", "").strip() in ("", "0"):
        return None
    if request.META.get("HTTP_CONTENT_ENCODING", "").strip().lower() not in PLAIN:
        return lambda: Problem("unsupported_media_type", _("The body is packed. Send it as it is."), status=415)
    if (request.content_params or {}).get("charset", "").strip().lower() not in UTF_8:
        return lambda: Problem("unsupported_media_type", _("The body is not in UTF-8. Send it in UTF-8."), status=415)
    if not request.path.startswith(WITHOUT_FORMS) and not _form_readable(request):
        return lambda: Problem("unreadable", _("This form can't be read."))
    return None


def _address_readable(request: HttpRequest) -> bool:
    # No address of ours holds a NUL, and PostgreSQL takes none.
    if "\x00" in request.path or "%00" in request.META.get("QUERY_STRING", ""):
        return False
    try:
        return request.GET is not None
    except SuspiciousOperation:  # a thousand parameters
        return False


def _form_readable(request: HttpRequest) -> bool:
    """Return whether the form can be parsed; any other error of the parser is the sender's fault."""
    try:
        return request.POST is not None
    except (RequestDataTooBig, OSError):
        raise  # answered by Django as what they are
    except Exception as error:
        logger.warning("A form can't be read: %s.", type(error).__name__)
        return False
