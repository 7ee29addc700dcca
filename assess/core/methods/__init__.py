"""The scoring methods: each a record of its keys with its traits, a function over whole columns, and its sentences."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from assess.core.kinds import ListOf, RecordOf, WordList
from assess.core.methods.counting import Award, Deduct
from assess.core.methods.interpolating import Interpolate
from assess.core.methods.judged import Direct, PointsFormula
from assess.core.methods.looking_up import Lookup
from assess.core.methods.normalising import Normalise
from assess.core.methods.obligations import Tasks
from assess.core.methods.peers import EfficacyMethod, Rank, Relative
from assess.core.methods.progress import Done, Ratio
from assess.core.methods.steps import Bands
from assess.core.methods.traits import ScoringMethod
from assess.core.schema import keys_of

ALL: Final[tuple[type[ScoringMethod], ...]] = (
    Done,
    Ratio,
    Interpolate,
    Bands,
    Lookup,
    Deduct,
    Award,
    Rank,
    Relative,
    EfficacyMethod,
    Direct,
    Tasks,
    PointsFormula,
    Normalise,
)
"""Every method, in the order in which they are listed."""

METHODS: Final = {method.name: method for method in ALL}
"""By what `method` says in a sheet."""

METHOD_WORDS: Final = WordList({method.name: (method.chinese_name, *method.other_names) for method in ALL})
"""What `method` may say, in both languages."""


def records_under(name: str) -> tuple[type, ...]:
    """The records that stand under a key of methods, one or a list of them, in the order of the methods."""
    found = (inner for method in ALL for key, inner in inner_records(method) if key == name)
    return tuple(dict.fromkeys(found))


def inner_records(record: type) -> Iterator[tuple[str, type]]:
    """The keys of a record that hold other records, and what those are."""
    for name, each in keys_of(record).items():
        kind = each.metadata["kind"]
        inner = kind.kind if isinstance(kind, ListOf) else kind
        if isinstance(inner, RecordOf):
            yield name, inner.record


METHOD_RECORDS: Final = frozenset((*ALL, *(record for method in ALL for _, record in inner_records(method))))
"""Every record that describes a method or a part of one."""
