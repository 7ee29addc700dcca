"""What `docs/architecture.md` says of additions, as edits of files: a role, a stage, a method, a hand-over's column."""

from __future__ import annotations

from typing import NamedTuple


class Edit(NamedTuple):
    """What stands in a file (nothing: the file is new), and what stands there after the addition."""

    path: str
    old: str
    new: str


def before(path: str, line: str, added: str) -> Edit:
    """Lines that are added before one."""
    return Edit(path, line, added + line)


ROLE = (
    before(
        "assess/core/actors.py",
        "    RECEIVER = (\n",
        "    AUDITOR = (\n"
        '        *("auditor", "审计人员", "Auditor", DutyScope.NOTHING),\n'
        "        *(Right.SEE_FINDINGS, Right.SEE_RESULTS, Right.SEE_ALL_RESULTS),\n"
        "    )\n",
    ),
    before(
        "assess/cli/demonstration/people.py",
        '    DemoPerson("receiver", ',
        '    DemoPerson("auditor", "演示审计员", (Duty(Role.AUDITOR),)),\n',
    ),
    before("tests/years.py", '        "receiver": [', '        "auditor": [Duty(Role.AUDITOR)],\n'),
    before("tests/web/access_table.py", '    Role.RECEIVER: "receiver",\n', '    Role.AUDITOR: "auditor",\n'),
    before(
        "tests/web/access_table.py",
        '    Role.RECEIVER: "handover stages",\n',
        '    Role.AUDITOR: "findings patrols leadership downloads stages",\n',
    ),
    Edit("tests/web/access_table.py", "REPORTING | {Role.LEADER}", "REPORTING | {Role.LEADER, Role.AUDITOR}"),
    Edit(
        "tests/web/access_table.py",
        "ALL_RESULTS = frozenset({Role.OFFICE, Role.LEADER})",
        "ALL_RESULTS = frozenset({Role.OFFICE, Role.LEADER, Role.AUDITOR})",
    ),
)
STAGE = (
    before(
        "assess/core/workflow.py",
        '    FINAL = "final", "定稿", "Final"\n',
        '    HEARING = "hearing", "听证", "Hearing"\n',
    ),
    Edit(
        "assess/core/workflow.py",
        "(Stage.PROVISIONAL, Stage.APPEALS)\nDEC",
        "(Stage.PROVISIONAL, Stage.APPEALS, Stage.HEARING)\nDEC",
    ),
    Edit("assess/core/workflow.py", "Act.APPEAL: OBJECTING", "Act.APPEAL: (Stage.PROVISIONAL, Stage.APPEALS)"),
    Edit(
        "assess/cli/demonstration/days.py",
        "    Stage.APPEALS: timedelta(days=10),\n",
        "    Stage.APPEALS: timedelta(days=10),\n    Stage.HEARING: timedelta(days=2),\n",
    ),
    Edit(
        "assess/cli/demonstration/days.py",
        "    Stage.APPEALS: timedelta(days=3),\n",
        "    Stage.APPEALS: timedelta(days=3),\n    Stage.HEARING: timedelta(days=1),\n",
    ),
    Edit(
        "assess/cli/demonstration/scripts.py",
        "    Stage.FINAL: (appealing.decide, appealing.correct, ",
        "    Stage.HEARING: (appealing.decide, appealing.correct, closing.hear_units),\n    Stage.FINAL: (",
    ),
    before(
        "assess/cli/demonstration/closing.py",
        "def hear_appeals(",
        "def hear_units(filling: YearFilling) -> None:\n"
        "    move(filling, Stage.HEARING, filling.days.after_end(Stage.APPEALS, 1))\n\n\n",
    ),
    before(
        "tests/core/test_workflow.py",
        '    "final": "name-teams ',
        '    "hearing": "schedule name-teams score release rule correct see-own",\n',
    ),
    before("tests/core/test_workflow.py", '    "final": "is_decided ', '    "hearing": "",\n'),
    before(
        "tests/core/test_workflow.py",
        '        "final": ["archived"],\n',
        '        "hearing": ["final", "appeals", "provisional", "verifying", "collecting", "preparing"],\n',
    ),
    Edit("tests/core/test_workflow.py", '"appeals": ["final", ', '"appeals": ["hearing", '),
)
METHOD = (
    Edit(
        "assess/core/methods/inside.py",
        "",
        '''"""The method of a figure that has to lie between two bounds (M01)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import partial

from assess.core.exact import Column
from assess.core.flaws import Flaw
from assess.core.kinds import NumberType, ReferenceType
from assess.core.methods.scored import (
    Explained,
    ExplanationClause,
    Flags,
    MethodInputs,
    MethodResult,
    OutcomeSentence,
)
from assess.core.methods.traits import NO_TARGETS, CheckedItem, DivisorBits, FiguresTaken, ScoringMethod
from assess.core.schema import BROKEN, key
from assess.core.text import Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Inside(ScoringMethod):
    """The full mark between two bounds, nothing outside."""

    name = "inside"
    chinese_name = "区间达标"
    figures_taken = FiguresTaken.AMOUNTS
    targets = NO_TARGETS
    amounts = frozenset({"least", "most"})

    figure: str = key(ReferenceType("figure"))
    least: Fraction = key(NumberType(), words=Text("下限", "lower bound"))
    most: Fraction = key(NumberType(), words=Text("上限", "upper bound"))

    def score(self, inputs: MethodInputs) -> MethodResult:
        """The full mark where the figure lies between the bounds or on one of them (区间达标得满分).

        Source: rules/README.md M01.
        """
        value = inputs.figure(self.figure)
        holds = (value >= self.least) & (value <= self.most)
        points = Column.truths(holds, ~value.present) * inputs.full_mark
        return MethodResult(points, partial(inside_explained, self, inputs, value, holds))

    def check(self, of: CheckedItem) -> Iterator[Flaw]:
        """The lower bound is the lower one."""
        if BROKEN not in (self.least, self.most) and self.least > self.most:
            yield Flaw(of.path, TURNED)

    def divisor_bits(self, bits: DivisorBits) -> int:
        """All or nothing: nothing is divided."""
        return 0


TURNED = Text("下限高于上限，请修改。", "The lower bound is above the upper one. Change it.")
LIES = Text("{title} {value}，在{least}至{most}之间", "{title}: {value}, between {least} and {most}")
LIES_NOT = Text("{title} {value}，不在{least}至{most}之间", "{title}: {value}, not between {least} and {most}")


def inside_explained(method: Inside, inputs: MethodInputs, value: Column, holds: Flags) -> Explained:
    """Where the figure lies."""
    facts = {
        "title": inputs.title(method.figure),
        "value": inputs.measured(method.figure, value),
        "least": inputs.spelled(method.figure, method.least),
        "most": inputs.spelled(method.figure, method.most),
    }
    return Explained((ExplanationClause((OutcomeSentence(holds, LIES), OutcomeSentence(None, LIES_NOT)), facts),))
''',
    ),
    before(
        "assess/core/methods/__init__.py",
        "from assess.core.methods.interpolating",
        "from assess.core.methods.inside import Inside\n",
    ),
    before("assess/core/methods/__init__.py", "    Lookup,\n", "    Inside,\n"),
    before(
        "assess/core/methods/as_rule/__init__.py",
        "from assess.core.methods.traits",
        "from assess.core.methods.inside import Inside\n",
    ),
    before(
        "assess/core/methods/as_rule/__init__.py",
        "TOLD_AS_RULE: Final",
        '''INSIDE = Text("“{title}”在{least}至{most}之间得满分", "Full mark if {title} is between {least} and {most}")


def inside_told(method: Inside, words: RuleWords) -> RuleTold:
    """The two bounds."""
    bounds = {"least": words.number(method.least), "most": words.number(method.most)}
    return RuleTold((INSIDE.format(title=words.title(method.figure), **bounds),))


''',
    ),
    before(
        "assess/core/methods/as_rule/__init__.py", '    "normalise": normalise_told', '    "inside": inside_told,\n'
    ),
    before(
        "assess/core/methods/as_rule/__init__.py",
        "\nINSIDE = Text",
        "from assess.core.text import Text\n",
    ),
    Edit(
        "tests/core/methods/test_inside.py",
        "",
        '''"""A figure between two bounds."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from assess.core.methods import inside
from assess.core.rules.nodes import Item
from assess.core.text import Language
from tests.builders import a_sheet, an_item, refused, score, units_with
from tests.core.explanations.pocket_calculator import FULL, Reckoned
from tests.core.explanations.reading import Sentence


def test_a_figure_between_the_bounds_or_on_one_earns_the_full_mark():
    sheet = a_sheet(an_item("inside", figure="x", least=6, most=9), figures={"x": {}}, missing="exclude")

    points = score(sheet, units_with("x", a=6, b=9, c="9.01", d="5.9", e=None)).points()
    assert points == {"a": 10, "b": 10, "c": 0, "d": 0, "e": None}


def test_bounds_that_are_turned_are_refused():
    turned = inside.TURNED.en
    assert refused(an_item("inside", figure="x", least=9, most=6), figures={"x": {}}) == [f"items.0: {turned}"]


def reckoned(sentence: Sentence, item: Item, language: Language) -> Iterator[Reckoned]:
    """The points that the sentence leads to."""
    (clause,) = sentence.clauses
    yield FULL if clause.template == inside.LIES else Fraction(0)
''',
    ),
    before(
        "rules/README.md", "| `deduct` | 扣分 | the", "| `inside` | 区间达标 | the full mark between two bounds |\n"
    ),
    before(
        "rules/README.md",
        "| M02 | `ratio` | `annual-tasks` |",
        "| M01 | `inside` | `dust-inside` | 道路尘负荷在10至70之间得满分（自拟）。 | "
        "the full mark for road dust between 10 and 70 (ours). | – |\n",
    ),
    before("rules/README.zh.md", "| 扣分 | `deduct` | 满分", "| 区间达标 | `inside` | 数据在两个界限之间得满分 |\n"),
    before(
        "rules/README.zh.md",
        "| M02 | 按比例 `ratio` | `annual-tasks` |",
        "| M01 | 区间达标 `inside` | `dust-inside` | 道路尘负荷在10至70之间得满分（自拟）。 | – |\n",
    ),
    Edit(
        "rules/method-gallery/rule-sheet.yaml",
        "        points: 220\n        items:\n",
        """        points: 230
        items:
          - id: dust-inside
            title: {zh: 道路尘负荷区间, en: Road dust between bounds}
            note:
              zh: M01，道路尘负荷在10至70之间得满分（自拟）。
              en: M01, the full mark for road dust between 10 and 70 (ours).
            points: 10
            method: inside
            figure: road_dust
            least: 10
            most: 70
            clause: M01 区间 / between bounds
""",
    ),
    before(
        "rules/method-gallery/examples.yaml",
        '- name: {zh: "安徽优良断面和劣Ⅴ类断面"',
        """- name: {zh: "区间达标", en: "Between two bounds"}
  source: "自拟 / ours; 10 ≤ 25.0 ≤ 70 → 10; 9.0 < 10 → 0"
  units:
    a: {kind: district, figures: {road_dust: 25.0}}
    b: {kind: district, figures: {road_dust: 9.0}}
  expect:
    a: {scores: {dust-inside: 10}}
    b: {scores: {dust-inside: 0}}

""",
    ),
)
COLUMN = (
    before(
        "assess/core/handover/content.py",
        """
    @property
    def adjusted""",
        "    base: Points | None = None\n",
    ),
    before(
        "assess/core/handover/columns.py",
        '    for_programs("grade", ',
        """    TableColumn(
        "base",
        Text("基础总分", "Base total"),
        width=10,
        value=lambda row: row.unit.base,
        is_number=True,
        meaning=Text("加减分前的总分", "the total before adjustments"),
    ),
""",
    ),
    Edit(
        "assess/services/handover/preparing.py",
        "converted=points_in(row.converted), adj",
        "converted=points_in(row.converted), base=points_in(row.base), adj",
    ),
    Edit(
        "tests/handovers.py", '"rank": Points("1"), "of": 2,', '"rank": Points("1"), "of": 2, "base": Points("91.25"),'
    ),
    Edit("tests/files/test_handover.py", "total,rank,of,grade", "total,rank,of,base,grade"),
    Edit("tests/files/test_handover.py", "93.50,1,2,excellent", "93.50,1,2,91.25,excellent"),
    Edit("tests/files/test_handover.py", "88.00,2,2,good", "88.00,2,2,91.25,good"),
    Edit("tests/files/test_handover.py", '93.6, 1, 2, "优秀"', '93.6, 1, 2, 91.25, "优秀"'),
    Edit("tests/files/test_handover.py", '93.6, 1, 2, "Excellent"', '93.6, 1, 2, 91.25, "Excellent"'),
)
