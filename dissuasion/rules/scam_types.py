"""The kinds of fraud (诈骗类型) by their codes: the national ten of 2024 and five from the reports. Pure."""

NAMES: dict[str, dict[str, str]] = {
    "rebate": {"zh-hans": "刷单返利", "en": "Fake order rebates"},
    "investment": {"zh-hans": "虚假网络投资理财", "en": "Fake online investment"},
    "shopping": {"zh-hans": "虚假购物服务", "en": "Fake shopping or service"},
    "customer_service": {"zh-hans": "冒充电商物流客服", "en": "Fake e-commerce or courier customer service"},
    "loan": {"zh-hans": "虚假贷款", "en": "Fake loan"},
    "credit_record": {"zh-hans": "虚假征信", "en": "Fake credit-record repair"},
    "acquaintance": {"zh-hans": "冒充领导熟人", "en": "Impersonating a boss or acquaintance"},
    "police_impersonation": {"zh-hans": "冒充公检法及政府机关", "en": "Impersonating police or officials"},
    "romance": {"zh-hans": "网络婚恋交友", "en": "Online romance"},
    "gaming": {"zh-hans": "网络游戏产品虚假交易", "en": "Fake game-item trade"},
    "sex_lure": {"zh-hans": "招嫖色诱", "en": "Sexual lure"},
    "insurance_deduction": {"zh-hans": "百万保障扣费", "en": "Fake insurance deduction"},
    "virtual_currency": {"zh-hans": "虚拟货币", "en": "Virtual currency"},
    "teacher_fee": {"zh-hans": "冒充老师收费", "en": "Impersonating a teacher to collect fees"},
    "other": {"zh-hans": "其他", "en": "Other"},
}
OTHER = "other"


def known_or_other(code: str) -> str:
    """Return the code itself, or `other` for one that is not in the list (the raw value stays in the alert)."""
    return code if code in NAMES else OTHER


def name(code: str, language: str) -> str:
    """Return the name of a scam type in `zh-hans` or `en`."""
    return NAMES[known_or_other(code)]["en" if language.startswith("en") else "zh-hans"]
