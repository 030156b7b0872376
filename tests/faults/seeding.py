"""Fills the run's database: ground, people with signed-in phones, a source with its key, short deadlines.

A process of its own, so that what compares the ledgers afterwards never held a connection through the faults.
"""

import argparse
import copy
import json
from pathlib import Path
from uuid import UUID

import django

django.setup()

from django.core.management import call_command  # noqa: E402  they need the settings
from django.db import connection  # noqa: E402

from accounts.models import Person, Shift  # noqa: E402
from dissuasion.models import Policy  # noqa: E402
from tests.bench import city  # noqa: E402


def main() -> None:
    """Seed, and write down who has which phone and whom alerts may mean."""
    reader = argparse.ArgumentParser(description=__doc__)
    reader.add_argument("--size", required=True)
    reader.add_argument("--phones", type=int, required=True)
    reader.add_argument("--acknowledge", type=int, required=True, help="seconds")
    reader.add_argument("--into", type=Path, required=True)
    asked = reader.parse_args()
    # As operations do: without the collected files an error page fails itself, and its database connection is gone.
    call_command("collectstatic", interactive=False, verbosity=0)
    city.settle(asked.size)
    deadlines = copy.deepcopy(Policy.current("deadlines").content)
    deadlines["high"]["acknowledge"] = asked.acknowledge
    Policy.objects.create(kind="deadlines", content=deadlines, reason="Faults: short clocks")
    quarter = asked.acknowledge // 4
    rungs = {"push": quarter, "text": 2 * quarter, "second": 3 * quarter, "next": asked.acknowledge}
    ladder = Policy.current("ladder").content | {"high": rungs}
    Policy.objects.create(kind="ladder", content=ladder, reason="Faults: short clocks")
    phones = city.phones(asked.phones)
    # Whoever has no phone here is off duty: what they were given could reach nobody.
    Shift.objects.exclude(person__in=[phone.person for phone in phones]).delete()
    police = Person.objects.filter(role__in=("officer", "community_officer")).values_list("pk", flat=True)
    world = {
        "key": city.KEY,
        "phones": [{"person": str(UUID(phone.person)), "session": phone.cookie} for phone in phones],
        "police": [str(pk) for pk in police],
        "residents": city.residents(phones, None),
    }
    with connection.cursor() as cursor:
        # Else the first recovery would play back the whole seeding, which no running installation has just done.
        cursor.execute("CHECKPOINT")
    asked.into.write_text(json.dumps(world))


main()
