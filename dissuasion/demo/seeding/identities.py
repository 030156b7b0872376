"""Names and numbers that belong to nobody: no telephone begins with 100…, no ID number with 999999."""

from collections import Counter

from config.lib.identity import id_check_digit

# No network issues 100…; the fourth digit keeps staff, residents and families apart.
STAFF_PHONE, RESIDENT_PHONE, CONTACT_PHONE, RECORDED_PHONE, RECORDED_CONTACT_PHONE = (
    "1001", "1002", "1003", "1004", "1005",
)  # fmt: skip
NO_REGION = "999999"
# 示, as in 演示 (demonstration), stands in every made-up name.
MARK = "示"
SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎"
# The longest matching code counts.
DIALECTS = {
    "411624": "沈丘话",
    "4116": "周口话",
    "1302": "冀东话",
    "3703": "冀鲁官话",
    "3714": "冀鲁官话",
    "3704": "中原官话",
    "3708": "中原官话",
}
COMMON = "普通话"


def telephone(prefix: str, number: int) -> str:
    """Return the `number`-th made-up telephone number of a series."""
    return f"{prefix}{number:07d}"


def resident_phone(number: int) -> str:
    """Return the telephone of the `number`-th resident who has one, counted from 0 without gaps."""
    return telephone(RESIDENT_PHONE, number)


def id_number(born: str, sequence: int) -> str:
    """Return the made-up ID number of somebody born on a day (YYYYMMDD)."""
    first = f"{NO_REGION}{born}{sequence:03d}"
    return first + id_check_digit(first)


def dialect(division: str) -> str:
    """Return the dialect of a division."""
    return next((name for code, name in DIALECTS.items() if division.startswith(code)), COMMON)


class Register:
    """Gives out numbers in order, none twice."""

    def __init__(self) -> None:
        self.residents = self.phones = self.contacts = 0
        self._born: Counter[str] = Counter()

    def resident(self) -> int:
        """Return the next resident's number."""
        self.residents += 1
        return self.residents

    def phone(self) -> str:
        """Return the next resident's telephone number."""
        self.phones += 1
        return resident_phone(self.phones - 1)

    def contact_phone(self) -> str:
        """Return the next family member's telephone number."""
        self.contacts += 1
        return telephone(CONTACT_PHONE, self.contacts)

    def id_number(self, born: str) -> str:
        """Return the next ID number of somebody born on a day (YYYYMMDD)."""
        self._born[born] += 1
        return id_number(born, self._born[born])
