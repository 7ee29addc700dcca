"""Every scoring method told as a rule, in sentences and tables of its own numbers; a new method is entered here."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from assess.core.methods.as_rule.comparing import normalise_told, rank_told, relative_told, spread_told
from assess.core.methods.as_rule.counted import award_told, deduct_told
from assess.core.methods.as_rule.measured import (
    bands_told,
    direct_told,
    done_told,
    formula_told,
    interpolate_told,
    lookup_told,
    ratio_told,
    tasks_told,
)
from assess.core.methods.as_rule.told import RuleTable, RuleTold, RuleWords
from assess.core.methods.traits import ScoringMethod

TOLD_AS_RULE: Final[Mapping[str, Callable[[Any, RuleWords], RuleTold]]] = {
    "done": done_told,
    "ratio": ratio_told,
    "interpolate": interpolate_told,
    "bands": bands_told,
    "lookup": lookup_told,
    "deduct": deduct_told,
    "award": award_told,
    "rank": rank_told,
    "relative": relative_told,
    "spread": spread_told,
    "direct": direct_told,
    "tasks": tasks_told,
    "formula": formula_told,
    "normalise": normalise_told,
}
"""By the name of the method."""


def told_as_rule(method: ScoringMethod, words: RuleWords) -> RuleTold:
    """A method as the rule that it is."""
    return TOLD_AS_RULE[method.name](method, words)


__all__ = ["TOLD_AS_RULE", "RuleTable", "RuleTold", "RuleWords", "told_as_rule"]
