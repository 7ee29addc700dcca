"""What parts a hand-over from the one before; the one before and these changes are the later one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from assess.core.handover.content import HandedMember, Handover, HandoverChange, HandoverFieldChange, Step, What
from assess.core.handover.trees import as_tree
from assess.core.text import EMPTY_TEXT, Text

Record = dict[str, Any]


class RecordKey(NamedTuple):
    """By what a unit or a member is known from one hand-over to the next."""

    what: What
    unit: str
    post: str
    name: str
    turn: int


Records = Mapping[RecordKey, Record]


def records_of(handover: Handover) -> dict[RecordKey, Record]:
    """The units and members of a hand-over by what they are known by, in its order."""
    units = {RecordKey("unit", unit.code, "", "", 0): as_tree(unit) for unit in handover.units}
    return units | dict(members_of(handover.members))


def members_of(members: Iterable[HandedMember]) -> Iterator[tuple[RecordKey, Record]]:
    """Members by unit, post, name and turn."""
    turns: Counter[tuple[str, str, str]] = Counter()
    for member in members:
        known = (member.unit, member.post, member.name)
        yield RecordKey("member", *known, turns[known]), as_tree(member)
        turns[known] += 1


def differences(before: Handover, after: Handover) -> tuple[HandoverChange, ...]:
    """What differs, in the order of the later one; what is gone comes last."""
    old, new = records_of(before), records_of(after)
    names = before.names | after.names
    keys = [*new, *(key for key in old if key not in new)]
    return tuple(change(key, old.get(key), new.get(key), names) for key in keys if old.get(key) != new.get(key))


def change(key: RecordKey, old: Record | None, new: Record | None, names: Mapping[str, Text]) -> HandoverChange:
    """One unit or member that differs."""
    step: Step = "added" if old is None else "removed" if new is None else "changed"
    known = new or old or {}
    fields = tuple(
        HandoverFieldChange(field, (old or {}).get(field), (new or {}).get(field))
        for field in known
        if old is None or new is None or old[field] != new[field]
    )
    title = Text(**known["post_title"]) if key.what == "member" else EMPTY_TEXT
    unit = names.get(key.unit, Text.same(key.unit))
    return HandoverChange(key.what, step, key.unit, unit, key.post, title, key.name, key.turn, fields)


def applied(before: Records, changes: Iterable[HandoverChange]) -> dict[RecordKey, Record]:
    """The records after changes: what a receiver holds who keeps the first hand-over and enters each correction."""
    after = {key: dict(record) for key, record in before.items()}
    for each in changes:
        key = RecordKey(each.what, each.unit, each.post, each.name, each.turn)
        if each.step == "removed":
            del after[key]
        else:
            after[key] = after.get(key, {}) | {field: new for field, _, new in each.fields}
    return after
