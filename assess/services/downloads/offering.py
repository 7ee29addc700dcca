"""What can be taken away: the page of leaders and the office, and that of officials."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple, get_args

from assess.core.actors import Actor, Right
from assess.core.downloads import Product
from assess.core.seals.kinds import DocumentKind
from assess.core.text import Language, Text
from assess.services.downloads.counting import CurrentResult, counting_result
from assess.store.queries import downloads as queries
from assess.store.queries.cycles import CycleRow
from assess.store.queries.downloads import DownloadRow
from assess.store.queries.runs import results_of
from assess.store.queries.seals import DocumentRow, documents_of
from assess.store.session import Session

LANGUAGES: Final[tuple[Language, ...]] = get_args(Language)


class Offer(NamedTuple):
    """A file of the whole result in one language: sealed, made, on its way, failed, or not asked for yet."""

    product: Product
    language: Language
    sealed: DocumentRow | None
    row: DownloadRow | None


class Named(NamedTuple):
    """A unit whose card can be taken away."""

    unit: str
    name: Text


@dataclass(frozen=True)
class DownloadPage:
    """What a person may take away; `counting` is None before anything is released."""

    counting: CurrentResult | None
    offers: Sequence[Offer]
    units: Sequence[Named]

    @property
    def is_under_way(self) -> bool:
        """Whether anything is being made."""
        return any(offer.row is not None and offer.row.is_under_way for offer in self.offers)


def download_page(session: Session, actor: Actor, *, cycle: CycleRow) -> DownloadPage:
    """What a person may take away of the result that counts (at most 6 queries).

    Raises:
        NotAllowed: the actor is neither of the office, nor a leader, nor an official.
    """
    actor.check_may(Right.SEE_RESULTS)
    counting = counting_result(session, cycle)
    if counting is None:
        return DownloadPage(None, (), ())
    sees_all = actor.may(Right.SEE_ALL_RESULTS)
    units = [
        Named(each.unit, each.name)
        for each in results_of(session, run=counting.run.id)
        if sees_all or each.unit in actor.units
    ]
    return DownloadPage(counting, offers_of(session, counting) if sees_all else (), units)


def offers_of(session: Session, counting: CurrentResult) -> list[Offer]:
    """Every file of the whole result in each language (at most 2 queries)."""
    contents = {counting.content(product, language): (product, language) for product, language in every()}
    rows = {each.content: each for each in queries.downloads_of(session, contents=list(contents))}
    books = {}
    if counting.seal is not None:
        found = documents_of(session, seal=counting.seal.id, kind=DocumentKind.BOOK)
        books = {each.language: each for each in found}
    return [
        Offer(product, language, books.get(language) if product is Product.BOOK else None, rows.get(content))
        for content, (product, language) in contents.items()
    ]


def every() -> list[tuple[Product, Language]]:
    """Every file and language."""
    return [(product, language) for product in Product for language in LANGUAGES]
