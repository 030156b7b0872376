"""What the officer card and the page at the door both say to a resident: one word for the number, one list. Pure."""

Words = dict[str, str]  # the same in "zh-hans" and "en"

# 工号, not 警号: grid members and cadres have a card too, and no police number (docs/decisions/0141).
STAFF_NUMBER: Words = {"zh-hans": "工号", "en": "Staff number"}
NEVER_TITLE: Words = {"zh-hans": "民警上门，绝不会", "en": "Police at the door never"}
NEVER_ASKED: dict[str, Words] = {
    "money": {"zh-hans": "让您转账、交现金", "en": "ask for a transfer or cash"},
    "secret": {"zh-hans": "要密码、验证码", "en": "ask for a password or a code"},
    "screen": {
        "zh-hans": "让您共享屏幕、点链接装软件",
        "en": "ask you to share your screen or install from a link",
    },
    "family": {"zh-hans": "让您瞒着家人", "en": "tell you to keep it from your family"},
}


def in_language(words: Words, language: str) -> str:
    """Return what `words` say in a language tag: English for `en…`, else Chinese."""
    return words["en" if language.startswith("en") else "zh-hans"]
