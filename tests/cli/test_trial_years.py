"""A year for trials goes by the services' own way through every stage, on either database."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from sqlalchemy import select

from assess.cli.demonstration import certifying, one_year
from assess.core.calendar import day_of
from assess.core.workflow import Stage
from assess.services.audit.checking import check_chain
from assess.services.certifying import choosing
from assess.settings import Settings
from assess.store.models import StageMove
from assess.store.queries.cycles import cycle_of_year
from assess.store.session import Database
from tests.stores import on_both_soaking

NOW = datetime(2026, 12, 1, 8, tzinfo=UTC)


@on_both_soaking
def test_a_trial_year_comes_to_every_stage_at_the_days_of_a_real_one(
    database: Database, database_url: str, instance: Path, monkeypatch: pytest.MonkeyPatch
):
    for module in (choosing, certifying):
        monkeypatch.setattr(module, "MAX_VALUES_AT_ONCE", 10)  # as few for two units as 2,000 are for 343
    stages: list[Stage] = []

    def look(_done: int, _of: int) -> None:
        with database.reading() as session:
            cycle = cycle_of_year(session, year=2025)
            assert cycle is not None
            stages.append(cycle.stage)

    settings = Settings(instance=instance, database_url=database_url)
    one_year(database, settings, NOW, look, units=2, stage=Stage.ARCHIVED)

    with database.reading() as session:
        moves = [(move.target, day_of(move.moved_at)) for move in session.scalars(select(StageMove))]
    assert list(dict.fromkeys(stages)) == list(Stage)
    assert moves == [
        (Stage.COLLECTING, date(2025, 1, 6)), (Stage.VERIFYING, date(2026, 1, 1)),
        (Stage.PROVISIONAL, date(2026, 1, 7)), (Stage.APPEALS, date(2026, 1, 13)), (Stage.FINAL, date(2026, 1, 16)),
        (Stage.ARCHIVED, date(2026, 1, 20)),
    ]  # fmt: skip
    assert check_chain(database, lambda _done, _of: None).broken is None
