"""The tables of cycles."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)
JSON = sa.JSON()
HOLDS = sa.text("state IN ('asked', 'approved')")
ONE: dict[str, Any] = {"unique": True, "sqlite_where": HOLDS, "postgresql_where": HOLDS}


def upgrade() -> None:
    """Make the tables."""
    create_cycle()
    create_unit_name()
    create_exclusion()
    create_exemption()
    create_member()
    create_reopening()
    create_stage_date()
    create_stage_move()
    create_unit()


def create_cycle() -> None:
    """Cycles."""
    op.create_table(
        "cycle",
        sa.Column("id", NUMBER, autoincrement=True, nullable=False),
        sa.Column("year", NUMBER, nullable=False),
        sa.Column("title_zh", sa.String(), nullable=False),
        sa.Column("title_en", sa.String(), nullable=False),
        sa.Column("stage", sa.String(), nullable=False),
        sa.Column("demonstration", sa.Boolean(), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("opened_at", MOMENT, nullable=True),
        sa.Column("changes", NUMBER, nullable=False),
        sa.Column("version", NUMBER, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_cycle"),
        sa.UniqueConstraint("year", name="uq_cycle_year"),
    )


def create_unit_name() -> None:
    """Unit names."""
    op.create_table(
        "unit_name",
        sa.Column("id", NUMBER, autoincrement=True, nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("begins", sa.Date(), nullable=False),
        sa.Column("name_zh", sa.String(), nullable=False),
        sa.Column("name_en", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_unit_name"),
        sa.UniqueConstraint("code", "begins", name="uq_unit_name_code_begins"),
    )


def create_exclusion() -> None:
    """Exclusions."""
    op.create_table(
        "exclusion",
        sa.Column("id", NUMBER, autoincrement=True, nullable=False),
        sa.Column("cycle_id", NUMBER, sa.ForeignKey("cycle.id", name="fk_exclusion_cycle_id_cycle"), nullable=False),
        sa.Column("unit", sa.String(), nullable=False),
        sa.Column("figure", sa.String(), nullable=False),
        sa.Column("period", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column(
            "asked_by", NUMBER, sa.ForeignKey("account.id", name="fk_exclusion_asked_by_account"), nullable=False
        ),
        sa.Column("asked_at", MOMENT, nullable=False),
        sa.Column(
            "decided_by", NUMBER, sa.ForeignKey("account.id", name="fk_exclusion_decided_by_account"), nullable=True
        ),
        sa.Column("decided_at", MOMENT, nullable=True),
        sa.Column("ruling", sa.String(), nullable=True),
        sa.Column("version", NUMBER, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_exclusion"),
    )
    op.create_index("ix_exclusion_cycle_id_unit", "exclusion", ["cycle_id", "unit"])
    op.create_index("uq_exclusion_one", "exclusion", ["cycle_id", "unit", "figure", "period"], **ONE)


def create_exemption() -> None:
    """Exemptions."""
    op.create_table(
        "exemption",
        sa.Column("id", NUMBER, autoincrement=True, nullable=False),
        sa.Column("cycle_id", NUMBER, sa.ForeignKey("cycle.id", name="fk_exemption_cycle_id_cycle"), nullable=False),
        sa.Column("unit", sa.String(), nullable=False),
        sa.Column("item", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column(
            "asked_by", NUMBER, sa.ForeignKey("account.id", name="fk_exemption_asked_by_account"), nullable=False
        ),
        sa.Column("asked_at", MOMENT, nullable=False),
        sa.Column(
            "decided_by", NUMBER, sa.ForeignKey("account.id", name="fk_exemption_decided_by_account"), nullable=True
        ),
        sa.Column("decided_at", MOMENT, nullable=True),
        sa.Column("ruling", sa.String(), nullable=True),
        sa.Column("version", NUMBER, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_exemption"),
    )
    op.create_index("ix_exemption_cycle_id_unit", "exemption", ["cycle_id", "unit"])
    op.create_index("uq_exemption_one", "exemption", ["cycle_id", "unit", "item"], **ONE)


def create_member() -> None:
    """Members."""
    op.create_table(
        "member",
        sa.Column("id", NUMBER, autoincrement=True, nullable=False),
        sa.Column("cycle_id", NUMBER, sa.ForeignKey("cycle.id", name="fk_member_cycle_id_cycle"), nullable=False),
        sa.Column("unit", sa.String(), nullable=False),
        sa.Column("post", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("begins", sa.Date(), nullable=True),
        sa.Column("ends", sa.Date(), nullable=True),
        sa.Column("version", NUMBER, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_member"),
    )
    op.create_index("ix_member_cycle_id_unit", "member", ["cycle_id", "unit"])


def create_reopening() -> None:
    """Reopenings."""
    op.create_table(
        "reopening",
        sa.Column("id", NUMBER, autoincrement=True, nullable=False),
        sa.Column("cycle_id", NUMBER, sa.ForeignKey("cycle.id", name="fk_reopening_cycle_id_cycle"), nullable=False),
        sa.Column("unit", sa.String(), nullable=True),
        sa.Column("department", sa.String(), nullable=True),
        sa.Column("until", sa.Date(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("opened_by", NUMBER, nullable=False),
        sa.Column("opened_at", MOMENT, nullable=False),
        sa.Column("closed_at", MOMENT, nullable=True),
        sa.Column("version", NUMBER, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_reopening"),
    )
    op.create_index("ix_reopening_cycle_id", "reopening", ["cycle_id"])


def create_stage_date() -> None:
    """Stage dates."""
    op.create_table(
        "stage_date",
        sa.Column("id", NUMBER, autoincrement=True, nullable=False),
        sa.Column("cycle_id", NUMBER, sa.ForeignKey("cycle.id", name="fk_stage_date_cycle_id_cycle"), nullable=False),
        sa.Column("stage", sa.String(), nullable=False),
        sa.Column("begins", sa.Date(), nullable=False),
        sa.Column("ends", sa.Date(), nullable=False),
        sa.Column("version", NUMBER, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_stage_date"),
        sa.UniqueConstraint("cycle_id", "stage", name="uq_stage_date_cycle_id_stage"),
    )


def create_stage_move() -> None:
    """Stage moves."""
    op.create_table(
        "stage_move",
        sa.Column("id", NUMBER, autoincrement=True, nullable=False),
        sa.Column("cycle_id", NUMBER, sa.ForeignKey("cycle.id", name="fk_stage_move_cycle_id_cycle"), nullable=False),
        sa.Column("origin", sa.String(), nullable=False),
        sa.Column("target", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=True),
        sa.Column("accepted", JSON, nullable=True),
        sa.Column("moved_by", NUMBER, nullable=False),
        sa.Column("moved_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_stage_move"),
    )
    op.create_index("ix_stage_move_cycle_id", "stage_move", ["cycle_id"])


def create_unit() -> None:
    """Units."""
    op.create_table(
        "unit",
        sa.Column("id", NUMBER, autoincrement=True, nullable=False),
        sa.Column("cycle_id", NUMBER, sa.ForeignKey("cycle.id", name="fk_unit_cycle_id_cycle"), nullable=False),
        sa.Column("place", NUMBER, nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("name_zh", sa.String(), nullable=False),
        sa.Column("name_en", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("aliases", JSON, nullable=False),
        sa.Column("attributes", JSON, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_unit"),
        sa.UniqueConstraint("cycle_id", "code", name="uq_unit_cycle_id_code"),
        sa.UniqueConstraint("cycle_id", "place", name="uq_unit_cycle_id_place"),
    )
