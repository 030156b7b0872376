"""A phone that means somebody else than who is signed in: no door that acts for a person takes or tells anything."""

import pytest

from tests.dissuasion.access.doors import all_doors, knock

# Words that are the same for everybody, what anybody may read, a worker without a session; sources and gateways.
OPEN = {"GET scripts/<str:sha256>", "GET app", "POST push/receipt"}
MACHINES = {"POST alerts", "POST alerts/batch", "POST reports/<str:channel>", "POST replies/<str:channel>"}
DOORS = sorted(all_doors() - OPEN - MACHINES)


@pytest.mark.parametrize("door", DOORS)
def test_it_refuses_what_is_meant_for_somebody_else(cast, things, door):
    client = cast.client("lin")
    client.defaults["HTTP_X_PERSON"] = str(cast.mei.pk)
    answer = knock(client, door, things)
    assert (answer.status_code, answer.json()["code"]) == (403, "another_person")


@pytest.mark.parametrize("door", ["GET work", "GET duty", "GET push", "GET card"])
def test_it_answers_who_is_meant(cast, things, door):
    client = cast.client("lin")
    client.defaults["HTTP_X_PERSON"] = str(cast.lin.pk)
    assert knock(client, door, things).status_code == 200
