"""What somebody does with one assignment, from the alarm to the record, as their plan has it."""

import asyncio
from typing import Any

from dissuasion.demo.crew.door import NoNetwork, Refused
from dissuasion.demo.crew.phone import Phone
from dissuasion.demo.crew.plan import Plan, Record, plan
from dissuasion.demo.crew.stories import Story, plan_for_story

GONE_OUT, ARRIVED = ("en_route", "on_scene"), "on_scene"


async def run(phone: Phone, key: str) -> None:
    """Work on an assignment until it is done or has left the worklist; begun work is continued."""
    given = phone.assignment(key)
    if given is None:
        return
    doing = plan(phone.member.profile, given, start=phone.place, seed=phone.world.seed)
    story = phone.world.story_at(given)
    if story is not None:
        doing = plan_for_story(doing, *story)
    await asyncio.sleep(doing.receipt_s)
    if doing.shown:
        await phone.act("receipt", key)
    if given["status"] == "assigned" and not await _answer(phone, key, doing):
        return
    # A person is at one door at a time.
    async with phone.hands:
        if await _go(phone, given, doing) and given["part"] == "lead":
            await _talk(phone, given, doing, story[0] if story else None)


def _over(phone: Phone, key: str, doing: Plan) -> bool:
    """Return whether the assignment has left the worklist and the person stops because of it."""
    return phone.assignment(key) is None and not doing.goes_on


async def _answer(phone: Phone, key: str, doing: Plan) -> bool:
    """Return whether the person acknowledged."""
    if doing.answer == "ignore":
        return False
    await asyncio.sleep(phone.world.pace.hand_seconds(doing.acknowledge_s))
    if _over(phone, key, doing):
        return False
    if doing.answer == "decline":
        await phone.act("decline", key, {"reason": doing.decline_reason})
        return False
    receipt = await phone.act("acknowledge", key)
    somebody_else_has_it = receipt is not None and bool(receipt.get("holder"))
    return doing.goes_on or not somebody_else_has_it


async def _go(phone: Phone, given: dict[str, Any], doing: Plan) -> bool:
    """Set out and check in at the door; return whether the assignment is still in hand there."""
    key, life = given["id"], phone.world.pace.story_seconds
    if _over(phone, key, doing):
        return False
    if given["status"] not in GONE_OUT:
        if given["case"]["risk"] == "high" and given["part"] == "lead" and given["purpose"] == "visit":
            await phone.act("contact", key, {"reached": doing.reached})
        await asyncio.sleep(life(doing.turnout_min))
        if doing.note:
            await phone.act("note", key, {"text": doing.note})
            phone.world.overheard(given["case"]["id"], doing.note)
        lat, lon = phone.place
        await phone.act("depart", key, {"position": {"lat": lat, "lon": lon, "accuracy_m": 20.0, "age_s": 2.0}})
    if given["status"] != ARRIVED:
        await asyncio.sleep(life(doing.travel_min))
        if _over(phone, key, doing):
            return False
        proof = {"position": doing.position} if doing.position else {"manual_reason": "没有定位信号"}
        await phone.act("arrive", key, proof)
        if doing.position:
            await phone.tell_position(doing.position)
    return True


async def _talk(phone: Phone, given: dict[str, Any], doing: Plan, story: Story | None) -> None:
    """Talk by the script and record the visit, unless the assignment has left meanwhile."""
    pace = phone.world.pace
    script = await _script(phone, given["case"]["scam_type"], doing.record.audience)
    await asyncio.sleep(pace.story_seconds(doing.talk_min))
    await asyncio.sleep(pace.hand_seconds(doing.record_s))
    if _over(phone, given["id"], doing):
        return
    if story is not None:
        phone.world.visited(story)
    await phone.act("visit", given["id"], visit(doing.record, script, minutes=doing.talk_min))


async def _script(phone: Phone, scam_type: str, audience: str) -> dict[str, Any] | None:
    """Return the script for this talk by its hash in the worklist; without one people talk all the same."""
    language = phone.document["person"]["language"]
    offered = {(s["scam_type"], s["audience"], s["language"]): s["sha256"] for s in phone.document["scripts"]}
    wanted = [(scam_type, audience, language), (scam_type, "resident", language), ("other", "resident", language)]
    found = [offered[kind] for kind in wanted if kind in offered]
    if not found:
        return None
    try:
        return await phone.world.script(phone.link, await phone.who(), found[0])
    except (NoNetwork, Refused):
        return None


def visit(record: Record, script: dict[str, Any] | None, *, minutes: float) -> dict[str, Any]:
    """Return the payload of a visit's record: result, amounts, the parts of the script and the objections used."""
    payload: dict[str, Any] = {
        "met": record.met,
        "disposition": record.disposition,
        "amounts": [
            {"meaning": meaning, "evidence": evidence, "kind": "money", "quantity": str(yuan)}
            for meaning, evidence, yuan in record.amounts
        ],
        "tried": list(record.tried),
        "note": record.note,
    }
    if script is not None and record.met:
        payload |= {"script": script["sha256"], "steps": _steps(record, script, minutes)}
    return payload


def _steps(record: Record, script: dict[str, Any], minutes: float) -> list[dict[str, Any]]:
    """Return the script's steps with the story's seconds; each objection came up at one of them, from the second on."""
    keys = [step["key"] for step in script["steps"]]
    answered = [key for key in record.objections if any(key == known["key"] for known in script["objections"])]
    steps: list[dict[str, Any]] = [{"key": key, "seconds": round(minutes * 60 / len(keys))} for key in keys]
    for number, objection in enumerate(answered, start=1):
        steps[min(number, len(steps) - 1)]["objection"] = objection
    return steps
