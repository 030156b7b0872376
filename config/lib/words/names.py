"""Names of people as they are kept and listed: fit for one line, and shortened to the family name."""

import re

# What begins a new line or column: in one line it leaves a gap, or 幸福路12 and 5号楼 would become number 125.
_BREAKS = re.compile("[\t-\r\x1c-\x1f\x85\u2028\u2029]+")
# Marks that turn the direction of what follows, and control characters: in a name they only ever deceive.
_TURNING = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\x00-\x1f\x7f-\x9f]")
# Family names of two characters that people carry today. Left out: those like 谷梁 or 乐正, which are more often a
# family name of one character and the beginning of a given name; a name too short tells less.
COMPOUND = {
    "欧阳", "歐陽", "司马", "司馬", "司徒", "司空", "诸葛", "諸葛", "上官", "夏侯", "皇甫", "尉迟", "尉遲", "公孙",
    "公孫", "慕容", "长孙", "長孫", "宇文", "令狐", "端木", "轩辕", "軒轅", "呼延", "淳于", "申屠", "濮阳", "濮陽",
    "赫连", "赫連", "澹台", "澹臺", "闻人", "聞人", "钟离", "鍾離", "鲜于", "鮮于", "闾丘", "閭丘", "万俟", "拓跋",
    "东方", "東方", "南宫", "南宮", "西门", "西門", "独孤", "獨孤", "百里", "第五", "公冶", "公羊", "太叔", "单于",
    "單于", "颛孙", "顓孫", "亓官", "巫马", "巫馬", "漆雕", "羊舌", "左丘", "梁丘", "东郭", "東郭", "达奚", "達奚",
    "纳兰", "納蘭", "完颜", "完顏", "耶律", "贺兰", "賀蘭", "哥舒",
}  # fmt: skip


def one_line(text: str) -> str:
    """Return text for a line that it shares with others: without breaks, control characters and marks of direction."""
    return _TURNING.sub("", _BREAKS.sub(" ", text)).strip()


def family_name(name: str) -> str:
    """Return the family name at the beginning of a Chinese name: one character, or a known one of two."""
    return name[:2] if len(name) > 2 and name[:2] in COMPOUND else name[:1]


def masked_name(name: str) -> str:
    """Return a name for lists, shortened as in newspapers: the family name and 某."""
    plain = one_line(name)
    return f"{family_name(plain)}某" if plain else ""
