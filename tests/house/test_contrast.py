"""What is read can be read: the contrast of the tokens in every theme, and which of them focus and placeholders use."""

import re

import pytest
from django.conf import settings

CSS = settings.ROOT / "static"
TOKENS = (CSS / "css/tokens.css").read_text()
TOKEN = re.compile(r"--([\w-]+):\s*([^;]+);")
SYSTEM = "@media (prefers-color-scheme: dark)"
THEMES = ("light", "dark", "outdoor")
GROUNDS = ("bg", "surface", "sunken", "raised")
TONES = ("high", "medium", "low", "done", "you")
READ, SEEN = 4.5, 3.0  # WCAG 2.2: 1.4.3 for text, 1.4.11 for what is no text


def block(selector: str) -> dict[str, str]:
    """Return the tokens of every block with this selector, the later ones over the earlier ones."""
    blocks = re.findall(rf"^{re.escape(selector)} \{{(.*?)^\}}", TOKENS, re.DOTALL | re.MULTILINE)
    assert blocks, selector
    return dict(pair for one in blocks for pair in TOKEN.findall(one))


def theme(name: str) -> dict[str, str]:
    """Return the tokens as they are in a theme."""
    return block(":root") | (block(f'[data-theme="{name}"]') if name != "light" else {})


def colour(tokens: dict[str, str], name: str) -> str:
    """Return a token as #rrggbb, whatever it points at."""
    value = tokens[name]
    if pointer := re.fullmatch(r"var\(--([\w-]+)\)", value):
        return colour(tokens, pointer[1])
    return "#" + "".join(2 * digit for digit in value[1:]) if len(value) == 4 else value


def light(colour: str) -> float:
    """Return the relative luminance."""
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(tokens: dict[str, str], one: str, other: str) -> float:
    """Return the contrast of two tokens, 1 to 21."""
    darker, lighter = sorted((light(colour(tokens, one)), light(colour(tokens, other))))
    return (lighter + 0.05) / (darker + 0.05)


def pairs() -> list[tuple[str, str, float]]:
    """Return what stands on what, with the least contrast between them."""
    texts = [(text, ground, READ) for text in ("text", "text-2", "text-3", "action-text") for ground in GROUNDS]
    tones = [
        pair
        for tone in TONES
        for pair in (
            (f"on-{tone}", tone, READ),
            (f"{tone}-text", "surface", READ),
            (f"{tone}-text", f"{tone}-soft", READ),
        )
    ]
    focus = [("focus", ground, SEEN) for ground in GROUNDS] + [("edge", "surface", SEEN)]
    alarm = [("on-alarm", "alarm-bg", READ), ("alarm-dim", "alarm-bg", READ), ("on-alarm-go", "alarm-go", READ)]
    others = [("on-action", "action", READ), ("on-here", "here", READ), ("action-text", "action-soft", READ)]
    return texts + tones + focus + alarm + others


@pytest.mark.parametrize("name", THEMES)
def test_everything_can_be_read_in_every_theme(name):
    tokens = theme(name)
    found = {(one, other): round(contrast(tokens, one, other), 2) for one, other, _least in pairs()}
    assert not {pair: found[pair] for *pair, least in pairs() if found[tuple(pair)] < least}


def test_a_phone_that_follows_the_system_is_as_dark_as_one_that_was_told():
    followed = TOKENS.split(SYSTEM)[1]
    told = block('[data-theme="dark"]')
    assert dict(TOKEN.findall(followed[: followed.index("\n  }\n")])) == told


def test_focus_on_the_alarm_and_placeholders_use_what_can_be_seen():
    phone, base = ((CSS / name).read_text() for name in ("phone/phone.css", "css/base.css"))
    assert re.search(r"^\.alarm \{[^}]*--focus: var\(--on-alarm\)", phone, re.MULTILINE)
    assert re.search(r"^::placeholder \{[^}]*color: var\(--text-3\); opacity: 1", base, re.MULTILINE)


def test_english_is_written_in_latin_letters_where_a_system_has_chinese_ones():
    # Letters for Chinese draw “ ” and ’ as wide as signs.
    fonts = dict(re.findall(r'^(?:\[lang="(en)"\].*?|:root, \[lang.*?\]) \{ --font: (.*?);', TOKENS, re.MULTILINE))
    assert fonts["en"].index("Arial") < fonts["en"].index("system-ui") < fonts["en"].index("--han")
    assert fonts[""].startswith("system-ui")
    assert re.search(r"^\[lang\] \{ font-family: var\(--font\); \}", TOKENS, re.MULTILINE)
