"""How Chinese names of people and places are read (汉语拼音), as English text writes them: Zhao Mou, Fanji Village."""

import functools
import os
import re

from config.lib.words.names import family_name

# 45 MB a process for phrases, hardly any of them names: the single signs are enough, with the tables below.
os.environ.setdefault("PYPINYIN_NO_PHRASES", "1")
os.environ.setdefault("PYPINYIN_NO_DICT_COPY", "1")
from pypinyin import lazy_pinyin

# Signs that are read otherwise as a family name, and those family names of two signs of which one is.
FAMILY = {
    "单": "shan", "單": "shan", "解": "xie", "曾": "zeng", "仇": "qiu", "查": "zha", "区": "ou", "區": "ou",
    "朴": "piao", "种": "chong", "乜": "nie", "缪": "miao", "繆": "miao", "翟": "zhai", "秘": "bi", "员": "yun",
    "員": "yun", "折": "she", "祭": "zhai", "召": "shao", "覃": "qin", "么": "yao", "阚": "kan", "闞": "kan",
    "乐": "yue", "樂": "yue", "都": "du", "卜": "bu", "藏": "zang", "郇": "xun", "佴": "nai", "薄": "bo",
    "洗": "xian", "繁": "po", "尉迟": "yuchi", "尉遲": "yuchi", "万俟": "moqi", "长孙": "zhangsun",
    "長孫": "zhangsun", "单于": "chanyu", "單于": "chanyu", "澹台": "tantai", "澹臺": "tantai",
}  # fmt: skip
# What names of any sort read otherwise than single signs are read.
IN_NAMES = {
    "长": "chang", "長": "chang", "都": "du", "卜": "bu", "解放": "jiefang", "重庆": "chongqing",
    "中牟": "zhongmu", "泌阳": "biyang", "厦门": "xiamen", "涡阳": "guoyang", "番禺": "panyu", "西藏": "xizang",
}  # fmt: skip
# Villages are called after families; 乐 and the like are words there.
IN_PLACES = IN_NAMES | {sign: FAMILY[sign] for sign in "单單解曾仇查翟"}
# Counties, districts and cities whose signs are read otherwise in any other name.
OF_PLACES = {
    "六安": "Lu'an", "六合": "Luhe", "乐亭": "Laoting", "乐清": "Yueqing", "蔚": "Yu", "浚": "Xun", "铅山": "Yanshan",
    "繁峙": "Fanshi", "洪洞": "Hongtong", "大埔": "Dabu", "荥经": "Yingjing", "尉犁": "Yuli", "枞阳": "Zongyang",
    "筠连": "Junlian", "珲春": "Hunchun", "蚌埠": "Bengbu", "什邡": "Shifang", "牟平": "Muping", "黄陂": "Huangpi",
    "犍为": "Qianwei", "长子": "Zhangzi", "吐鲁番": "Turpan",
}  # fmt: skip
# Below them everybody reads the signs as they are: 六合村 is Liuhe.
SMALL = ("Village", "Community", "Subdistrict", "Town", "Township", "Farm")
# What a division is, at the end of its name; the statistical names are those of its offices.
KINDS = {
    "村民委员会": "Village", "村委会": "Village", "居民委员会": "Community", "居委会": "Community",
    "街道办事处": "Subdistrict", "街道": "Subdistrict", "社区": "Community", "农场": "Farm",
    "自治区": "Autonomous Region", "自治州": "Autonomous Prefecture", "自治县": "Autonomous County",
    "村": "Village", "镇": "Town", "乡": "Township",
    "县": "County", "区": "District", "市": "City", "省": "Province",
}  # fmt: skip
# Dialects with an English name of their own, and what others are called at the end of theirs.
DIALECTS = {
    "普通话": "Mandarin", "国语": "Mandarin", "粤语": "Cantonese", "广东话": "Cantonese", "客家话": "Hakka",
    "吴语": "Wu", "湘语": "Xiang", "赣语": "Gan", "晋语": "Jin", "闽南语": "Hokkien", "闽南话": "Hokkien",
    "藏语": "Tibetan",
}  # fmt: skip
DIALECT_KINDS = {"官话": "Mandarin", "方言": "dialect", "话": "dialect", "语": "language"}
_KIND = re.compile(rf"(?:村(?=村)|社区(?=居))?({'|'.join(KINDS)})$")
_HAN = re.compile("[\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af]")
_DOTS = re.compile("[·•・]")
# A rank, a remark in brackets or a name in Latin letters would be read as a given name. Numbers end made-up names.
_PERSON = re.compile(rf"{_HAN.pattern}+(?:{_DOTS.pattern}{_HAN.pattern}+)*[0-9]*")
_READ_TOGETHER = re.compile("|".join([*(signs for signs in IN_NAMES if len(signs) > 1), "."]), re.DOTALL)
_VOWEL = ("a", "e", "o")


def person_reading(name: str) -> str:
    """Return how a person's name is read, the family name first; empty where it is not Chinese throughout."""
    name = "".join(name.split())
    if not _PERSON.fullmatch(name):
        return ""
    parts = _DOTS.split(name)
    if len(parts) > 1:  # a name that was itself written by its sound
        return "·".join(_joined(part, IN_NAMES) for part in parts)
    family = family_name(name)
    first = FAMILY[family].capitalize() if family in FAMILY else _joined(family, IN_NAMES)
    return f"{first} {_joined(name[len(family) :], IN_NAMES)}".rstrip()


@functools.lru_cache(maxsize=20_000)  # every division of a city
def place_reading(name: str) -> str:
    """Return how the name of a division is read, with what it is in English; empty where nothing in it is Chinese."""
    if not _HAN.search(name):
        return ""
    kind = _KIND.search(name)
    own = name[: kind.start()] if kind else name
    if kind is None or not own:
        return OF_PLACES.get(name) or _joined(name, IN_PLACES)
    english = KINDS[kind[1]]
    read = None if english in SMALL else OF_PLACES.get(own)
    return f"{read or _joined(own, IN_PLACES)} {english}"


def dialect_reading(name: str) -> str:
    """Return what a dialect (方言) is in English; empty where nothing in it is Chinese."""
    if not _HAN.search(name):
        return ""
    if name in DIALECTS:
        return DIALECTS[name]
    own, kind = next(((name.removesuffix(end), kind) for end, kind in DIALECT_KINDS.items() if name.endswith(end)),
                     (name, "dialect"))  # fmt: skip
    return f"{OF_PLACES.get(own) or _joined(own, IN_PLACES)} {kind}".lstrip()


def _joined(signs: str, otherwise: dict[str, str]) -> str:
    """Return the syllables as one word with a capital; an apostrophe tells where one begins with a vowel."""
    word = ""
    for sign in _READ_TOGETHER.findall(signs):
        syllable = otherwise.get(sign) or _syllable(sign)
        word += f"'{syllable}" if word and syllable.startswith(_VOWEL) and _HAN.match(sign) else syllable
    return word[:1].upper() + word[1:]


@functools.cache  # at most one entry a sign: nobody's name is kept
def _syllable(sign: str) -> str:
    """Return the reading of one sign without its tone; what is no Chinese sign is its own."""
    return "".join(lazy_pinyin(sign, v_to_u=True))
