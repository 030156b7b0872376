"""Only pictures are kept, sealed as they came; what is shown is a copy that was drawn when they came."""

import io
import logging

import pytest
from PIL import Image

from config.lib import pictures
from config.lib.sealing import sealed_file
from dissuasion.api.phone import evidence
from dissuasion.models import Evidence
from tests.dissuasion.actions.field.evidence.conftest import SECRET_PLACE, File, picture


@pytest.mark.parametrize(("form", "mime"), [("JPEG", "image/jpeg"), ("PNG", "image/png"), ("WEBP", "image/webp")])
def test_it_shows_a_clean_copy(lin, form, mime):
    photo = File(lin.client, picture(form), **{"x-mime": mime})
    assert SECRET_PLACE.encode() in photo.data
    photo.put_all()
    answer = lin.client.get(photo.path)
    assert (answer.status_code, answer["Content-Type"], answer["Cache-Control"]) == (200, "image/jpeg", "no-store")
    copy = Image.open(io.BytesIO(answer.content))
    assert (copy.size, dict(copy.getexif())) == ((480, 640), {})
    assert SECRET_PLACE.encode() not in answer.content


def test_it_keeps_what_is_see_through_in_a_signature(lin):
    written = io.BytesIO()
    Image.new("RGBA", (300, 100), (0, 0, 0, 0)).save(written, "PNG")
    signature = File(lin.client, written.getvalue(), **{"x-mime": "image/png"})
    signature.put_all()
    answer = lin.client.get(signature.path)
    copy = Image.open(io.BytesIO(answer.content))
    assert (answer["Content-Type"], copy.mode, copy.getpixel((5, 5))) == ("image/png", "RGBA", (0, 0, 0, 0))


def test_it_makes_the_copy_smaller_than_a_wall(lin):
    photo = File(lin.client, picture(size=(4000, 3000)))
    photo.put_all(262_144)
    assert max(Image.open(io.BytesIO(lin.client.get(photo.path).content)).size) == 2560


def test_it_seals_the_original(photo, state):
    photo.put_all()
    kept = (state / "evidence" / Evidence.objects.get().path).read_bytes()
    assert len(kept) > len(photo.data)
    for start in (0, 100, 1000):
        assert photo.data[start : start + 16] not in kept


def alter(file):
    sealed = bytearray(file.read_bytes())
    sealed[len(sealed) // 2] ^= 1
    file.write_bytes(sealed)


def files(state):
    """Return the original and the copy of the only picture."""
    original = state / "evidence" / Evidence.objects.get().path
    return original, original.with_name(f"{original.name}.copy")


def test_it_draws_a_picture_once(photo, monkeypatch):
    photo.put_all()

    def drawn(_data):
        raise AssertionError("drawn anew")

    monkeypatch.setattr(pictures, "draw", drawn)
    first, second = photo.client.get(photo.path), photo.client.get(photo.path)
    assert (first.status_code, first.content) == (200, second.content)


def test_it_seals_the_copy(photo, state):
    photo.put_all()
    shown, (_original, copy) = photo.client.get(photo.path).content, files(state)
    kept = copy.read_bytes()
    assert len(kept) > len(shown)
    for start in (0, 100, 1000):
        assert shown[start : start + 16] not in kept
    assert copy.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("harm", [alter, lambda copy: copy.unlink(), lambda copy: copy.write_bytes(b"")])
def test_it_draws_a_copy_that_is_not_there_anew_and_keeps_it(photo, state, harm):
    photo.put_all()
    shown, (_original, copy) = photo.client.get(photo.path), files(state)
    harm(copy)
    assert photo.client.get(photo.path).content == shown.content
    assert copy.stat().st_size > len(shown.content)


def test_it_takes_a_picture_whose_copy_cannot_be_written(photo, monkeypatch):
    write = sealed_file.add_piece

    def full(path, *args, **named):
        if path.name.endswith(".copy"):
            raise OSError(28, "No space left on device")
        return write(path, *args, **named)

    monkeypatch.setattr(sealed_file, "add_piece", full)
    assert photo.put_all().json()["complete"]
    assert photo.client.get(photo.path).status_code == 200


def test_it_says_when_nothing_can_be_read_any_more(photo, state):
    photo.put_all()
    for file in files(state):
        alter(file)
    answer = photo.client.get(photo.path)
    assert (answer.status_code, answer.json()["code"]) == (410, "not_readable")


def bomb():
    written = io.BytesIO()
    Image.new("1", (6000, 5000)).save(written, "PNG")
    return written.getvalue()


NO_PICTURE = [
    (b"%PDF-1.7 and so on", "not_an_image"),
    (b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>", "not_an_image"),
    (b"\xff\xd8\xff\xe0" + b"x" * 500, "not_an_image"),
    (picture()[:-600], "not_an_image"),
    (picture("PNG")[:200] + b"x" * 200, "not_an_image"),
    (picture("GIF") if False else b"GIF89a" + b"x" * 100, "not_an_image"),
]


@pytest.mark.parametrize(("data", "reason"), NO_PICTURE)
def test_it_refuses_what_is_no_picture_and_keeps_the_row(lin, data, reason):
    photo = File(lin.client, data)
    for _ in range(2):
        answer = photo.put_all()
        assert (answer.status_code, answer.json()["code"]) == (415, "not_an_image")
    kept = Evidence.objects.get()
    assert (kept.state, kept.reason) == ("refused", reason)
    assert lin.client.get(photo.path).status_code == 415


def noted(form, exif, colour="teal"):
    written = io.BytesIO()
    Image.new("RGB", (64, 48), colour).save(written, form, exif=exif)
    return written.getvalue()


@pytest.mark.parametrize(
    "exif", [b"Exif\x00\x00garbage", b"MM\x00*\xff\xff\xff\xff", b"II*\x00\x08\x00\x00\x00\xff\xff"]
)
@pytest.mark.parametrize(("form", "mime"), [("PNG", "image/png"), ("JPEG", "image/jpeg"), ("WEBP", "image/webp")])
def test_it_shows_a_picture_whose_notes_cannot_be_read(lin, form, mime, exif):
    photo = File(lin.client, noted(form, exif), **{"x-mime": mime})
    assert photo.put_all().status_code == 200
    answer = lin.client.get(photo.path)
    assert answer.status_code == 200
    assert Image.open(io.BytesIO(answer.content)).size == (64, 48)


def test_no_log_tells_what_a_camera_has_written(lin, caplog):
    caplog.set_level(logging.DEBUG)
    photo = File(lin.client, picture())
    assert photo.put_all().status_code == 200
    assert lin.client.get(photo.path).status_code == 200
    assert SECRET_PLACE not in caplog.text


def test_it_takes_two_pictures_in_one_file(lin):
    written = io.BytesIO()
    first, second = (Image.new("RGB", (640, 480), colour) for colour in ("teal", "red"))
    first.save(written, "MPO", save_all=True, append_images=[second])
    photo = File(lin.client, written.getvalue())
    assert photo.put_all().json()["complete"]
    assert Evidence.objects.get().mime == "image/jpeg"
    answer = lin.client.get(photo.path)
    assert (answer.status_code, answer["Content-Type"]) == (200, "image/jpeg")


def test_it_refuses_what_breaks_a_decoder_in_a_new_way(lin, monkeypatch):
    def broken(*_args, **_named):
        raise TypeError

    monkeypatch.setattr(Image, "open", broken)
    assert File(lin.client, picture()).put_all().status_code == 415
    assert Evidence.objects.get().state == "refused"


def test_it_shows_so_many_copies_a_minute(photo, monkeypatch):
    monkeypatch.setattr(evidence, "READS_A_MINUTE", 2)
    photo.put_all()
    assert [photo.client.get(photo.path).status_code for _read in range(3)] == [200, 200, 429]
    assert photo.state()["complete"]


@pytest.mark.filterwarnings("ignore::PIL.Image.DecompressionBombWarning")
def test_it_never_opens_more_than_24_million_pixels(lin):
    photo = File(lin.client, bomb(), **{"x-mime": "image/png"})
    assert photo.put_all().status_code == 415
    assert Evidence.objects.get().reason == "too_many_pixels"


def test_it_tells_the_case_of_a_photo_that_cannot_be_read(lin, gu):
    photo = File(lin.client, b"no picture at all")
    lin.records(photos=[photo.listed()])
    photo.put_all()
    event = gu.case(lin)["history"][-1]
    assert (event["kind"], event["data"]["flags"]) == ("flagged", ["photo_refused"])
    assert gu.case(lin)["attention"] == ""
