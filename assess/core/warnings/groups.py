"""Units that match no group, and groups that get no unit."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from assess.core.expressions import holds
from assess.core.methods.scored import Flags
from assess.core.rules.sheet import PeerGroup, title_of
from assess.core.scoring.inputs import ScopeValues, ScoringInputs
from assess.core.text import Text
from assess.core.warnings.coded import CodedWarning

UNIT_WITHOUT_GROUP = Text(
    "单位“{name}”（{code}）不符合任何分组的条件，不参加考核，请核对其属性或分组条件。",
    "“{name}” ({code}) matches no group and is not assessed. Check its attributes or the groups' `where`.",
)
GROUP_EMPTY = Text(
    "没有单位符合分组“{title}”的条件，请核对分组条件或考核对象名单。",
    "No unit matches the group {title}. Check its `where` or the list of units.",
)
GROUP_OVERLAP = Text(
    "符合分组“{title}”条件的单位都已归入前面的分组，本组没有单位，请把本组移到前面，或修改分组条件。",
    "All units that match the group {title} are already in groups above it. Move it up or change its `where`.",
)


def units_without_group(inputs: ScoringInputs) -> Iterator[tuple[int, CodedWarning]]:
    """Every unit that matches no group where there are groups: its place in the list, and the warning."""
    matches = [match for _, match in matched(inputs)]
    if not matches:
        return
    for unit in np.flatnonzero(~np.logical_or.reduce(matches)).tolist():
        code, name = inputs.units.codes[unit], inputs.units.names[unit]
        yield unit, CodedWarning("unit-without-group", (), UNIT_WITHOUT_GROUP, {"name": name, "code": code})


def groups_without_units(inputs: ScoringInputs) -> Iterator[tuple[str, CodedWarning]]:
    """Every group that no unit matches, or all of whose units belong to groups above, with its id."""
    taken: Flags = np.zeros(len(inputs.units), dtype=np.bool_)
    for group, match in matched(inputs):
        facts = {"title": title_of(group, group.id)}
        if not match.any():
            yield group.id, CodedWarning("group-empty", group.path, GROUP_EMPTY, facts)
        elif not (match & ~taken).any():
            yield group.id, CodedWarning("group-overlap", group.path, GROUP_OVERLAP, facts)
        taken = taken | match


def matched(inputs: ScoringInputs) -> list[tuple[PeerGroup, Flags]]:
    """Each group with the units that match it, those of groups above included."""
    values = ScopeValues(inputs)
    return [(group, holds(values.evaluate(group.where))[0]) for group in inputs.sheet.groups or ()]
