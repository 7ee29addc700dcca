"""The tables of the guides of all keys, each with an example of a shipped rule sheet or task list."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import MISSING, is_dataclass
from functools import cache
from typing import Any, Final, NamedTuple

import yaml

from assess.core.numbers import as_written
from assess.core.rules.words import key_words
from assess.core.schema import Tree, keys_of
from assess.core.text import Language, Text
from assess.files.rule_sheets import load_sheet
from assess.files.rule_sheets.yaml_writer import flow
from assess.files.task_lists import load_tasks
from tests.core.rules.vocabulary import LISTS
from tests.guides import GUIDES, RULES, records

BEGIN, END = "<!-- keys: begin -->\n", "<!-- keys: end -->\n"
FOLDERS: Final = (
    *("chaoyang-2026", "chaoyang-2025", "matou-2019-05", "zhoukou-river-sections", "wuhu-air-2021", "fengtai-2023-09"),
    *("beijing-pm25-2021-09", "fort-bend-inspections", "rio-icms-ecologico", "method-gallery", "two-mountains-index"),
    *(f"starters/{name}" for name in ("monthly", "sections", "places", "hotline", "river-chiefs", "hundred", "index")),
)
"""Where examples are looked for, in this order."""
OURS: Final = {
    ("across", "另一数据项"): "across: deviation",
    ("at_least", "最少个数"): "pick: {trim: 1, at_least: 4}",
    ("at_least", "最少得分部分数"): "at_least: 8",
    ("best", "取最高"): "pick: {best: 5}",
    ("better", "排序"): "better: higher",
    ("clip", "超出两端时截断"): "clip: false",
    ("example", "填报示例"): "example: 12.5",
    ("from", "名次起点"): "from: 0",
    ("limit_ties", "名额边缘并列"): "limit_ties: include",
    ("mode", "取位方式"): "mode: half-up",
    ("over", "合成方式"): "over: median",
    ("over_round", "合成后小数位"): "over_round: 1",
    ("panel", "评委打分的数据项"): "panel: [j1, j2, j3, j4, j5]",
    ("pick", "选取"): "pick: {worst: 2}",
    ("places", "名次数取整"): "places: up",
    ("proof", "佐证材料"): "proof: {zh: 监测报告, en: monitoring report}",
    ("source", "来源"): "findings: {source: hotline}",
    ("text", "条文"): "text: {zh: 每发现一处扣2分。, en: Each place found costs 2 points.}",
    ("times", "乘以"): "times: coefficient",
    ("trim", "去掉最高、最低各"): "pick: {trim: 1}",
    ("worst", "取最低"): "pick: {worst: 2}",
}
"""Examples of keys that no shipped sheet states, by key and Chinese word."""
OF_TASKS: Final = {
    "no": Text("任务序号", "number of the task"), "domain": Text("领域", "domain"), "title": Text("任务", "task"),
    "measure": Text("措施", "measure"), "target": Text("任务目标", "target of the task"),
    "unit_of_measure": Text("计量单位", "unit of measure"), "baseline": Text("基数", "baseline"),
    "deadline": Text("完成时限", "deadline"), "report": Text("报送", "report"), "lead": Text("牵头", "lead"),
    "main": Text("主责", "main responsibility"), "assisting": Text("协办", "assisting"),
    "applies_to": Text("适用", "applies to"), "evidence": Text("佐证材料", "evidence"),
    "items": Text("对应考核项", "items"),
}  # fmt: skip
HEADINGS: Final[dict[Language, str]] = {
    "zh": "| 键 | 名称 | 例 | 见于 |\n|---|---|---|---|\n",
    "en": "| key | 中文 | means | example | seen in |\n|---|---|---|---|---|\n",
}
MOST: Final = 100
"""So long an example may be; of a longer list the first entry is shown."""


class KeyExample(NamedTuple):
    """A key as a shipped file has it: the value as a plain tree, the folder, and what it stands in."""

    value: Tree
    folder: str
    node: str


def is_record(thing: object) -> bool:
    """Whether something was read from the keys of a mapping."""
    return is_dataclass(thing) and not isinstance(thing, type) and bool(keys_of(type(thing)))


def stated(thing: Any, folder: str, node: str) -> Iterator[tuple[tuple[str, Text], KeyExample]]:
    """Every key that a record states, and those of what it holds, by the key and its words."""
    if is_record(thing):
        node = getattr(thing, "id", None) or node
        for name, each in keys_of(type(thing)).items():
            value = getattr(thing, each.name)
            if each.default is MISSING or value not in (each.default, each.metadata["implied"]):
                said = KeyExample(each.metadata["kind"].write(value, as_written), folder, node)
                yield (name, words_of(type(thing), name)), said
        for field in thing.__dataclass_fields__:
            yield from stated(getattr(thing, field), folder, node)
    elif isinstance(thing, Mapping):
        for name, value in thing.items():
            yield from stated(value, folder, str(name))
    elif isinstance(thing, tuple | list):
        for value in thing:
            yield from stated(value, folder, node)


def words_of(record: type, name: str) -> Text:
    """What a key of a record is called."""
    return OF_TASKS[name] if record.__name__ == "ListedTask" else key_words(record, name)


@cache
def found() -> dict[tuple[str, Text], list[KeyExample]]:
    """The examples of each key in the shipped files, in the order of the folders."""
    examples: dict[tuple[str, Text], list[KeyExample]] = {}
    for folder in FOLDERS:
        things = [load_sheet(RULES / folder / "rule-sheet.yaml").sheet]
        tasks = RULES / folder / "tasks.yaml"
        for thing in (*things, *(load_tasks(tasks).tasks if tasks.exists() else ())):
            for key, example in stated(thing, folder, ""):
                examples.setdefault(key, []).append(example)
    return examples


def in_language(value: Tree, key: str, language: Language) -> Tree:
    """A value with the texts and words of one language."""
    if isinstance(value, Mapping):
        if value.keys() == {"zh", "en"}:
            return value[language]
        return {name: in_language(each, name, language) for name, each in value.items()}
    if isinstance(value, list):
        return [in_language(each, key, language) for each in value]
    spelled = (words[value][0] for words in LISTS.get(key, ()) if value in words)
    return next(spelled, value) if language == "zh" else value


def shown(example: KeyExample, key: str, language: Language) -> str:
    """An example as it would be written, its value no longer than it may be."""
    value = in_language(example.value, key, language)
    text = f"{key}: {flow(value)}"
    if len(text) > MOST and isinstance(value, list) and len(value) > 1:
        text = f"{key}: [{flow(value[0])}, …]"
    return text


def row(key: str, words: Text, language: Language) -> str:
    """The row of a key: the first short example, else the shortest; one of ours where no shipped file has it."""
    named = f"`{key}` | {words.zh}" if language == "zh" else f"`{key}` | {words.zh} | {words.en}"
    examples = [(shown(each, key, language), each) for each in found().get((key, words), ())]
    if not examples:
        ((name, value),) = yaml.load(OURS[key, words.zh], yaml.BaseLoader).items()
        return f"| {named} | `{shown(KeyExample(value, '', ''), name, language)}` | – |"
    text, example = min(examples, key=lambda each: max(len(each[0]), MOST // 2))
    node = "" if example.node == example.folder else f" {example.node}"
    return f"| {named} | `{text}` | `{example.folder}`{node} |"


def keys() -> list[tuple[str, Text]]:
    """Every key with its words, in the order of the alphabet."""
    return sorted({(name, words_of(record, name)) for record in records() for name in keys_of(record)})


def table(language: Language) -> str:
    """The table of a guide."""
    return HEADINGS[language] + "\n".join(row(key, words, language) for key, words in keys()) + "\n"


def printed(guide: str, language: Language) -> str:
    """The guide with the table of today."""
    before, rest = guide.split(BEGIN)
    return before + BEGIN + table(language) + END + rest.split(END)[1]


if __name__ == "__main__":
    for code, path in GUIDES.items():
        path.write_text(printed(path.read_text("utf-8"), code), "utf-8")
