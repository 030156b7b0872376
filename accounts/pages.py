"""The public page on which a resident checks who stands at the door: staff number and six digits, no sign-in."""

import re

from allauth.account.adapter import get_adapter
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from accounts.cards import CODE_LENGTH, find_person, verify_officer
from accounts.rate_limit import allow_try, refund_try
from config.lib.identity import FULL_WIDTH

# A family tries a few times, a guesser needs a million, and a village hall may share one address. Somebody who guesses
# from many addresses must not lock out the resident at whose door the officer stands.
WINDOW_S, MAX_PER_NUMBER_AND_ADDRESS, MAX_PER_NUMBER, MAX_PER_ADDRESS = 300, 10, 300, 60
MAX_NUMBER_LENGTH = 40


@never_cache
@csrf_exempt  # nothing is changed in anybody's name, and an old phone without cookies must be able to ask
@require_http_methods(["GET", "HEAD", "POST"])
def verify(request: HttpRequest) -> HttpResponse:
    """Show the form; after a question say whose code it is, or that it is nobody's: every miss in the same words."""
    if request.method != "POST":
        return render(request, "verify.html", {"number": _plain(request.GET.get("number", ""))})
    number = _plain(request.POST.get("number", ""))
    code = re.sub(r"\D", "", request.POST.get("code", "").translate(FULL_WIDTH)[:MAX_NUMBER_LENGTH], flags=re.ASCII)
    if not number or len(code) != CODE_LENGTH:
        return render(request, "verify.html", {"number": number, "incomplete": True}, status=400)
    now = timezone.now()
    person, address = find_person(number), _address(request)
    # Counted by the person found: the database may match more spellings of a number than we do.
    about = person.pk.hex if person else f"nobody {number.lower()}"
    counts = [
        ("verify-from", address, MAX_PER_ADDRESS),
        ("verify-pair", f"{about} {address}", MAX_PER_NUMBER_AND_ADDRESS),
        ("verify-about", about, MAX_PER_NUMBER),
    ]
    if not all(allow_try(what, who, most=most, seconds=WINDOW_S, at=now) for what, who, most in counts):
        response = render(request, "verify.html", {"number": number, "too_many": True}, status=429)
        response["Retry-After"] = str(WINDOW_S)
        return response
    officer = verify_officer(person, code, at=now)
    if officer is not None:  # only misses count
        for what, who, _most in counts:
            refund_try(what, who, seconds=WINDOW_S, at=now)
    return render(request, "verify.html", {"number": number, "asked": True, "officer": officer})


def _plain(text: str) -> str:
    """Return a staff number as it is kept, however it was typed."""
    return re.sub(r"[\s\x00]", "", text.translate(FULL_WIDTH))[:MAX_NUMBER_LENGTH]


def _address(request: HttpRequest) -> str:
    """Return the address that asks; the proxies named in the settings are believed, as at sign-in."""
    return str(get_adapter(request).get_client_ip(request))
