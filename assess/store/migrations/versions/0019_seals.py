"""The tables of sealed editions."""

from __future__ import annotations

from typing import Final

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)
NEVER_CHANGED: Final = ("seal", "sealed_document")


def upgrade() -> None:
    """Make the tables."""
    create_seal_order()
    create_seal()
    create_sealed_document()
    create_check_look()
    refuse_changes()


def link(table: str, name: str, to: str) -> sa.Column[int] | sa.Column[str]:
    """A column that names a row of another table."""
    key = sa.ForeignKey(to, name=f"fk_{table}_{name}_{to.partition('.')[0]}")
    if to.endswith("sha256"):
        return sa.Column(name, sa.String(), key, nullable=False)
    return sa.Column(name, NUMBER, key, nullable=False)


def texts(*names: str) -> list[sa.Column[str]]:
    """Columns of text."""
    return [sa.Column(name, sa.String(), nullable=False) for name in names]


def number(name: str, nullable: bool = False) -> sa.Column[int]:
    """A column of numbers."""
    return sa.Column(name, NUMBER, nullable=nullable)


def row_number() -> sa.Column[int]:
    """The number of a row."""
    return sa.Column("id", NUMBER, autoincrement=True, nullable=False)


def create_seal_order() -> None:
    """Seals that were asked for."""
    op.create_table(
        "seal_order",
        row_number(),
        link("seal_order", "cycle_id", "cycle.id"),
        link("seal_order", "run_id", "run.id"),
        number("edition"),
        number("replaces", nullable=True),
        *texts("reason", "chance", "log_head", "address"),
        number("job", nullable=True),
        link("seal_order", "asked_by", "account.id"),
        sa.Column("asked_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_seal_order"),
    )
    op.create_index("ix_seal_order_cycle_id", "seal_order", ["cycle_id"])


def create_seal() -> None:
    """Sealed editions."""
    op.create_table(
        "seal",
        row_number(),
        link("seal", "cycle_id", "cycle.id"),
        number("edition"),
        link("seal", "order_id", "seal_order.id"),
        link("seal", "run_id", "run.id"),
        *texts("certificates"),
        sa.Column("kept_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_seal"),
        sa.UniqueConstraint("cycle_id", "edition", name="uq_seal_cycle_id_edition"),
        sa.UniqueConstraint("order_id", name="uq_seal_order_id"),
    )


def create_sealed_document() -> None:
    """Their documents."""
    op.create_table(
        "sealed_document",
        row_number(),
        link("sealed_document", "seal_id", "seal.id"),
        *texts("kind", "unit", "language"),
        link("sealed_document", "sha256", "upload.sha256"),
        number("size"),
        *texts("code"),
        sa.PrimaryKeyConstraint("id", name="pk_sealed_document"),
        sa.UniqueConstraint(
            "seal_id", "kind", "unit", "language", name="uq_sealed_document_seal_id_kind_unit_language"
        ),
        sa.UniqueConstraint("code", name="uq_sealed_document_code"),
    )
    op.create_index("ix_sealed_document_sha256", "sealed_document", ["sha256"])


def create_check_look() -> None:
    """Looks at the check page."""
    op.create_table(
        "check_look",
        row_number(),
        *texts("address"),
        sa.Column("at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_check_look"),
    )
    op.create_index("ix_check_look_address_at", "check_look", ["address", "at"])


def refuse_changes() -> None:
    """The database itself refuses to change or delete anything that is sealed."""
    if op.get_bind().dialect.name == "sqlite":
        for table in NEVER_CHANGED:
            for change in ("UPDATE", "DELETE"):
                op.execute(
                    f"CREATE TRIGGER {table}_no_{change.lower()} BEFORE {change} ON {table} "
                    "BEGIN SELECT RAISE(ABORT, 'a seal is never changed'); END"
                )
        return
    op.execute(
        "CREATE FUNCTION refuse_seal_change() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION 'a seal is never changed'; END $$"
    )
    for table in NEVER_CHANGED:
        op.execute(
            f"CREATE TRIGGER {table}_no_change BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION refuse_seal_change()"
        )
