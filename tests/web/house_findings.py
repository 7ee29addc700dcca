"""The ledger of a full house: findings in several standings, and a round of a chief."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

from assess.core.actors import Actor
from assess.core.calendar import day_of
from assess.core.findings.patrols import TypedPatrol
from assess.services.findings import link_repeat, withdraw_photo
from assess.services.patrols import record_patrol
from assess.store.session import Database
from tests.services.findings import DUST, a_photo, hand_in, record, step
from tests.services.forms import year_2026
from tests.years import JIANWAI


def find_things(database: Database, uploads: Path, known: dict[str, Actor], *, now: datetime) -> None:
    """Dust three times: assigned with a photo; put right, with a request to void it; and linked to the first."""
    given: dict[str, Any] = {"now": now}
    before, after, other = (
        hand_in(database, uploads, known[who], (f"{colour}.jpg", a_photo(colour=colour))).files[0].sha256
        for who, colour in (("evaluator", "brown"), (JIANWAI, "green"), (JIANWAI, "olive"))
    )
    dust = DUST._replace(found_on=day_of(now).isoformat(), deadline="2099-12-01", latitude="39.9", longitude="116.4")
    record(database, dust, photos=[before], **given)
    record(database, dust, **given)
    record(database, dust, **given)
    step(database, "report", JIANWAI, number=2, reason="covered", photos=[after, other], **given)
    step(database, "ask", "evaluator", number=2, relief="voiding", reason="it was another street", **given)
    with database.writing() as session:
        cycle = year_2026(session)
        link_repeat(session, known["evaluator"], cycle=cycle, number=3, earlier=1, seen=1, **given)
        withdraw_photo(session, known[JIANWAI], cycle=cycle, number=2, row=3, **given)


def walk_a_round(database: Database, known: dict[str, Actor], *, now: datetime) -> None:
    """A chief's round on which nothing was found."""
    typed = TypedPatrol(JIANWAI, "river", "李河长", "2026-11-20", "09:00", "10:30", "3")
    with database.writing() as session:
        record_patrol(session, known[JIANWAI], cycle=year_2026(session), typed=typed, now=now)
