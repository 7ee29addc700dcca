"""Words of a file for what findings are chosen from lists: kinds, sources and domains, as people call them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from assess.core.findings.catalogue import Catalogue
from assess.core.naming import folded, quoted
from assess.core.parsing import ParseError
from assess.core.text import Text

NOT_A_KIND: Final = Text(
    "“{text}”不是问题类型，请改为{words}之一。", "“{text}” is not a type of finding. Use one of {words}."
)
NOT_A_SOURCE: Final = Text(
    "“{text}”不是问题来源，请改为{words}之一。", "“{text}” is not a source of findings. Use one of {words}."
)
NOT_A_DOMAIN: Final = Text("“{text}”不是领域，请改为{words}之一。", "“{text}” is not a domain. Use one of {words}.")
BLANKS: Final = frozenset(["-", "--", "—", "——", "–", "/", "\\", "无", "空", "n/a", "na", "none"])
"""What stands in cells that say nothing."""
MAX_SPELLING_LENGTH: Final = 100
"""Nothing is called by more characters."""
LEVELS: Final = re.compile(r"[/／>＞→\\|_\-—–:：,，;；]")
"""What parts a class from its parts: 大气污染-扬尘."""
LEVEL_ENDS: Final = ("污染", "问题", "类")

KINDS: Final[Mapping[str, str]] = {
    "dust": "施工扬尘 工地扬尘 道路扬尘 裸地扬尘 裸土 裸露土地 渣土 渣土遗撒 渣土未苫盖 道路遗撒 遗撒 dust",
    "open-burning": "焚烧 露天烧烤 烧烤 秸秆焚烧 垃圾焚烧 焚烧垃圾",
    "fumes": "油烟 餐饮 餐饮油烟扰民 油烟扰民 异味",
    "vehicles": "黑烟车 机动车尾气 尾气 机动车 非道路移动机械 冒黑烟",
    "industry": "工业 工业废气 企业排污 工业企业 废气",
    "sewage": "污水 污水排放 污水外溢 污水冒溢 排污口 雨污混接 偷排污水 废水 水污染",
    "black-water": "黑臭 河道黑臭 水体黑臭 水体异味",
    "garbage": "垃圾 生活垃圾 建筑垃圾 暴露垃圾 垃圾渣土 堆放垃圾 乱堆垃圾 河道垃圾 水面漂浮物 垃圾暴露",
    "soil": "土壤",
    "hazardous-waste": "危废 医疗废物",
    "noise": "噪音 施工噪声 施工噪音 夜间施工 噪声扰民 噪音扰民 社会生活噪声 交通噪声",
    "greenery": "占绿毁绿 毁绿 占绿 绿地 侵占绿地 破坏绿地 毁林",
    "other": "其它",
}
"""What kinds are called elsewhere."""
SOURCES: Final[Mapping[str, str]] = {
    "patrol": "巡查 巡查发现 日常检查 检查 现场检查",
    "joint": "联合检查 执法检查",
    "hotline": "12345 热线 市民热线 接诉即办 12345市民热线 政务服务热线 市民服务热线 电话 来电 微信 网站 网络 app "
    "小程序 公众号 短信",
    "camera": "摄像头 视频 探头 监控",
    "above": "市级督查 督查 督察 环保督察 上级检查 上级交办 市级检查 中央督察",
    "chief": "河长 林长 田长 河长巡查 林长巡查 田长巡查 河长巡河 巡河 巡林 巡田",
    "citizen": "举报 信访 群众信访 投诉 市民举报 群众投诉",
}
"""What sources are called elsewhere."""


class WordLookup:
    """The ids of one list by every way to write them; what is looked up once is remembered."""

    def __init__(self, called: Mapping[str, Text], also: Mapping[str, str], unknown: Text) -> None:
        self.label, self.unknown = called, unknown
        ways = ((name, [*also.get(name, "").split(), *text, name]) for name, text in called.items())
        self.ways = {folded(way): name for name, written in ways for way in written}
        self.found: dict[str, str | ParseError] = {"": ""}

    def find(self, text: str) -> str | ParseError:
        """The id that a text names, or why it names none; "" for nothing."""
        if text not in self.found:
            plain = folded(text) if len(text) <= MAX_SPELLING_LENGTH else ""
            self.found[text] = self.looked_up(plain) or self.wrong(text)
        return self.found[text]

    def looked_up(self, plain: str) -> str | None:
        """What a text names: itself, or the one thing that its parts name, the last of them first."""
        levels = [plain, *reversed(LEVELS.split(plain))]
        return next((found for level in levels if (found := self.ways.get(level) or self.without_end(level))), None)

    def without_end(self, level: str) -> str | None:
        """What a class names without the word that says that it is one: 扬尘污染."""
        return next((self.ways.get(level.removesuffix(end)) for end in LEVEL_ENDS if level.endswith(end)), None)

    def wrong(self, text: str) -> ParseError:
        """Nothing goes by that name."""
        words = Text(
            "、".join(each.zh for each in self.label.values()), ", ".join(each.en for each in self.label.values())
        )
        return ParseError(self.unknown.format(text=quoted(text), words=words))


class Vocabulary:
    """How a file may write what findings of a year are chosen from."""

    def __init__(self, catalogue: Catalogue) -> None:
        self.catalogue = catalogue
        kinds = {name: kind.label for name, kind in catalogue.kinds.items()}
        self.words = {
            "kind": WordLookup(kinds, KINDS, NOT_A_KIND),
            "source": WordLookup(catalogue.sources, SOURCES, NOT_A_SOURCE),
            "domain": WordLookup(catalogue.domains, {}, NOT_A_DOMAIN),
        }


def is_blank(text: str) -> bool:
    """Whether a cell that may be empty says that it is."""
    return len(text) < MAX_SPELLING_LENGTH and folded(text) in BLANKS
