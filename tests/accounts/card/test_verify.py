"""The page on which a resident checks who stands at the door: no sign-in, both languages, one answer for every miss."""

import re
import threading

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from accounts import cards, pages, rate_limit
from accounts.models import Person, Tries
from accounts.people import deactivate
from tests.dissuasion.actions.field.phone import standing_clock

clock = pytest.fixture(standing_clock)
YES, NO = "The code is right", "No officer has this code now"


@pytest.fixture
def code(clock, cast):
    """The six digits on Lin's phone now, or so many steps from now."""
    secret = cast.client("lin").get("/api/v1/card").json()["secret"]
    return lambda steps=0: cards.code_for_step(secret, int(timezone.now().timestamp()) // 60 + steps)


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


@pytest.mark.parametrize(("steps", "right"), [(-2, False), (-1, True), (0, True), (1, True), (2, False)])
def test_it_takes_the_codes_of_a_minute_before_and_after(code, steps, right):
    assert (YES in words(ask("lin", code(steps)))) is right


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
    assert "Ring 96110" in words(answer)
    assert "林警官" not in words(answer)


def test_a_guesser_elsewhere_shuts_nobody_out_at_once(code):
    for _try in range(11):
        ask("lin", "000000")
    assert YES in words(ask("lin", code(), address="10.7.2.1"))


def test_it_counts_tries_about_one_person_wherever_they_come_from(code, monkeypatch):
    monkeypatch.setattr(pages, "MAX_PER_NUMBER", 12)
    for number in range(12):
        assert ask("lin", "000000", address=f"10.7.1.{number}").status_code == 200
    assert ask("lin", code(), address="10.7.2.1").status_code == 429


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
    ask("lin", code())
    assert "10.7.0.1" not in str(list(Tries.objects.values()))
    clock.shift(301)
    ask("lin", code())
    assert Tries.objects.count() == 3


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
