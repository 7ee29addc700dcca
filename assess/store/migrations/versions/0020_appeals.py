"""The tables of appeals, rulings and corrections."""

from __future__ import annotations

from typing import Any, Final

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)
NEVER_CHANGED: Final = ("appeal_event", "run_correction")
OPEN: Final = sa.text("state = 'lodged'")


def upgrade() -> None:
    """Make the tables."""
    create_case_counter()
    create_appeal()
    create_appeal_event()
    create_correction()
    create_run_correction()
    refuse_changes()


def link(table: str, name: str, to: str, *, nullable: bool = False) -> sa.Column[Any]:
    """A column that names a row of another table."""
    key = sa.ForeignKey(to, name=f"fk_{table}_{name}_{to.partition('.')[0]}")
    return sa.Column(name, NUMBER, key, nullable=nullable)


def texts(*names: str, nullable: bool = False) -> list[sa.Column[Any]]:
    """Columns of text."""
    return [sa.Column(name, sa.String(), nullable=nullable) for name in names]


def numbers(*names: str, nullable: bool = False) -> list[sa.Column[Any]]:
    """Columns of numbers."""
    return [sa.Column(name, NUMBER, nullable=nullable) for name in names]


def row_number() -> sa.Column[Any]:
    """The number of a row."""
    return sa.Column("id", NUMBER, autoincrement=True, nullable=False)


def create_case_counter() -> None:
    """The numbers that were given."""
    op.create_table(
        "case_counter",
        link("case_counter", "cycle_id", "cycle.id"),
        *texts("kind"),
        *numbers("last"),
        sa.PrimaryKeyConstraint("cycle_id", "kind", name="pk_case_counter"),
    )


def create_appeal() -> None:
    """Appeals."""
    op.create_table(
        "appeal",
        row_number(),
        link("appeal", "cycle_id", "cycle.id"),
        *numbers("number"),
        *texts("unit", "item"),
        link("appeal", "run_id", "run.id"),
        *texts("what", "cell", "asked", "state"),
        link("appeal", "lodged_by", "account.id"),
        sa.Column("lodged_at", MOMENT, nullable=False),
        *numbers("version"),
        sa.PrimaryKeyConstraint("id", name="pk_appeal"),
        sa.UniqueConstraint("cycle_id", "number", name="uq_appeal_cycle_id_number"),
    )
    op.create_index("ix_appeal_cycle_id_state", "appeal", ["cycle_id", "state"])
    columns = ["cycle_id", "unit", "item"]
    op.create_index("uq_appeal_open", "appeal", columns, unique=True, sqlite_where=OPEN, postgresql_where=OPEN)


def create_appeal_event() -> None:
    """Their steps."""
    op.create_table(
        "appeal_event",
        row_number(),
        link("appeal_event", "appeal_id", "appeal.id"),
        *texts("step", "reason"),
        link("appeal_event", "done_by", "account.id"),
        sa.Column("done_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_appeal_event"),
    )
    op.create_index("ix_appeal_event_appeal_id", "appeal_event", ["appeal_id"])


def create_correction() -> None:
    """Proposed rulings and corrections."""
    op.create_table(
        "correction",
        row_number(),
        link("correction", "cycle_id", "cycle.id"),
        link("correction", "appeal_id", "appeal.id", nullable=True),
        *numbers("number", nullable=True),
        *texts("unit", "item"),
        *texts("outcome", nullable=True),
        *texts("reason"),
        sa.Column("changes", sa.JSON(none_as_null=True), nullable=False),
        *texts("state"),
        link("correction", "proposed_by", "account.id"),
        sa.Column("proposed_at", MOMENT, nullable=False),
        link("correction", "decided_by", "account.id", nullable=True),
        sa.Column("decided_at", MOMENT, nullable=True),
        *texts("words"),
        *texts("shown", nullable=True),
        sa.Column("effect", sa.JSON(none_as_null=True), nullable=True),
        *numbers("version"),
        sa.PrimaryKeyConstraint("id", name="pk_correction"),
        sa.UniqueConstraint("cycle_id", "number", name="uq_correction_cycle_id_number"),
    )
    op.create_index("ix_correction_cycle_id_state", "correction", ["cycle_id", "state"])
    op.create_index("ix_correction_appeal_id", "correction", ["appeal_id"])


def create_run_correction() -> None:
    """What each run contains."""
    op.create_table(
        "run_correction",
        link("run_correction", "run_id", "run.id"),
        link("run_correction", "correction_id", "correction.id"),
        sa.PrimaryKeyConstraint("run_id", "correction_id", name="pk_run_correction"),
    )


def refuse_changes() -> None:
    """The database itself refuses to change or delete a step of an appeal, and what a run contains."""
    if op.get_bind().dialect.name == "sqlite":
        for table in NEVER_CHANGED:
            for change in ("UPDATE", "DELETE"):
                op.execute(
                    f"CREATE TRIGGER {table}_no_{change.lower()} BEFORE {change} ON {table} "
                    "BEGIN SELECT RAISE(ABORT, 'a ruling is never changed'); END"
                )
        return
    op.execute(
        "CREATE FUNCTION refuse_ruling_change() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION 'a ruling is never changed'; END $$"
    )
    for table in NEVER_CHANGED:
        op.execute(
            f"CREATE TRIGGER {table}_no_change BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION refuse_ruling_change()"
        )
