"""What findings are called: where they come from, of which kind they are, to which domain they belong."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, NamedTuple

from assess.core.rules.figure import BY_LEDGER, FindingSelection
from assess.core.rules.sheet import RuleSheet, all_nodes, title_of
from assess.core.text import Text
from assess.core.workflow import LabeledEnum


class FindingSource(LabeledEnum):
    """How a finding came to be known."""

    PATROL = "patrol", "日常巡查", "Daily patrol"
    JOINT = "joint", "联合执法", "Joint enforcement"
    HOTLINE = "hotline", "12345热线", "12345 hotline"
    CAMERA = "camera", "视频监控", "Camera"
    ABOVE = "above", "上级督查", "Inspection by a higher authority"
    CHIEF = "chief", "河长林长田长巡查", "Patrol by a river, forest or field chief"
    CITIZEN = "citizen", "群众举报", "Report by a citizen"


class Domain(LabeledEnum):
    """What a finding harms."""

    AIR = "air", "大气", "Air"
    WATER = "water", "水", "Water"
    SOIL = "soil", "土壤和固废", "Soil and waste"
    NOISE = "noise", "噪声", "Noise"
    ECOLOGY = "ecology", "生态", "Ecology"
    OTHER = "other", "其他", "Other"


class FindingType(NamedTuple):
    """A kind of finding and the domain that it belongs to, by their ids."""

    id: str
    label: Text
    domain: str


COMMON: Final = (
    FindingType("dust", Text("扬尘", "Dust"), Domain.AIR),
    FindingType("open-burning", Text("露天焚烧", "Open burning"), Domain.AIR),
    FindingType("fumes", Text("餐饮油烟", "Cooking fumes"), Domain.AIR),
    FindingType("vehicles", Text("黑烟车和非道路移动机械", "Smoking vehicles and machines"), Domain.AIR),
    FindingType("industry", Text("工业排放", "Industrial emissions"), Domain.AIR),
    FindingType("sewage", Text("污水直排", "Sewage discharged"), Domain.WATER),
    FindingType("black-water", Text("黑臭水体", "Black and smelly water"), Domain.WATER),
    FindingType("garbage", Text("垃圾堆放", "Dumped waste"), Domain.SOIL),
    FindingType("soil", Text("土壤污染", "Polluted soil"), Domain.SOIL),
    FindingType("hazardous-waste", Text("危险废物", "Hazardous waste"), Domain.SOIL),
    FindingType("noise", Text("噪声", "Noise"), Domain.NOISE),
    FindingType("greenery", Text("毁绿占绿", "Green space destroyed or occupied"), Domain.ECOLOGY),
    FindingType("other", Text("其他", "Other"), Domain.OTHER),
)
"""The kinds that every year knows."""


@dataclass(frozen=True)
class Catalogue:
    """The kinds, domains and sources that findings of a year may have, by their ids, in the order of lists."""

    kinds: dict[str, FindingType]
    domains: dict[str, Text]
    sources: dict[str, Text]

    def kind_called(self, kind: str) -> Text:
        """What a kind is called; as it is kept where the year does not know it."""
        return self.kinds[kind].label if kind in self.kinds else Text.same(kind)

    def domain_called(self, domain: str) -> Text:
        """What a domain is called; as it is kept where the year does not know it."""
        return self.domains.get(domain, Text.same(domain))

    def source_called(self, source: str) -> Text:
        """What a source is called; as it is kept where the year does not know it."""
        return self.sources.get(source, Text.same(source))


def catalogue_of(sheet: RuleSheet) -> Catalogue:
    """What the findings of a year may be: what every year knows, and what the figures of its sheet name besides.

    A kind that only the sheet knows belongs to the domain that its figure names with it, else to none in particular.
    """
    nodes = all_nodes(sheet)
    named = tuple(findings_named(sheet))
    domains = {each.value: each.label for each in Domain}
    domains |= {each.domain: title_of(nodes.get(each.domain), each.domain) for each in named if each.domain} | domains
    sources = {each.value: each.label for each in FindingSource}
    sources |= {each.source: Text.same(each.source) for each in named if each.source} | sources
    kinds = {each.id: each for each in COMMON}
    for each in named:
        if each.kind and (each.kind not in kinds or (kinds[each.kind] not in COMMON and each.domain)):
            kinds[each.kind] = FindingType(
                each.kind, title_of(nodes.get(each.kind), each.kind), each.domain or Domain.OTHER
            )
    return Catalogue(with_other_last(kinds), domains, sources)


def with_other_last(kinds: dict[str, FindingType]) -> dict[str, FindingType]:
    """The kinds with what is none of them at the end."""
    return {name: kinds[name] for name in sorted(kinds, key=lambda name: name == Domain.OTHER)}


def findings_named(sheet: RuleSheet) -> Iterator[FindingSelection]:
    """What the figures of the ledger are narrowed to."""
    for figure in sheet.figures.values():
        if figure.from_ == BY_LEDGER and figure.findings is not None:
            yield figure.findings
