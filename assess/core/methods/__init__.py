"""The scoring methods: each a record of its keys, a function over whole columns, and its sentences."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from assess.core.methods import (
    counted,
    counting,
    interpolating,
    judged,
    normalised,
    normalising,
    obligations,
    peers,
    progress,
    steps,
)
from assess.core.methods.scored import MethodInputs, MethodResult

RECORDS: dict[str, type] = {
    "done": progress.Done,
    "ratio": progress.Ratio,
    "interpolate": interpolating.Interpolate,
    "bands": steps.Bands,
    "lookup": steps.Lookup,
    "deduct": counting.Deduct,
    "award": counting.Award,
    "rank": peers.Rank,
    "relative": peers.Relative,
    "spread": peers.EfficacyMethod,
    "direct": judged.Direct,
    "tasks": obligations.Tasks,
    "formula": judged.PointsFormula,
    "normalise": normalising.Normalise,
}

SCORERS: dict[type, Callable[[Any, MethodInputs], MethodResult]] = {
    progress.Done: progress.done,
    progress.Ratio: progress.ratio,
    interpolating.Interpolate: interpolating.interpolate,
    steps.Bands: steps.bands,
    steps.Lookup: steps.lookup,
    counting.Deduct: counted.deduct,
    counting.Award: counted.award,
    peers.Rank: peers.rank,
    peers.Relative: peers.relative,
    peers.EfficacyMethod: peers.spread,
    judged.Direct: judged.direct,
    obligations.Tasks: obligations.tasks,
    judged.PointsFormula: judged.formula,
    normalising.Normalise: normalised.normalise,
}

NAMES = {record: name for name, record in RECORDS.items()}
