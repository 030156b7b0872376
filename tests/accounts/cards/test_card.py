"""The officer card: its digits are those of the standard, its secret is the person's own and stays sealed."""

import base64

import pytest

from accounts import cards
from accounts.models import Card, Person

pytestmark = pytest.mark.django_db
RFC_SECRET = base64.b32encode(b"12345678901234567890").decode()


def card(cast, name):
    return cast.client(name).get("/api/v1/card")


def test_its_digits_are_those_of_the_standard():
    # RFC 4226, appendix D.
    told = ["755224", "287082", "359152", "969429", "338314", "254676", "287922", "162583", "399871", "520489"]
    assert [cards.code_for_counter(RFC_SECRET, counter) for counter in range(10)] == told
    # RFC 6238, appendix B: 8 digits, a counter that rises every 30 s.
    assert cards.code_for_counter(RFC_SECRET, 1111111109 // 30, length=8) == "07081804"


def test_it_says_what_the_phone_shows(cast):
    told = card(cast, "lin").json()
    secret = told.pop("secret")
    assert told == {
        "number": "lin",
        "name": "林警官",
        "role": "community_officer",
        "unit": "411681112派出所",
        "period_s": 60,
        "digits": 6,
        "hotline": "96110",
    }
    assert len(base64.b32decode(secret)) == 20


def test_it_keeps_its_secret(cast):
    assert card(cast, "lin").json()["secret"] == card(cast, "lin").json()["secret"]
    assert card(cast, "lin").json()["secret"] != card(cast, "mei").json()["secret"]


def test_its_secret_lies_sealed(cast):
    secret = card(cast, "lin").json()["secret"]
    assert secret.encode() not in Card.objects.values_list("secret", flat=True).get().blob


@pytest.mark.parametrize("role", ["admin", "auditor", "bank_liaison", "hotline_operator"])
def test_nobody_has_one_who_never_stands_at_a_door(cast, role):
    Person.objects.filter(pk=cast.lin.pk).update(role=role)
    answer = card(cast, "lin")
    assert (answer.status_code, answer.json()["code"]) == (403, "forbidden")


def test_an_admin_makes_a_new_one(cast):
    before = card(cast, "lin").json()["secret"]
    order = {"action": "renew_card", "_selected_action": [str(cast.lin.pk), str(cast.qin.pk)]}
    answer = cast.client("sun").post("/admin/accounts/person/", order, follow=True)
    assert "2 officer cards are new." in answer.content.decode()
    cast.lin.refresh_from_db()  # the sessions of before have ended with the card
    assert card(cast, "lin").json()["secret"] not in ("", before)
    cast.qin.refresh_from_db()
    assert card(cast, "qin").json()["secret"]  # one who had none gets it when the phone asks
    assert Card.objects.count() == 2
