"""A file on its way to a reader; whether the reader may have it is asked each time."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Final, NamedTuple

from assess.core.actors import Actor, Right
from assess.core.downloads import KEPT, card_name, product_name
from assess.core.errors import NotFound
from assess.core.seals.kinds import DocumentKind
from assess.core.text import Language, Text
from assess.services.downloads.counting import CurrentResult, needed_result
from assess.services.evidence.pages import EvidenceDownload
from assess.services.runs.reading import maker_of_run
from assess.store.queries import downloads as queries
from assess.store.queries.cycles import CycleRow
from assess.store.queries.seals import documents_of
from assess.store.session import Session
from assess.store.uploads import kept_path

NO_FILE: Final = Text(
    "没有这份文件，或已由新结果取代。请回到下载页面重新获取。",
    "There is no such file, or a newer result has replaced it. Go back to the downloads and request it again.",
)
NO_CARD: Final = Text(
    "没有这个单位的考核结果单，或您无权查看。", "There is no such scorecard, or you do not have permission to see it."
)


class DrawnDocument(NamedTuple):
    """A document that is made here and now."""

    data: bytes
    name: str


def download_to_send(session: Session, actor: Actor, *, cycle: CycleRow, row: int, folder: Path) -> EvidenceDownload:
    """A file of the whole result (at most 4 queries).

    Raises:
        NotAllowed: the actor is neither of the office nor a leader.
        NotFound: there is no such file, or it is of a result that does not count any more.
    """
    actor.check_may(Right.SEE_ALL_RESULTS)
    counting = needed_result(session, cycle)
    found = queries.download_at(session, cycle=cycle.id, row=row)
    if found is None or found.sha256 is None:
        raise NotFound(NO_FILE)
    if (found.release, found.edition) != (counting.release.id, counting.edition):
        raise NotFound(NO_FILE)
    name = product_name(found.product, found.language, year=cycle.year, standing=counting.standing)
    return EvidenceDownload(kept_path(folder, found.sha256), name, KEPT[found.product].media_type)


def card_to_send(
    session: Session, actor: Actor, *, cycle: CycleRow, unit: str, language: Language, folder: Path
) -> EvidenceDownload | DrawnDocument:
    """The card of a unit: sealed, or drawn and marked as provisional (at most 4 queries).

    Raises:
        NotAllowed: the actor is neither of the office, nor a leader, nor an official.
        NotFound: nothing is released, there is no such unit, or it is another's.
    """
    actor.check_may(Right.SEE_RESULTS)
    counting = needed_result(session, cycle)
    if not actor.may(Right.SEE_ALL_RESULTS) and unit not in actor.units:
        raise NotFound(NO_CARD)
    if counting.seal is None:
        return drawn_card(counting, unit, language, folder)
    found = documents_of(session, seal=counting.seal.id, kind=DocumentKind.CARD, unit=unit)
    document = next((each for each in found if each.language == language), None)
    if document is None:
        raise NotFound(NO_CARD)
    name = card_name(document.name, language, year=cycle.year, standing=counting.standing)
    return EvidenceDownload(kept_path(folder, document.sha256), name, "application/pdf")


def drawn_card(counting: CurrentResult, unit: str, language: Language, folder: Path) -> DrawnDocument:
    """The card of a unit in a result that is not sealed, without the ranking of its group.

    Raises:
        NotFound: the result knows no such unit.
    """
    # slow library
    from assess.files.scorecard_pdf import write_scorecard

    maker, target = maker_of_run(counting.run, folder=folder), BytesIO()
    place = maker.results.inputs.units.places.get(unit)
    if place is None:
        raise NotFound(NO_CARD)
    card = maker.card(place)
    write_scorecard(replace(card, head=replace(card.head, notice=counting.notice)), None, target, language)
    name = card_name(card.name, language, year=card.head.year, standing=counting.standing)
    return DrawnDocument(target.getvalue(), name)
