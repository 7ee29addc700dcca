"""A year is archived once its sealed result contains all that was put right."""

from __future__ import annotations

from pathlib import Path

import pytest

from assess.core.actors import Actor
from assess.core.errors import Refused
from assess.core.text import Text
from assess.core.workflow import Stage
from assess.services import stages
from assess.services.stages import closing
from assess.store.session import Database
from tests.services.forms import year_2026
from tests.services.moves import newest, second_person, take
from tests.services.runs import a_run
from tests.services.seals import a_final_year, ask_seal, seal_all
from tests.services.test_appeals import ask_correction, confirm_it, correction_effect
from tests.years import OVER


def refusal(database: Database, office: Actor) -> Text:
    """Why the year is not archived, as the page tells it beforehand and as the move is refused."""
    with database.reading() as session:
        told = stages.in_the_way(session, year_2026(session), Stage.ARCHIVED, OVER)
    with pytest.raises(Refused) as caught:
        take(database, office, Stage.ARCHIVED, OVER)
    assert told == caught.value.what
    return caught.value.what


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_year_is_archived_only_once_its_sealed_result_contains_all_that_was_put_right(
    database: Database, instance: Path
):
    folder = instance / "uploads"
    office = a_final_year(database, folder)["office"]
    assert refusal(database, office) == closing.NOTHING_SEALED
    ask_seal(database, office)
    assert refusal(database, office) == closing.SEAL_UNDER_WAY
    seal_all(database, folder)
    number = ask_correction(database, office)
    assert refusal(database, office) == closing.OPEN_CORRECTIONS.format(count=1)
    confirm_it(database, second_person(database), number, correction_effect(database, number).digest)
    assert refusal(database, office) == closing.NOT_SEALED.format(count=1)
    a_run(database, office, folder)
    assert refusal(database, office) == closing.NOT_SEALED.format(count=1)
    ask_seal(database, office, "A slip was put right.")
    seal_all(database, folder)

    take(database, office, Stage.ARCHIVED, OVER)

    assert newest(database).target == Stage.ARCHIVED
