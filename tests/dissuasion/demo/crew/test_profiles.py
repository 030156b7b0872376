"""Each kind of person and phone against a real server: what they did is there once, whatever happened on the way."""

import time
from datetime import timedelta

import pytest

from dissuasion.consumers import hub
from dissuasion.demo.crew import phone as phones
from dissuasion.demo.crew.door import Door, Session
from dissuasion.demo.crew.profile import Network, Outage
from dissuasion.models import Act, Assignment, CaseEvent, Visit
from tests.cast import SOURCE_KEY, alert
from tests.dissuasion.demo.crew.conftest import ready
from tests.dissuasion.demo.crew.phones import QUICK, idle, phone_of, read, until

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.filterwarnings("ignore::ResourceWarning")]
STEPS = ["receipt", "acknowledge", "contact", "depart", "arrive", "visit"]


@pytest.fixture(autouse=True)
def _impatient(monkeypatch):
    monkeypatch.setattr(phones, "AGAIN_S", 0.05)
    monkeypatch.setattr(phones, "SOON", (0.0, 0.05))


@pytest.fixture
def lin(member, live_cast):
    """Lin, with some traits."""
    return lambda **traits: member("lin", ready(**traits))


async def warn(door, phone) -> str:
    """Send an alert once the phone is connected; return its case."""
    await until(lambda: phone.connected)
    return (await door.alert(SOURCE_KEY, alert()))["case"]


async def visited(phone) -> None:
    """Wait until a visit is recorded and nothing waits any more."""
    await until(lambda: Visit.objects.filter(decides=True).exists() and not phone.outbox.waiting, 15)


async def reconcile(phone) -> list[str]:
    """Once nothing waits, compare the phone's ledger with what the server kept; return the acts' kinds in order."""
    await until(lambda: not phone.outbox.waiting)
    return await read(compare)(phone)


def compare(phone) -> list[str]:
    kept = {str(act.pk): act for act in Act.objects.filter(device=phone.outbox.device)}
    assert kept.keys() == phone.ledger.acts.keys()
    for uuid, mine in phone.ledger.acts.items():
        assert (mine.act["seq"], mine.act["kind"]) == (kept[uuid].seq, kept[uuid].kind)
        assert mine.receipt["verdict"] in {kept[uuid].verdict, "already_applied"}
    assert [kept.seq for kept in sorted(kept.values(), key=lambda act: act.seq)] == list(range(1, len(kept) + 1))
    return [mine.act["kind"] for mine in phone.ledger.acts.values()]


async def test_it_works_on_without_a_network_and_sends_all_in_order(server, lin):
    who = await read(lin)(acknowledge_s=(0.3, 0.3))
    async with Door(server) as door, phone_of(who, door, QUICK) as phone:
        await warn(door, phone)
        await until(lambda: phone.ledger.acts != {} and not phone.outbox.waiting)
        phone.link.lose()
        await until(lambda: [act["kind"] for act in phone.outbox.waiting] == STEPS[1:])
        written = [(act["uuid"], act["seq"], act["happened_at"]) for act in phone.outbox.waiting]
        assert not phone.connected
        assert await read(Act.objects.count)() == 1
        phone.link.reconnect()
        await visited(phone)
        assert await reconcile(phone) == STEPS
    rows = await read(list)(Act.objects.exclude(kind="receipt").order_by("received_at"))
    assert [(str(act.pk), act.seq, act.body["happened_at"]) for act in rows] == written


async def test_its_network_comes_and_goes(server, lin):
    outage = Outage(after_min=(100, 100), lasts_min=(100, 100))  # half a second each
    who = await read(lin)(network=Network(outage=outage))
    async with Door(server) as door, phone_of(who, door, QUICK, go_about=idle) as phone:
        for _time in range(2):
            await until(lambda: phone.connected)
            await until(lambda: not phone.link.up)


async def test_a_silent_socket_is_noticed_and_the_phone_pulls_first(server, lin, monkeypatch):
    monkeypatch.setattr(hub, "HEARTBEAT_S", 0.2)
    monkeypatch.setattr(phones, "SILENT_S", 1.5)
    who = await read(lin)()
    async with Door(server) as door, phone_of(who, door, QUICK, go_about=idle) as phone:
        await until(lambda: phone.connected)
        old = phone.socket
        phone.link.go_silent()
        begun = time.monotonic()
        await warn(door, phone)
        await until(lambda: phone.ledger.shown != [])
        assert 1.0 < time.monotonic() - begun < 4
        assert phone.ledger.versions[-1].road == "pull"
        await until(lambda: phone.connected and phone.socket is not old)


async def test_a_slow_one_comes_to_the_same_end(server, lin):
    who = await read(lin)(network=Network(latency_s=(0.1, 0.2)), receipt_s=(0.2, 0.3))
    async with Door(server) as door, phone_of(who, door, QUICK) as phone:
        await warn(door, phone)
        await visited(phone)
        assert await reconcile(phone) == STEPS
    shown = await read(Assignment.objects.get)()
    assert shown.shown_at - shown.assigned_at > timedelta(seconds=0.2)


async def test_a_declined_case_goes_to_the_next(server, lin):
    who = await read(lin)(declines=1)
    async with Door(server) as door, phone_of(who, door, QUICK) as phone:
        await warn(door, phone)
        await until(lambda: Assignment.objects.count() == 2)
        await until(lambda: phone.ledger.shown[0].left_at is not None)
        assert await reconcile(phone) == ["receipt", "decline"]
    statuses = await read(lambda: list(Assignment.objects.order_by("assigned_at").values_list("status", flat=True)))()
    assert statuses == ["declined", "assigned"]


@pytest.mark.parametrize(("unshown", "kinds"), [(0, ["receipt"]), (1, [])])
async def test_a_silent_one_leaves_the_alarm_ringing(server, lin, unshown, kinds):
    who = await read(lin)(ignores=1, unshown=unshown)
    async with Door(server) as door, phone_of(who, door, QUICK) as phone:
        await warn(door, phone)
        await until(lambda: phone._errands and all(task.done() for task in phone._errands.values()))
        assert await reconcile(phone) == kinds
    held = await read(Assignment.objects.get)()
    assert (held.status, bool(held.shown_at)) == ("assigned", not unshown)


@pytest.mark.parametrize("unknown", [0, 1])
async def test_a_wrong_clock_is_put_right_or_flagged(server, lin, unknown):
    who = await read(lin)(clock_off_s=(7200, 7200), clock_unknown=unknown)
    async with Door(server) as door, phone_of(who, door, QUICK) as phone:
        await warn(door, phone)
        await visited(phone)
        assert await reconcile(phone) == STEPS
        flags = {flag for kept in phone.ledger.acts.values() for flag in kept.flags}
    apart = [abs(act.received_at - act.happened_at) for act in await read(list)(Act.objects.all())]
    if unknown:
        assert flags <= {"late", "clock_ahead"}
        assert flags
    else:
        assert flags == {"clock_off"}
        assert max(apart) < timedelta(seconds=5)


async def test_double_taps_and_doubled_requests_count_once(server, lin):
    who = await read(lin)(taps_twice=1, network=Network(repeats=1))
    async with Door(server) as door, phone_of(who, door, QUICK) as phone:
        await warn(door, phone)
        await visited(phone)
        taps = ["acknowledge", "acknowledge", "depart", "depart", "arrive", "arrive"]
        assert await reconcile(phone) == ["receipt", *taps[:2], "contact", *taps[2:], "visit"]
        assert all(len(kept.answers) >= 2 for kept in phone.ledger.acts.values())
    once = await read(
        lambda: list(CaseEvent.objects.filter(kind__in=("acknowledged", "departed", "arrived", "visited")))
    )()
    assert [event.kind for event in once] == ["acknowledged", "departed", "arrived", "visited"]


async def test_a_cut_answer_is_asked_for_again_under_the_same_uuid(server, lin):
    who = await read(lin)(network=Network(cuts=0.6))
    async with Door(server) as door, phone_of(who, door, QUICK) as phone:
        await warn(door, phone)
        await visited(phone)
        assert await reconcile(phone) == STEPS
        assert any(kept.sent > 1 for kept in phone.ledger.acts.values())
        assert any(kept.receipt["verdict"] == "already_applied" for kept in phone.ledger.acts.values())
    assert await read(Visit.objects.count)() == 1


async def test_who_goes_on_is_told_who_holds_the_case_now(server, lin, member, live_cast):
    who, gu = await read(lin)(acknowledge_s=(1.2, 1.2), goes_on=1), await read(member)("gu")
    async with Door(server) as door, phone_of(who, door, QUICK) as phone:
        case = await warn(door, phone)
        await until(lambda: phone.document["assignments"] != [])
        given = {"person": str(live_cast.qin.pk), "instead_of": phone.document["assignments"][0]["id"]}
        await door.write(Session.of_session(gu.session), f"cases/{case}/assign", given)
        await until(lambda: phone.document["assignments"] == [])
        await until(lambda: Act.objects.filter(kind="resolve", assignment__isnull=False).count() == 5)
        assert sorted(await reconcile(phone)) == sorted([*STEPS, *["resolve"] * 5])
        told = {kept.act["kind"]: kept for kept in phone.ledger.contradicted}
    assert list(told) == STEPS[1:]
    assert told["acknowledge"].holder == live_cast.qin.name
    assert all("after_recall" in kept.flags for kept in told.values())
    assert [kept.reply for kept in told.values()] == ["theirs", "theirs", "theirs", "mine_too", "mine_too"]
