"""Reminders on the first page of whom they are for."""

from __future__ import annotations

from flask_babel import gettext as _

from assess.core.actors import Actor
from assess.store.queries.completeness import reminders_of
from assess.store.queries.cycles import CycleRow
from assess.store.queries.years import unit_names
from assess.web.blocks import TodoBlock
from assess.web.filters import localized, moment
from assess.web.request import reader

SHOWN = 3


def blocks_of(person: Actor, cycle: CycleRow) -> list[TodoBlock]:
    """The newest reminders of an official's units (2 queries)."""
    found = reminders_of(reader(), cycle=cycle.id, units=person.units)[:SHOWN]
    if not found:
        return []
    names = unit_names(reader(), cycle.id, [each.unit for each in found])
    words = [
        _(
            "%(unit)s: %(words)s (%(sender)s, %(when)s)",
            unit=localized(names.get(each.unit, each.unit)),
            words=each.words,
            sender=each.sender,
            when=moment(each.sent_at),
        )
        for each in found
    ]
    return [TodoBlock(title=_("Reminders"), notice=" ".join(words))]
