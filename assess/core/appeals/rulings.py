"""What the office decides: an outcome, a reason, and the figures or the exemption that are put right; never points."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, NamedTuple

from assess.core.appeals.cells import FigureCell, canonical
from assess.core.appeals.filing import MAX_APPEAL_LENGTH, TOO_LONG
from assess.core.appeals.states import CORRECTING, RULINGS, AppealState
from assess.core.errors import Refused
from assess.core.figures.entry import read_entry
from assess.core.parsing import ParseError
from assess.core.text import Text
from assess.core.unseen import HIDDEN, UNSEEN
from assess.core.workflow import LabeledEnum

NO_OUTCOME: Final = Text("请选择处理结论。", "Select a decision.")
NO_REASON: Final = Text("请填写理由，申诉单位会看到。", "Enter the reason. The unit will see it.")
NO_REASON_FOR_UNIT: Final = Text(
    "请填写更正理由，相关单位会看到。", "Enter the reason. The units concerned will see it."
)
NOTHING: Final = Text(
    "请填写至少一项更正后的数据，或调整是否涉及。",
    "Enter the corrected value of at least one figure, or change whether the item applies.",
)
REJECTED_CHANGES: Final = Text(
    "申诉不成立时不更正任何内容，请清空更正数据，或改选其他结论。",
    "A rejected appeal corrects nothing. Clear the corrected values, or select another decision.",
)
SAME: Final = Text(
    "与现行数据相同，请填写不同的数据。", "This is the same as the current value. Enter a different one."
)
NO_CHOICE: Final = Text("请从列表中选择。", "Select from the list.")
EXEMPT_ALREADY: Final = Text("本项已按不涉及处理。", "The item is already treated as not applicable.")
NOT_EXEMPT: Final = Text("本项目前并未按不涉及处理。", "The item already applies to the unit.")


class Exempting(LabeledEnum):
    """What a decision does to the exemption of the unit from the item."""

    NONE = "", "不变", "No change"
    GRANT = "grant", "按不涉及处理", "Item does not apply"
    END = "end", "不再按不涉及处理", "Item applies again"


class CorrectedFigure(NamedTuple):
    """A figure that is put right: the value before, "" where there was none, and the new one, both as typed."""

    figure: str
    period: str
    was: str
    text: str


@dataclass(frozen=True, slots=True)
class TypedDecision:
    """A decision as it was typed.

    Attributes:
        reason: why.
        figures: the right value by the key of the cell; blank where it is right as it is.
        exempt: a word of `Exempting`.
        outcome: a word of `AppealState`; "" where nobody appealed.
    """

    reason: str
    figures: Mapping[str, str] = field(default_factory=dict)
    exempt: str = ""
    outcome: str = ""


@dataclass(frozen=True, slots=True)
class Decision:
    """A decision that may be kept; `outcome` None where nobody appealed."""

    outcome: AppealState | None
    reason: str
    changes: tuple[CorrectedFigure, ...]
    exempt: Exempting

    @property
    def corrects(self) -> bool:
        """Whether anything is put right."""
        return bool(self.changes) or self.exempt is not Exempting.NONE

    def as_json(self) -> dict[str, Any]:
        """What is put right, as it is kept."""
        return {"figures": [each._asdict() for each in self.changes], "exempt": self.exempt.value}


def told_changes(kept: Mapping[str, Any]) -> dict[str, Any]:
    """What is put right, as the log tells it."""
    changes, exempt = changes_in(kept)
    return {"figures": {f"{each.figure} {each.period}": each.text for each in changes}, "exempt": exempt.value or None}


def changes_in(kept: Mapping[str, Any]) -> tuple[tuple[CorrectedFigure, ...], Exempting]:
    """What is put right, as `as_json` kept it."""
    return tuple(CorrectedFigure(**each) for each in kept["figures"]), Exempting(kept["exempt"])


def read_ruling(typed: TypedDecision, cells: Mapping[str, FigureCell], *, is_exempt: bool) -> Decision:
    """A ruling on an appeal against a line that stands on these cells, whose texts count now.

    Raises:
        Refused: by field (`outcome`, `reason`, `exempt`, a cell by its key), all at once.
    """
    fields: dict[str, Text] = {}
    if typed.outcome not in {each.value for each in RULINGS}:
        fields["outcome"] = NO_OUTCOME
    outcome = None if fields else AppealState(typed.outcome)
    found = read_decision(typed, cells, fields, is_exempt=is_exempt)
    if outcome in CORRECTING and not found.corrects and not fields:
        fields["figures"] = NOTHING
    if outcome is AppealState.REJECTED and (found.corrects or any(map(str.strip, typed.figures.values()))):
        fields["outcome"] = REJECTED_CHANGES
    return checked(Decision(outcome, found.reason, found.changes, found.exempt), fields)


def read_correction(typed: TypedDecision, cells: Mapping[str, FigureCell], *, is_exempt: bool) -> Decision:
    """A correction that nobody appealed for.

    Raises:
        Refused: by field (`reason`, `exempt`, `figures`, a cell by its key), all at once.
    """
    fields: dict[str, Text] = {}
    found = read_decision(typed, cells, fields, is_exempt=is_exempt)
    if not found.corrects and not fields:
        fields["figures"] = NOTHING
    return checked(found, fields)


def checked(decision: Decision, fields: dict[str, Text]) -> Decision:
    """The decision; raise Refused where anything is wrong with it."""
    if fields:
        raise Refused(next(iter(fields.values())), fields)
    return decision


def read_decision(
    typed: TypedDecision, cells: Mapping[str, FigureCell], fields: dict[str, Text], *, is_exempt: bool
) -> Decision:
    """What is decided; whatever is wrong is put among the fields."""
    reason = typed.reason.strip()
    if not reason:
        fields["reason"] = NO_REASON
    elif len(reason) > MAX_APPEAL_LENGTH:
        fields["reason"] = TOO_LONG.format(most=MAX_APPEAL_LENGTH)
    elif HIDDEN.search(reason):
        fields["reason"] = UNSEEN
    changes = [change_in(cell, typed.figures.get(key, ""), fields) for key, cell in cells.items()]
    found = tuple(each for each in changes if each is not None)
    return Decision(None, reason, found, exempting_in(typed.exempt, fields, is_exempt=is_exempt))


def change_in(cell: FigureCell, text: str, fields: dict[str, Text]) -> CorrectedFigure | None:
    """What is put right of one figure; None where it stays."""
    read = read_entry(cell.kind, text)
    if read is None:
        return None
    if isinstance(read, ParseError):
        fields[cell.key] = read.what
        return None
    new = canonical(cell.kind, text)
    if new == cell.text:
        fields[cell.key] = SAME
        return None
    return CorrectedFigure(cell.figure, cell.period, cell.text, new)


def exempting_in(word: str, fields: dict[str, Text], *, is_exempt: bool) -> Exempting:
    """What becomes of the exemption."""
    if word not in {each.value for each in Exempting}:
        fields["exempt"] = NO_CHOICE
        return Exempting.NONE
    found = Exempting(word)
    if found is Exempting.GRANT and is_exempt:
        fields["exempt"] = EXEMPT_ALREADY
    elif found is Exempting.END and not is_exempt:
        fields["exempt"] = NOT_EXEMPT
    return found


def figures_changed(changes: Sequence[CorrectedFigure]) -> frozenset[str]:
    """The figures that are put right."""
    return frozenset(each.figure for each in changes)
