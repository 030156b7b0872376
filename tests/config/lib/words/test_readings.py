"""Readings: family names have their own, villages are called after families, what is not Chinese has none."""

import pytest

from config.lib.words.readings import dialect_reading, person_reading, place_reading


@pytest.mark.parametrize(
    ("name", "reading"),
    [
        ("赵某", "Zhao Mou"), ("赵", "Zhao"), ("赵丽颖", "Zhao Liying"), ("吕建安", "Lü Jian'an"),
        ("王长江", "Wang Changjiang"), ("单雄信", "Shan Xiongxin"), ("解晓东", "Xie Xiaodong"),
        ("曾国藩", "Zeng Guofan"), ("仇英", "Qiu Ying"), ("查良镛", "Zha Liangyong"), ("朴正焕", "Piao Zhenghuan"),
        ("欧阳修", "Ouyang Xiu"), ("张重庆", "Zhang Chongqing"), ("尉迟恭", "Yuchi Gong"),
        ("万俟某", "Moqi Mou"), ("长孙无忌", "Zhangsun Wuji"), ("张解放", "Zhang Jiefang"), ("林警官", "Lin Jingguan"),
        ("阿卜杜拉·买买提", "Abudula·Maimaiti"), ("赵示00012", "Zhao Shi00012"), ("𠮷田", "𠮷 Tian"),
        ("赵 某", "Zhao Mou"), ("王乐清", "Wang Leqing"),
        ("赵\u3000 某 ", "Zhao Mou"), ("买买提 · 艾力", "Maimaiti·Aili"),
        ("赵A", ""), ("Officer 林", ""), ("张三（父）", ""), ("张三(女儿)", ""), ("12赵", ""),
        ("John Smith", ""), ("·", ""), ("", ""), ("7", ""),
    ],
)  # fmt: skip
def test_a_person_is_read_family_name_first(name, reading):
    assert person_reading(name) == reading


@pytest.mark.parametrize(
    ("name", "reading"),
    [
        ("范集村民委员会", "Fanji Village"), ("范集村村民委员会", "Fanji Village"),
        ("范集村委会", "Fanji Village"), ("槐店社区居民委员会", "Huaidian Community"),
        ("解放社区居委会", "Jiefang Community"), ("解庄村", "Xiezhuang Village"),
        ("单楼村委会", "Shanlou Village"), ("长营镇", "Changying Town"), ("莲花街道办事处", "Lianhua Subdistrict"),
        ("王明口镇", "Wangmingkou Town"), ("永安街道", "Yong'an Subdistrict"), ("项城市", "Xiangcheng City"),
        ("淮阳区", "Huaiyang District"), ("周口市", "Zhoukou City"),
        ("中牟县", "Zhongmu County"), ("泌阳县", "Biyang County"), ("厦门市", "Xiamen City"), ("厦门", "Xiamen"),
        ("涡阳县", "Guoyang County"), ("番禺区", "Panyu District"), ("西藏自治区", "Xizang Autonomous Region"),
        ("六安市", "Lu'an City"), ("乐亭县", "Laoting County"), ("蔚县", "Yu County"), ("蔚蓝社区", "Weilan Community"),
        ("六合区", "Luhe District"), ("六合村", "Liuhe Village"),
        ("延边自治州", "Yanbian Autonomous Prefecture"), ("长阳自治县", "Changyang Autonomous County"),
        ("村", "Cun"), ("城六", "Chengliu"), ("Line 2", ""),
    ],
)  # fmt: skip
def test_a_place_is_read_with_what_it_is(name, reading):
    assert place_reading(name) == reading


@pytest.mark.parametrize(
    ("name", "reading"),
    [
        ("周口话", "Zhoukou dialect"), ("长沙方言", "Changsha dialect"), ("冀鲁官话", "Jilu Mandarin"),
        ("普通话", "Mandarin"), ("粤语", "Cantonese"), ("壮语", "Zhuang language"),
        ("温州", "Wenzhou dialect"), ("藏语", "Tibetan"), ("厦门话", "Xiamen dialect"), ("蚌埠话", "Bengbu dialect"),
        ("话", "dialect"), ("方言", "dialect"), ("官话", "Mandarin"), ("语", "language"), ("", ""),
    ],
)  # fmt: skip
def test_a_dialect_is_what_it_is_in_english(name, reading):
    assert dialect_reading(name) == reading
