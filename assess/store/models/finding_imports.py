"""Files of findings: their rows, before they are accepted and once they are findings of the ledger."""

from __future__ import annotations

from datetime import date
from typing import Final

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from assess.store.base import Base, Numbered

LEDGER: Final = ""
"""What stands for the department of a file of findings, which belongs to none."""


class ImportedFinding(Numbered, Base):
    """One row of a file of findings; `finding_id` is the finding that it became once the file was accepted.

    `sheet` and `row` say where it stands in the file, `external` its number elsewhere, "" where it has none, which is
    compared by `external_key`. `verdict` is one of `core.finding_imports.verdicts.Verdict`; `earlier_id` is the finding
    that it is known as or may repeat, `earlier_row` the earlier row of the same file that it may repeat.
    """

    __tablename__ = "imported_finding"
    __table_args__ = (
        Index(None, "import_id", "verdict"),
        Index(None, "external_key"),
        Index(None, "finding_id"),
    )

    import_id: Mapped[int] = mapped_column(ForeignKey("import.id"))
    sheet: Mapped[str]
    row: Mapped[int]
    external: Mapped[str]
    external_key: Mapped[str]
    verdict: Mapped[str]
    unit: Mapped[str]
    source: Mapped[str]
    kind: Mapped[str]
    domain: Mapped[str]
    what: Mapped[str]
    place: Mapped[str]
    place_key: Mapped[str]
    found_on: Mapped[date]
    standard: Mapped[str]
    responsible: Mapped[str]
    latitude: Mapped[int | None]
    longitude: Mapped[int | None]
    deadline: Mapped[date | None]
    earlier_id: Mapped[int | None] = mapped_column(ForeignKey("finding.id"))
    earlier_row: Mapped[str]
    finding_id: Mapped[int | None] = mapped_column(ForeignKey("finding.id"))
