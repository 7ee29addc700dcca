"""Imports: uploaded files of evidence, what was found in them, and what became of them."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from assess.store.base import Base, Json, Numbered, Versioned


class Import(Numbered, Versioned, Base):
    """One uploaded file of a department's evidence, or of findings; `state` is one of `core.workflow.Imported`.

    A file of findings belongs to no department: `department` is `finding_imports.LEDGER`.
    `found` holds the counts of what the check found, and what whoever uploaded the file must be told. `marked` is the
    SHA-256 of the marked workbook, or of the errors beside it; `marked_why` says why the file was not marked in place.
    `batch_id` is what the accepted values came in with. `job_id` is the job at work on it, or the last one, which may
    be forgotten since. `token_id` is the token with which a department's system sent it.
    """

    __tablename__ = "import"
    __table_args__ = (Index(None, "cycle_id", "department"), Index(None, "token_id", "made_at"))

    cycle_id: Mapped[int] = mapped_column(ForeignKey("cycle.id"))
    department: Mapped[str]
    upload: Mapped[str] = mapped_column(ForeignKey("upload.sha256"))
    file_name: Mapped[str]
    state: Mapped[str]
    job_id: Mapped[int | None]
    made_by: Mapped[int]
    made_at: Mapped[datetime]
    found: Mapped[Json | None]
    marked: Mapped[str | None]
    marked_why: Mapped[Json | None]
    batch_id: Mapped[int | None] = mapped_column(ForeignKey("batch.id"))
    accepted_by: Mapped[int | None]
    accepted_at: Mapped[datetime | None]
    ended_by: Mapped[int | None]
    ended_at: Mapped[datetime | None]
    token_id: Mapped[int | None] = mapped_column(ForeignKey("token.id"))


class Proposal(Numbered, Base):
    """One value of a file that was checked, before anybody accepts it.

    `seen` is the value that counted at the check, None where there was none; `verdict` is one of
    `core.evidence.Verdict`; `overtaken` says that another value counted when the file was to be accepted. `cases` is
    the SHA-256 of the cases that the file has behind a count, "" where it has none. `doubt` says why the value is
    suspicious (`zh`, `en`), `explanation` why it is right all the same.
    """

    __tablename__ = "proposal"
    __table_args__ = (UniqueConstraint("import_id", "unit", "figure", "period"),)

    import_id: Mapped[int] = mapped_column(ForeignKey("import.id"))
    unit: Mapped[str]
    figure: Mapped[str]
    period: Mapped[str]
    millionths: Mapped[int | None]
    word: Mapped[str | None]
    place: Mapped[str]
    remark: Mapped[str] = mapped_column(default="")
    cases: Mapped[str] = mapped_column(default="")
    seen: Mapped[int | None]
    verdict: Mapped[str]
    overtaken: Mapped[bool] = mapped_column(default=False)
    doubt: Mapped[Json | None]
    explanation: Mapped[str] = mapped_column(default="")


class ImportFlaw(Numbered, Base):
    """One thing wrong in a file, or read over as a warning, in the order of the file; worded in both languages."""

    __tablename__ = "import_flaw"
    __table_args__ = (Index(None, "import_id", "is_warning"),)

    import_id: Mapped[int] = mapped_column(ForeignKey("import.id"))
    is_warning: Mapped[bool]
    sheet: Mapped[str]
    cell: Mapped[str]
    zh: Mapped[str]
    en: Mapped[str]


class RememberedHeading(Numbered, Base):
    """What a heading of a department's files stands for: the id of a figure, "" where its column is not read.

    `key` is the heading as headings are compared, `heading` as it stood in the file.
    """

    __tablename__ = "remembered_heading"
    __table_args__ = (UniqueConstraint("department", "key"),)

    department: Mapped[str]
    key: Mapped[str]
    heading: Mapped[str]
    figure: Mapped[str]
    made_by: Mapped[int]
    made_at: Mapped[datetime]


class Occurrence(Numbered, Base):
    """One case that a count counts, from the detail sheet of an import; it counts once the import is accepted."""

    __tablename__ = "occurrence"
    __table_args__ = (Index(None, "import_id", "unit", "figure"),)

    import_id: Mapped[int] = mapped_column(ForeignKey("import.id"))
    unit: Mapped[str]
    figure: Mapped[str]
    period: Mapped[str]
    day: Mapped[date | None]
    location: Mapped[str]
    what: Mapped[str]
    photo: Mapped[str]
    place: Mapped[str]


class Token(Numbered, Base):
    """The right of a department's own system to send evidence until a day; only the SHA-256 of the secret is kept.

    `account_id` is the evaluator who answers for the system, and in whose name it sends.
    """

    __tablename__ = "token"
    __table_args__ = (Index(None, "department", "name"), Index(None, "account_id"))

    department: Mapped[str]
    name: Mapped[str]
    secret: Mapped[str] = mapped_column(unique=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    ends: Mapped[date]
    given_by: Mapped[int]
    given_at: Mapped[datetime]
    withdrawn_by: Mapped[int | None]
    withdrawn_at: Mapped[datetime | None]
    used_at: Mapped[datetime | None]
