"""After everything that can be said was said, a dump of the database shows nobody and nothing of it."""

import datetime as dt

import pytest
from django.db import connection
from django.utils import timezone

from config.lib.sealing.keys import CannotOpen
from dissuasion.actions.residents import replies
from dissuasion.demo.seeding.work_data import load_scripts
from dissuasion.models import Act, Case, CaseEvent, CheckIn, Delivery, ScriptVersion
from households.models import Contact, Household, Resident
from tests import at_rest
from tests.cast import HOME, VILLAGE, synthetic_id
from tests.dissuasion.actions.field.handover.test_handover import brings, sealed
from tests.dissuasion.actions.field.phone import Desk, Phone
from tests.dissuasion.actions.hotline.conftest import CALM, Operator

pytestmark = pytest.mark.django_db
BIRD, PHONE, FAMILY, NEIGHBOUR, ID_NUMBER = "金丝雀", "19177770001", "19177770002", "19177770004", synthetic_id(777)
LAT, LON = 33.4661279, 114.8750937
CANARIES = (BIRD, PHONE, FAMILY, NEIGHBOUR, ID_NUMBER, "33.4661279", "114.8750937")
# Where a member of staff was last: the machine chooses by it, and says so in operations.md.
STAFF = {"accounts_presence.lat", "accounts_presence.lon"}
HERE = {"lat": LAT, "lon": LON, "accuracy_m": 9}


def bird(place):
    return f"{BIRD} {place}"


@pytest.fixture
def zhao(clock, cast):
    """Mrs Zhao under values of her own."""
    resident = cast.zhao_resident
    resident.name, resident.phone, resident.id_number = bird("name"), PHONE, ID_NUMBER
    resident.lives_alone = resident.earlier_victim = True
    resident.save()
    home = resident.household
    home.address, home.safety_note, home.lat, home.lon = bird("address"), bird("dog"), LAT, LON
    home.save()
    Contact.objects.filter(resident=resident).update(relation="女儿")
    family = Contact.objects.get(resident=resident)
    family.name, family.phone = bird("daughter"), FAMILY
    family.save()
    return resident


@pytest.fixture
def lin(clock, cast, zhao, send_alert):
    """Lin's phone with her case."""
    load_scripts(now=timezone.now() - dt.timedelta(days=1))
    who = {"phone": PHONE, "name": bird("name"), "address": bird("address"), "lat": LAT, "lon": LON}
    suspect = {"phone": FAMILY, "account": bird("account"), "app": bird("app")}
    assert send_alert(resident=who, suspect=suspect, note=bird("alert"), nickname=bird("unknown field")).json()["case"]
    phone = Phone(cast, "lin")
    assert phone.held() == ["assigned"]
    return phone


def in_the_field(lin, carrier):
    """All that a phone can say in words, also in places where only codes belong."""
    script = ScriptVersion.objects.filter(status="published").earliest("pk").sha256
    lin.does("acknowledge", words=bird("acknowledge"))
    lin.does("note", text=bird("note"))
    lin.does("depart", position=HERE)
    lin.does("arrive", position=HERE, manual_reason=bird("arrive"))
    lin.does("decline", reason="other", words=bird("decline"))
    lin.does("help", words=bird("help"))
    lin.does("dance", what=bird("unknown act"))
    lin.does("visit", met=bird("met"), disposition=bird("result"), done=bird("done"), follow_up_on=bird("day"))
    refused = lin.does("visit", met=True, disposition="refused", amounts=[{"kind": bird("kind")}])
    assert refused["verdict"] == "held"
    checks = [{"code": "sound", "state": "ok", "value": bird("check")}]
    ready = {"device": lin.device, "on_duty": True, "took_ms": 9, "checks": checks}
    assert lin.client.post("/api/v1/readiness", ready, "application/json").status_code == 200
    step = {"key": bird("step"), "objection": bird("objection")}
    amount = {"meaning": "lost", "evidence": "said", "quantity": "5", "to": bird("payee")}
    more = {"steps": [step], "tried": [bird("tried")], "done": [bird("done")], "amounts": [amount]}
    record = lin.records("refused", script=script, note=bird("record"), **more)
    assert record["verdict"] == "applied", record
    again = {"met": True, "disposition": "refused", "note": bird("again")}
    lin.does("correction", corrects=record["uuid"], reason=bird("correction"), record=again)
    box = sealed(lin, [lin.envelope("note", {"text": bird("carried")})])
    assert brings(carrier, box).status_code == 200


def at_the_desk(cast, lin, send_alert):
    """All that a desk can say in words."""
    gu, county = Desk(cast, "gu"), Desk(cast, "zhao")
    home = cast.zhao_resident.household_id
    assert gu.asks(f"households/{home}/no-messages", reason=bird("complaint")).status_code == 200
    assert gu.asks(f"cases/{lin.case}/risk", risk="high", reason=bird("level")).status_code == 200
    assert gu.assigns(lin, str(cast.qin.pk)).status_code in (200, 201)
    assert gu.asks(f"cases/{lin.case}/recall", reason=bird("recall")).status_code == 200
    for decision in ("go_on", "close"):
        answer = gu.asks(f"cases/{lin.case}/decide", decision=decision, reason=bird(decision))
        assert answer.status_code in (200, 409), answer.content
    told = {event["kind"]: event.get("said") for event in gu.case(lin)["history"]}
    assert (told["recalled"], told["decided"]) == (bird("recall"), bird("go_on"))
    unclear = {"phone": NEIGHBOUR, "name": bird("unclear"), "address": bird("unclear"), "division_code": VILLAGE}
    for number in (1, 2):
        send_alert(external_id=f"u-{number}", resident=unclear, note=bird("unclear"))
    one, other = [row["id"] for row in county.reads("board")["triage"]]
    assert county.asks(f"triage/{one}/settle", dismiss=bird("dismissed")).status_code == 200
    new = {"name": bird("new"), "division_code": VILLAGE, "address": bird("new"), "lat": LAT, "lon": LON}
    assert county.asks(f"triage/{other}/settle", new_resident=new).status_code == 200


def on_the_telephone(cast, send_alert):
    """What a hotline operator writes, and what a resident answers."""
    home = Household.objects.create(division_id=VILLAGE, address=bird("near"), lat=LAT, lon=LON)
    near = Resident.objects.create(household=home, name=bird("near"), phone="19177770009")
    case = send_alert(**CALM, external_id="m-1", resident={"phone": near.phone}).json()["case"]
    operator = Operator(cast, "he")
    assert operator.claims() is not None
    assert operator.says("denied", note=bird("call")).status_code == 200
    now = timezone.now()
    sent = Delivery.objects.create(
        case_id=case, resident=near, channel="text", purpose="warning", state="sent", planned_at=now, sent_at=now
    )
    assert replies.reply("text", replies.IncomingReply(bird("reply"), message=sent.pk), at=now) is not None


def test_a_dump_shows_nothing_that_was_said(lin, cast, send_alert):
    in_the_field(lin, cast.client("mei"))
    at_the_desk(cast, lin, send_alert)
    on_the_telephone(cast, send_alert)
    assert at_rest.found([*CANARIES, "19177770009"]) <= STAFF


def test_the_dump_is_read_as_it_is(cast):
    cast.lin.name = bird("officer")
    cast.lin.save()
    Household.objects.create(division_id=VILLAGE, address=bird("address"))
    assert at_rest.found([BIRD]) == {"accounts_person.name"}


def test_a_refusal_that_is_kept_quotes_nothing(lin):
    receipt = lin.does("visit", met=True, disposition=bird("result"), amounts=[{"meaning": bird("meaning")}])
    assert (receipt["verdict"], BIRD in str(receipt)) == ("held", False)
    assert BIRD not in str(Act.objects.get(pk=receipt["uuid"]).receipt)


def test_a_home_is_known_to_a_kilometre_only(zhao, lin):
    lin.does("arrive", position=HERE)
    assert Household.objects.get(pk=zhao.household_id).cell == "33.46,114.87"
    assert CheckIn.objects.get().lat == LAT
    with connection.cursor() as cursor:
        for table, columns in {
            "households_household": "lat, lon", "dissuasion_case": "lat, lon", "dissuasion_checkin": "lat, lon",
            "households_resident": "birth_year, lives_alone, earlier_victim",
        }.items():  # fmt: skip
            cursor.execute(f"SELECT {columns} FROM {table}")  # noqa: S608
            values = [value for row in cursor.fetchall() for value in row if value is not None]
            assert values
            assert all(len(bytes(value)) > 28 for value in values), table


def test_the_words_of_one_line_do_not_open_in_another(lin, cast):
    Desk(cast, "gu").recalls(lin)
    line = CaseEvent.objects.get(kind="recalled")
    assert (line.words, line.data["reason"]) == ("wrong station", "desk")
    CaseEvent.objects.filter(pk=line.pk).update(kind="closed")
    with pytest.raises(CannotOpen):
        _ = CaseEvent.objects.get(pk=line.pk).words


def test_the_cell_follows_the_point(cast, send_alert):
    case = send_alert(resident={"lat": HOME[0] + 0.02, "lon": HOME[1]}).json()["case"]
    assert Case.objects.get(pk=case).cell == "33.48,114.87"
