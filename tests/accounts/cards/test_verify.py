"""The page on which a resident checks who stands at the door: no sign-in, both languages, one answer for every miss."""

import datetime as dt
import re
import threading

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from accounts import cards, pages, rate_limit
from accounts.door_words import NEVER_ASKED, STAFF_NUMBER
from accounts.models import Person, Tries
from accounts.people import deactivate
from tests.dissuasion.actions.field.phone import standing_clock

clock = pytest.fixture(standing_clock)
YES, NO = "The code is right", "No officer has this code now"


@pytest.fixture
def code(clock, cast):
    """The six digits on Lin's phone now, or so many minutes from now."""
    secret = cast.client("lin").get("/api/v1/card").json()["secret"]
    return lambda minutes=0: cards.code_for_counter(secret, int(timezone.now().timestamp()) // 60 + minutes)


def ask(number, digits, *, language="en", address="10.7.0.1"):
    client = Client(enforce_csrf_checks=True, headers={"accept-language": language}, REMOTE_ADDR=address)
    return client.post("/verify", {"number": number, "code": digits})


def words(answer):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def test_it_says_whose_code_it_is(code):
    told = words(ask("lin", code()))
    for said in (YES, "This is 林警官", "411681112派出所", "Staff number lin", "Community officer"):
        assert said in told


def test_it_says_so_in_chinese(code):
    told = words(ask("lin", code(), language="zh-hans"))
    assert "林警官" in told
    assert "社区民警" in told
    assert "Staff" not in told


@pytest.mark.parametrize(("minutes", "right"), [(-2, False), (-1, True), (0, True), (1, True), (2, False)])
def test_it_takes_the_codes_of_a_minute_before_and_after(code, minutes, right):
    assert (YES in words(ask("lin", code(minutes)))) is right


@pytest.mark.parametrize("typed", ["{} {}", " {}{} ", "{}-{}"])
def test_it_reads_digits_as_people_write_them(code, typed):
    assert YES in words(ask(" LIN ", typed.format(code()[:3], code()[3:])))
    wide = code().translate(str.maketrans("0123456789", "０１２３４５６７８９"))
    assert YES in words(ask("lin", wide))


def test_it_answers_a_stranger_as_it_answers_a_wrong_code(code):
    wrong = f"{(int(code()) + 1) % 10**6:06d}"
    known, unknown = ask("lin", wrong), ask("nil", wrong)
    bare, other = (re.sub(rb'value="[^"]*"', b"", answer.content) for answer in (known, unknown))
    assert bare == other
    assert NO in words(known)
    assert (known.status_code, sorted(known.headers)) == (unknown.status_code, sorted(unknown.headers))


def test_nobody_has_a_code_who_lost_their_rights(code, cast):
    deactivate(cast.lin)
    assert NO in words(ask("lin", code()))


def test_nobody_has_a_code_whose_role_has_no_card(code, cast):
    Person.objects.filter(pk=cast.lin.pk).update(role="bank_liaison")
    assert NO in words(ask("lin", code()))


def test_an_old_card_counts_no_more(code, cast):
    shown = code()
    cards.renew_card(cast.lin)
    assert NO in words(ask("lin", shown))


def test_it_says_whom_to_ring_and_what_police_never_do(db):
    for language, said in (("en", "Police at the door never"), ("zh-hans", "绝不会")):
        answer = Client(headers={"accept-language": language}).get("/verify")
        assert answer.status_code == 200
        assert said in words(answer)
        assert [part for part in NEVER_ASKED.values() if part[language] not in words(answer)] == []
        assert STAFF_NUMBER[language] in words(answer)
    assert 'href="tel:96110"' in ask("lin", "000000").content.decode()


def test_it_is_kept_by_no_cache(code):
    assert "no-store" in ask("lin", code()).headers["Cache-Control"]


@pytest.mark.parametrize(
    "body",
    [{}, {"number": "lin"}, {"number": "lin", "code": "12345"}, {"code": "123456"}, {"number": "\x00", "code": "1"},
     {"number": "x" * 5000, "code": "9" * 5000}],
)  # fmt: skip
def test_it_asks_for_what_is_missing(db, body):
    answer = Client().post("/verify", body)
    assert answer.status_code in (200, 400)
    assert YES not in words(answer)


def test_it_shows_a_number_from_a_link_harmlessly(db):
    told = Client().get("/verify", {"number": '"><script>'}).content.decode()
    assert "<script>" not in told
    assert "&quot;&gt;&lt;script&gt;" in told


def test_it_counts_tries_about_one_person_from_one_address(code):
    for _try in range(10):
        assert ask("lin", "000000").status_code == 200
    answer = ask("LIN", code())
    assert (answer.status_code, answer.headers["Retry-After"]) == (429, "300")
    assert "Call 96110" in words(answer)
    assert "林警官" not in words(answer)


def test_a_guesser_elsewhere_shuts_nobody_out_at_once(code):
    for _try in range(11):
        ask("lin", "000000")
    assert YES in words(ask("lin", code(), address="10.7.2.1"))


def test_three_hundred_guesses_from_everywhere_shut_nobody_out(code, monkeypatch):
    monkeypatch.setattr(pages, "WARNED_AT", 10_000)
    for number in range(300):
        ask("lin", "000000", address=f"10.7.{1 + number // 250}.{number % 250}")
    assert YES in words(ask("lin", code(), address="10.7.9.1"))


def test_one_asker_is_one_whatever_it_says_of_itself(code):
    for number in range(10):
        said = {"x-forwarded-for": f"10.1.1.{number}", "host": f"testserver:{number + 1}"}
        Client(headers=said, REMOTE_ADDR="10.7.0.1").post("/verify", {"number": "lin", "code": "000000"})
    assert ask("lin", code()).status_code == 429


def test_one_network_of_ipv6_is_one_asker(code):
    for number in range(10):
        ask("lin", "000000", address=f"2001:db8::{number + 1:x}")
    assert ask("lin", code(), address="2001:db8::ffff").status_code == 429
    assert YES in words(ask("lin", code(), address="2001:db8:0:1::1"))


def tried(cast):
    return cast.client("lin").get("/api/v1/work").json()["person"]["card_tried_at"]


def test_it_warns_the_officer_when_somebody_guesses(code, cast, clock):
    before = cast.client("lin").get("/api/v1/work")
    for number in range(2):
        ask("lin", "000000", address=f"10.7.1.{number}")
    assert tried(cast) is None
    ask("LIN", "000000", address="10.7.1.9")
    assert dt.datetime.fromisoformat(tried(cast)) == timezone.now()
    assert cast.client("lin").get("/api/v1/work").headers["ETag"] != before.headers["ETag"]


def test_it_warns_of_one_attack_once_and_of_the_next_again(code, cast, clock):
    for number in range(9):
        ask("lin", "000000", address=f"10.7.1.{number}")
    first, tag = tried(cast), cast.client("lin").get("/api/v1/work").headers["ETag"]
    ask("lin", "000000", address="10.7.1.50")
    assert cast.client("lin").get("/api/v1/work").headers["ETag"] == tag
    clock.shift(301)
    for number in range(3):
        ask("lin", "000000", address=f"10.7.1.{number}")
    assert tried(cast) > first


def test_it_warns_of_no_right_codes_and_nobody_else(code, cast):
    for number in range(9):
        ask("lin", code(), address=f"10.7.1.{number}")
        ask("nobody", "000000", address=f"10.7.1.{number}")
    assert not Person.objects.exclude(card_tried_at=None).exists()


def test_it_counts_no_right_codes(code):
    assert {ask("lin", code()).status_code for _try in range(15)} == {200}


def test_it_counts_tries_from_one_address(code):
    statuses = [ask(f"nobody-{number}", "000000").status_code for number in range(61)]
    assert statuses == [200] * 60 + [429]
    assert ask("lin", code(), address="10.7.3.1").status_code == 200


def test_it_answers_again_after_five_minutes(code, clock):
    for _try in range(11):
        ask("lin", "000000")
    clock.shift(300)
    assert YES in words(ask("lin", code()))


def test_it_keeps_neither_numbers_nor_addresses(code, clock):
    ask("lin", "000000")
    assert "10.7.0.1" not in str(list(Tries.objects.values()))
    clock.shift(301)
    ask("lin", "000000")
    assert Tries.objects.count() == 3


def test_it_keeps_nothing_of_a_right_code(code):
    ask("lin", code())
    assert not Tries.objects.exists()


def test_it_counts_right_when_all_come_at_once(transactional_db):
    now, allowed = timezone.now(), []

    def one():
        try:
            allowed.append(rate_limit.allow_try("test", "one", most=5, seconds=300, at=now))
        finally:
            connection.close()

    threads = [threading.Thread(target=one) for _number in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(allowed) == [False] * 7 + [True] * 5
