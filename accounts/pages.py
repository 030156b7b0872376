"""The public page on which a resident checks who stands at the door: staff number and six digits, no sign-in."""

import re

from allauth.account.adapter import get_adapter
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from accounts.cards import DIGITS, officer_with, person_with
from accounts.rate_limit import give_back, may_try
from config.lib.identity import FULL_WIDTH

# A family tries a few times, a guesser needs a million; a village hall may sit behind one address. Whoever guesses
# from many addresses must not shut out the resident at whose door the officer stands.
STRETCH_S, MOST_ABOUT_ONE_FROM_ONE, MOST_ABOUT_ONE, MOST_FROM_ONE = 300, 10, 300, 60
LONGEST_NUMBER = 40


@never_cache
@csrf_exempt  # nothing is changed in anybody's name, and an old phone without cookies must be able to ask
@require_http_methods(["GET", "HEAD", "POST"])
def verify(request: HttpRequest) -> HttpResponse:
    """Show the form; after a question say whose code it is, or that it is nobody's, for each miss in the same words."""
    if request.method != "POST":
        return render(request, "verify.html", {"number": _plain(request.GET.get("number", ""))})
    number = _plain(request.POST.get("number", ""))
    code = re.sub(r"\D", "", request.POST.get("code", "").translate(FULL_WIDTH)[:LONGEST_NUMBER], flags=re.ASCII)
    if not number or len(code) != DIGITS:
        return render(request, "verify.html", {"number": number, "incomplete": True}, status=400)
    now = timezone.now()
    person, address = person_with(number), _address(request)
    # By the person who was found: the database may know more ways to write a number than we.
    about = person.pk.hex if person else f"nobody {number.lower()}"
    counts = [
        ("verify-from", address, MOST_FROM_ONE),
        ("verify-pair", f"{about} {address}", MOST_ABOUT_ONE_FROM_ONE),
        ("verify-about", about, MOST_ABOUT_ONE),
    ]
    if not all(may_try(what, who, most=most, seconds=STRETCH_S, at=now) for what, who, most in counts):
        response = render(request, "verify.html", {"number": number, "too_many": True}, status=429)
        response["Retry-After"] = str(STRETCH_S)
        return response
    officer = officer_with(person, code, at=now)
    if officer is not None:  # only misses count
        for what, who, _most in counts:
            give_back(what, who, seconds=STRETCH_S, at=now)
    return render(request, "verify.html", {"number": number, "asked": True, "officer": officer})


def _plain(text: str) -> str:
    """Return a staff number as it is kept, however it was typed."""
    return re.sub(r"[\s\x00]", "", text.translate(FULL_WIDTH))[:LONGEST_NUMBER]


def _address(request: HttpRequest) -> str:
    """Return the address that asks; the proxies named in the settings are believed, as at sign-in."""
    return str(get_adapter(request).get_client_ip(request))
