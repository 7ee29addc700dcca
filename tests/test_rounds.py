"""`make test` takes few rounds of what repeats itself, in which everything has its turn; `make soak` takes all."""

from __future__ import annotations

from collections import Counter

import pytest

from tests import rounds
from tests.rounds import examples, some

VALUES = ("empty", "negative", "script", "a list", "a null byte")


@pytest.fixture
def _testing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rounds, "SOAKING", False)


@pytest.fixture
def _soaking(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rounds, "SOAKING", True)


@pytest.mark.usefixtures("_testing")
@pytest.mark.parametrize("few", [1, 2, 3])
def test_one_turn_after_the_other_tries_everything_as_often(few: int):
    tried = Counter(value for turn in range(len(VALUES)) for value in some(VALUES, turn, few))

    assert tried == dict.fromkeys(VALUES, few)


@pytest.mark.usefixtures("_soaking")
def test_soaking_tries_everything_at_each_turn():
    assert some(VALUES, 3, 1) == list(VALUES)
    assert examples(600) == 600


@pytest.mark.usefixtures("_testing")
def test_testing_draws_fewer_examples_but_some():
    assert (examples(600), examples(9)) == (200, 5)
