"""A synthetic catalogue as large as a real city's, for speed and search: 8,033 items that nobody offers.

The number and the bodies are those of the reform's own account: 46 municipal and 6 central bodies, 12 districts, 170
streets. Names are made of matters, deeds and kinds as real ones are; nothing in it is law.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice, product
from random import Random

from catalogue.load import Sources
from catalogue.node import Raw

ITEMS = 8033
MUNICIPAL, CENTRAL = 46, 6
DISTRICTS, STREETS = 12, 170
ELEMENTS = 600
_FIELDS, _MATERIALS = (8, 30), (2, 8)

_MATTERS = [
    "食品经营",
    "药品零售",
    "医疗器械",
    "道路运输",
    "危险化学品",
    "特种设备",
    "人力资源服务",
    "劳务派遣",
    "民办学校",
    "幼儿园",
    "教师资格",
    "社会团体",
    "养老机构",
    "殡葬服务",
    "慈善组织",
    "建筑施工",
    "房地产开发",
    "物业服务",
    "商品房预售",
    "城市排水",
    "燃气经营",
    "供水工程",
    "环境影响",
    "排污",
    "固体废物",
    "林木采伐",
    "野生动物",
    "渔业捕捞",
    "水域滩涂",
    "农药经营",
    "种子生产",
    "兽药经营",
    "动物防疫",
    "粮食收购",
    "旅行社",
    "娱乐场所",
    "互联网上网服务",
    "文物保护",
    "出版物零售",
    "印刷经营",
    "电影放映",
    "体育场馆",
    "高危险性体育",
    "测绘资质",
    "地图审核",
    "不动产",
    "建设用地",
    "矿产资源",
    "取水",
    "河道采砂",
    "水土保持",
    "公路占用",
    "港口经营",
    "船舶登记",
    "机动车维修",
    "驾驶员培训",
    "网络预约车",
    "巡游出租车",
    "烟花爆竹",
    "民用枪支",
    "保安服务",
    "旅馆业",
    "典当业",
    "户口迁移",
    "居住登记",
    "出入境证件",
    "边境通行",
    "律师执业",
    "公证员",
    "司法鉴定",
    "法律援助",
    "社会保险",
    "医疗保险",
    "生育保险",
    "工伤认定",
    "失业保险",
    "养老待遇",
    "住房公积金",
    "公共租赁住房",
    "残疾人补贴",
    "低保",
    "临时救助",
    "退役军人优待",
    "高新技术企业",
    "知识产权",
    "外商投资",
    "进出口",
    "加工贸易",
    "计量器具",
    "检验检测",
    "广告发布",
    "个体工商户",
    "企业登记",
]
_DEEDS = [
    "核发",
    "变更",
    "延续",
    "注销",
    "补证",
    "备案",
    "年度报告",
    "首次申请",
    "换证",
    "认定",
    "登记",
    "撤销",
    "停业",
    "复业",
    "信息更正",
    "迁移",
]
_KINDS = ("", "（简易程序）", "（告知承诺）", "（分支机构）", "（个人）", "（企业）", "（临时）", "（跨区）")
_PAPERS = [
    "申请表",
    "身份证明",
    "营业执照",
    "场所证明",
    "健康证明",
    "人员名册",
    "管理制度",
    "设备清单",
    "平面图",
    "委托书",
    "合同",
    "验收报告",
]


def synthetic(base: Sources, items: int = ITEMS) -> Sources:
    """Return the base catalogue with so many items in all that there are `items` (never fewer than the base has)."""
    made = Random(items)  # noqa: S311 - the same catalogue every time; nothing is secret
    elements = list(base.lists["elements"]["elements"])
    sections = list(base.lists["sections"]["sections"])
    sections.append({"id": "synthetic", "title": {"zh": "业务信息", "en": "Business"}})
    keys = [f"synthetic.e{n:03d}" for n in range(ELEMENTS)]
    elements += [_element(key, n) for n, key in enumerate(keys)]
    bodies = [f"body{n:02d}" for n in range(MUNICIPAL + CENTRAL)]
    more = islice(_names(), max(0, items - len(base.items)))
    added = {f"s{n:05d}.yaml": _item(n, name, made, bodies, keys) for n, name in enumerate(more)}
    lists = {**base.lists, "elements": {"elements": elements}, "sections": {"sections": sections}}
    return Sources({"version": f"synthetic-{items}"}, lists, {**base.items, **added}, base.bundles)


def _names() -> Iterator[str]:
    """Give distinct names without end: the plain ones first, then those of districts and streets."""
    yield from map("".join, product(_MATTERS, _DEEDS, _KINDS[:4]))
    for place in range(DISTRICTS + STREETS):
        where = f"第{place + 1}区" if place < DISTRICTS else f"第{place + 1 - DISTRICTS}街"
        yield from (where + "".join(parts) for parts in product(_MATTERS[: 40 + place], _DEEDS, _KINDS[4:]))


def _element(key: str, n: int) -> Raw:
    kind = ("text", "date", "phone", "address", "name")[n % 5]
    label = {"zh": f"业务项{n:03d}", "en": f"Business datum {n:03d}"}
    return {"key": key, "label": label, "kind": kind, "section": "synthetic", "privacy": "none"}


def _item(n: int, name: str, made: Random, bodies: list[str], keys: list[str]) -> Raw:
    body = made.choice(bodies)
    asked = [
        {"element": key, "required": made.random() < 0.7} for key in made.sample(keys, made.randint(*_FIELDS))
    ]
    papers = made.sample(_PAPERS, made.randint(*_MATERIALS))
    return {
        "id": f"s{n:05d}",
        "version": "1",
        "name": {"zh": name, "en": f"Synthetic item {n}"},
        "aliases": [],
        "department": body,
        "department_name": {
            "zh": f"合成部门{int(body[4:]) + 1:02d}",
            "en": f"Synthetic body {int(body[4:]) + 1}",
        },
        "task_type": made.choice(("01", "07", "10", "20")),
        "level": made.choice(("3", "4", "5", "6")),
        "promised": {"n": made.randint(0, 20), "unit": "workday"},
        "legal": {"n": 20, "unit": "workday"},
        "fields": [{"element": "applicant.name"}, {"element": "applicant.id_no"}, *asked],
        "materials": [
            {"id": f"paper{_PAPERS.index(paper):02d}", "name": {"zh": paper, "en": f"Paper {paper}"}}
            for paper in papers
        ],
        "result_name": {"zh": f"{name}结果", "en": f"Result of synthetic item {n}"},
        "channels": ["window"],
        "source": "synthetic",
        "check_locally": True,
    }
