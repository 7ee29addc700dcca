from __future__ import annotations

import pytest

from assess.core.actors import Actor, Role
from assess.core.errors import NotFound


def test_somebody_who_reports_for_units_begins_with_the_first_and_who_has_none_is_told_whom_to_ask():
    assert Actor(1, "wang", "Wang", frozenset({Role.OFFICIAL}), frozenset({"b", "a"})).first_unit() == "a"
    with pytest.raises(NotFound) as refused:
        Actor(1, "wang", "Wang", frozenset({Role.OFFICIAL})).first_unit()

    assert refused.value.what.en == "Your account is not linked to a unit. Contact the assessment office."
