"""The public page on which a resident checks who stands at the door: staff number and six digits, no sign-in."""

import datetime as dt
import re
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from accounts import door_words
from accounts.cards import CODE_LENGTH, find_person, verify_officer
from accounts.models import Person
from accounts.rate_limit import allow_try, tries_left
from config.lib.http.client_address import client_address
from config.lib.identity import FULL_WIDTH, staff_number

# Misses of one asker, about one officer and about all: a family tries a few times, a guesser needs hundreds of
# thousands, and a village hall may share one address. Nothing is counted about an officer that shuts the page:
# whoever guesses from many addresses must not lock out the resident at whose door the officer stands.
WINDOW_S, MAX_PER_NUMBER_AND_ADDRESS, MAX_PER_ADDRESS = 300, 10, 60
# After this many misses about one officer in a window the officer is warned: slips of the finger are fewer.
WARNED_AT = 3
MAX_NUMBER_LENGTH = 40
Warn = Callable[[Person, dt.datetime], None]


@never_cache
@csrf_exempt  # nothing is changed in anybody's name, and an old phone without cookies must be able to ask
@require_http_methods(["GET", "HEAD", "POST"])
def verify(request: HttpRequest, *, warn: Warn) -> HttpResponse:
    """Show the form; after a question say whose code it is, or that it is nobody's: every miss in the same words.

    `warn` is called about an officer whose codes somebody seems to guess.
    """
    if request.method != "POST":
        return _page(request, staff_number(request.GET.get("number", "")))
    number = staff_number(request.POST.get("number", ""))
    code = re.sub(r"\D", "", request.POST.get("code", "").translate(FULL_WIDTH)[:MAX_NUMBER_LENGTH], flags=re.ASCII)
    if not number or len(code) != CODE_LENGTH:
        return _page(request, number, status=400, incomplete=True)
    now = timezone.now()
    person, asker = find_person(number), client_address(request)
    # Counted by the person found: the database may match more spellings of a number than we do.
    about = person.pk.hex if person else f"nobody {number.lower()}"
    counts = [
        ("verify-from", asker, MAX_PER_ADDRESS),
        ("verify-pair", f"{about} {asker}", MAX_PER_NUMBER_AND_ADDRESS),
    ]
    if not all(tries_left(what, who, most=most, seconds=WINDOW_S, at=now) for what, who, most in counts):
        return _too_many(request, number)
    officer = verify_officer(person, code, at=now)
    if officer is None:
        counted = [allow_try(what, who, most=most, seconds=WINDOW_S, at=now) for what, who, most in counts]
        slip = allow_try("verify-about", about, most=WARNED_AT - 1, seconds=WINDOW_S, at=now)
        if person is not None and not slip:
            warn(person, now)
        if not all(counted):  # many at once
            return _too_many(request, number)
    return _page(request, number, asked=True, officer=officer)


def _too_many(request: HttpRequest, number: str) -> HttpResponse:
    response = _page(request, number, status=429, too_many=True)
    response["Retry-After"] = str(WINDOW_S)
    return response


def _page(request: HttpRequest, number: str, *, status: int = 200, **found: object) -> HttpResponse:
    language = get_language() or ""
    words = {
        "number_label": door_words.in_language(door_words.STAFF_NUMBER, language),
        "never_title": door_words.in_language(door_words.NEVER_TITLE, language),
        "never_asked": [door_words.in_language(words, language) for words in door_words.NEVER_ASKED.values()],
    }
    return render(request, "verify.html", {"number": number, **words, **found}, status=status)
