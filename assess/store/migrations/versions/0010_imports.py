"""The tables of uploaded evidence."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)
JSON = sa.JSON()


def upgrade() -> None:
    """Make the tables."""
    create_token()
    create_import()
    create_proposal()
    create_import_flaw()
    create_occurrence()


def create_import() -> None:
    """Uploaded files of evidence."""
    op.create_table(
        "import",
        sa.Column("id", NUMBER, autoincrement=True, nullable=False),
        sa.Column("version", NUMBER, nullable=False),
        sa.Column("cycle_id", NUMBER, sa.ForeignKey("cycle.id", name="fk_import_cycle_id_cycle"), nullable=False),
        sa.Column("department", sa.String(), nullable=False),
        sa.Column(
            "upload", sa.String(), sa.ForeignKey("upload.sha256", name="fk_import_upload_upload"), nullable=False
        ),
        sa.Column("file_name", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("job_id", NUMBER, nullable=True),
        sa.Column("made_by", NUMBER, nullable=False),
        sa.Column("made_at", MOMENT, nullable=False),
        sa.Column("found", JSON, nullable=True),
        sa.Column("marked", sa.String(), nullable=True),
        sa.Column("marked_why", JSON, nullable=True),
        sa.Column("batch_id", NUMBER, sa.ForeignKey("batch.id", name="fk_import_batch_id_batch"), nullable=True),
        sa.Column("accepted_by", NUMBER, nullable=True),
        sa.Column("accepted_at", MOMENT, nullable=True),
        sa.Column("ended_by", NUMBER, nullable=True),
        sa.Column("ended_at", MOMENT, nullable=True),
        sa.Column("token_id", NUMBER, sa.ForeignKey("token.id", name="fk_import_token_id_token"), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_import"),
    )
    op.create_index("ix_import_cycle_id_department", "import", ["cycle_id", "department"])
    op.create_index("ix_import_token_id_made_at", "import", ["token_id", "made_at"])


def create_proposal() -> None:
    """Values of files that were checked."""
    op.create_table(
        "proposal",
        sa.Column("id", NUMBER, autoincrement=True, nullable=False),
        sa.Column("import_id", NUMBER, sa.ForeignKey("import.id", name="fk_proposal_import_id_import"), nullable=False),
        sa.Column("unit", sa.String(), nullable=False),
        sa.Column("figure", sa.String(), nullable=False),
        sa.Column("period", sa.String(), nullable=False),
        sa.Column("millionths", NUMBER, nullable=True),
        sa.Column("word", sa.String(), nullable=True),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("remark", sa.String(), nullable=False),
        sa.Column("cases", sa.String(), nullable=False),
        sa.Column("seen", NUMBER, nullable=True),
        sa.Column("verdict", sa.String(), nullable=False),
        sa.Column("overtaken", sa.Boolean(), nullable=False),
        sa.Column("doubt", JSON, nullable=True),
        sa.Column("explanation", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_proposal"),
        sa.UniqueConstraint(
            "import_id", "unit", "figure", "period", name="uq_proposal_import_id_unit_figure_period"
        ),
    )  # fmt: skip


def create_import_flaw() -> None:
    """What is wrong in files."""
    op.create_table(
        "import_flaw",
        sa.Column("id", NUMBER, autoincrement=True, nullable=False),
        sa.Column(
            "import_id", NUMBER, sa.ForeignKey("import.id", name="fk_import_flaw_import_id_import"), nullable=False
        ),
        sa.Column("is_warning", sa.Boolean(), nullable=False),
        sa.Column("sheet", sa.String(), nullable=False),
        sa.Column("cell", sa.String(), nullable=False),
        sa.Column("zh", sa.String(), nullable=False),
        sa.Column("en", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_import_flaw"),
    )
    op.create_index("ix_import_flaw_import_id_is_warning", "import_flaw", ["import_id", "is_warning"])


def create_occurrence() -> None:
    """Cases behind counts."""
    op.create_table(
        "occurrence",
        sa.Column("id", NUMBER, autoincrement=True, nullable=False),
        sa.Column(
            "import_id", NUMBER, sa.ForeignKey("import.id", name="fk_occurrence_import_id_import"), nullable=False
        ),
        sa.Column("unit", sa.String(), nullable=False),
        sa.Column("figure", sa.String(), nullable=False),
        sa.Column("period", sa.String(), nullable=False),
        sa.Column("day", sa.Date(), nullable=True),
        sa.Column("location", sa.String(), nullable=False),
        sa.Column("what", sa.String(), nullable=False),
        sa.Column("photo", sa.String(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_occurrence"),
    )
    op.create_index("ix_occurrence_import_id_unit_figure", "occurrence", ["import_id", "unit", "figure"])


def create_token() -> None:
    """The rights of systems to send evidence."""
    op.create_table(
        "token",
        sa.Column("id", NUMBER, autoincrement=True, nullable=False),
        sa.Column("department", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("secret", sa.String(), nullable=False),
        sa.Column(
            "account_id", NUMBER, sa.ForeignKey("account.id", name="fk_token_account_id_account"), nullable=False
        ),
        sa.Column("ends", sa.Date(), nullable=False),
        sa.Column("given_by", NUMBER, nullable=False),
        sa.Column("given_at", MOMENT, nullable=False),
        sa.Column("withdrawn_by", NUMBER, nullable=True),
        sa.Column("withdrawn_at", MOMENT, nullable=True),
        sa.Column("used_at", MOMENT, nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_token"),
        sa.UniqueConstraint("secret", name="uq_token_secret"),
    )
    op.create_index("ix_token_department_name", "token", ["department", "name"])
    op.create_index("ix_token_account_id", "token", ["account_id"])
