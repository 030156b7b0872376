"""The schema comes from a file: quickly, compressed where that is wanted, and not again to whoever has it."""

import gzip
import json

from django.test import Client
from drf_spectacular.generators import SchemaGenerator

from tests.schema import published


def test_it_is_the_schema_of_today():
    answer = Client().get("/api/schema")
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/vnd.oai.openapi+json")
    # Words are written in the language of whoever makes the file: places and shapes are what is compared.
    written, drawn = json.loads(answer.content), published()
    assert written["openapi"] == drawn["openapi"] == "3.1.0"
    assert list(written["paths"]) == list(drawn["paths"])
    assert list(written["components"]["schemas"]) == list(drawn["components"]["schemas"]), "Run: make types"


def test_nobody_who_asks_makes_the_server_draw_it(monkeypatch):
    def drawn(*_args, **_named):
        raise AssertionError("drawn anew")

    monkeypatch.setattr(SchemaGenerator, "get_schema", drawn)
    assert Client().get("/api/schema?format=yaml&lang=en").status_code == 200


def test_it_is_compressed_for_whoever_takes_that():
    plain, packed = Client().get("/api/schema"), Client(headers={"accept-encoding": "gzip, br"}).get("/api/schema")
    assert (packed["Content-Encoding"], packed["Vary"].count("Accept-Encoding")) == ("gzip", 1)
    assert gzip.decompress(packed.content) == plain.content
    assert packed["ETag"] == plain["ETag"]


def test_it_is_not_sent_to_whoever_has_it():
    tag = Client().get("/api/schema")["ETag"]
    again = Client(headers={"if-none-match": tag}).get("/api/schema")
    assert (again.status_code, again.content) == (304, b"")


def test_it_is_only_read():
    assert Client().post("/api/schema").status_code == 405
