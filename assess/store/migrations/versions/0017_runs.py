"""The tables of scoring runs."""

from __future__ import annotations

from typing import Any, Final

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)
NEVER_CHANGED: Final = (
    "run", "run_unit", "run_line", "run_sentence", "run_value", "run_member", "run_warning", "release",
)  # fmt: skip


def upgrade() -> None:
    """Make the tables."""
    create_run_order()
    create_run()
    create_run_unit()
    create_run_line()
    create_run_sentence()
    create_run_value()
    create_run_member()
    create_run_warning()
    create_release()
    refuse_changes()


def link(table: str, name: str, to: str, **given: Any) -> sa.Column[Any]:
    """A column that names a row of another table."""
    kind = sa.String() if to.endswith("sha256") else NUMBER
    key = sa.ForeignKey(to, name=f"fk_{table}_{name}_{to.partition('.')[0]}")
    return sa.Column(name, kind, key, nullable=given.pop("nullable", False), **given)


def texts(*names: str, nullable: bool = False) -> list[sa.Column[Any]]:
    """Columns of text."""
    return [sa.Column(name, sa.String(), nullable=nullable) for name in names]


def numbers(*names: str, nullable: bool = False) -> list[sa.Column[Any]]:
    """Columns of numbers."""
    return [sa.Column(name, NUMBER, nullable=nullable) for name in names]


def row_number() -> sa.Column[Any]:
    """The number of a row."""
    return sa.Column("id", NUMBER, autoincrement=True, nullable=False)


def create_run_order() -> None:
    """Runs that were asked for."""
    op.create_table(
        "run_order",
        row_number(),
        link("run_order", "cycle_id", "cycle.id"),
        *texts("kind", "words"),
        sa.Column("day", sa.Date(), nullable=False),
        *numbers("job", nullable=True),
        link("run_order", "asked_by", "account.id"),
        sa.Column("asked_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_run_order"),
    )
    op.create_index("ix_run_order_cycle_id", "run_order", ["cycle_id"])


def create_run() -> None:
    """Runs."""
    op.create_table(
        "run",
        row_number(),
        link("run", "cycle_id", "cycle.id"),
        *numbers("number"),
        link("run", "order_id", "run_order.id"),
        *texts("kind", "words"),
        sa.Column("day", sa.Date(), nullable=False),
        link("run", "sheet_version", "sheet_version.id"),
        *texts("rule_digest", "inputs_digest", "engine"),
        link("run", "inputs", "upload.sha256"),
        link("run", "results", "upload.sha256"),
        *numbers("units", "scored", "blocked", "missing", "warnings"),
        link("run", "supersedes", "run.id", nullable=True),
        link("run", "made_by", "account.id"),
        sa.Column("made_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_run"),
        sa.UniqueConstraint("cycle_id", "number", name="uq_run_cycle_id_number"),
        sa.UniqueConstraint("order_id", name="uq_run_order_id"),
    )


def create_run_unit() -> None:
    """Results of units."""
    op.create_table(
        "run_unit",
        link("run_unit", "run_id", "run.id"),
        *texts("unit"),
        *numbers("place"),
        *texts("name_zh", "name_en"),
        *texts("group_id", nullable=True),
        *texts("state"),
        *texts("total", "base", "grade", "converted", nullable=True),
        *numbers("total_millionths", "rank", "of", "converted_millionths", nullable=True),
        *numbers("best", "worst", "likely_best", "likely_worst", nullable=True),
        sa.Column("adjustments", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("run_id", "unit", name="pk_run_unit"),
    )
    op.create_index("ix_run_unit_run_id_group_id_rank", "run_unit", ["run_id", "group_id", "rank"])


def create_run_line() -> None:
    """Lines."""
    op.create_table(
        "run_line",
        link("run_line", "run_id", "run.id"),
        *texts("unit", "node"),
        *numbers("place"),
        *texts("score", nullable=True),
        *numbers("millionths", nullable=True),
        *texts("full", "state"),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("run_id", "unit", "node", name="pk_run_line"),
    )
    op.create_index("ix_run_line_run_id_node", "run_line", ["run_id", "node"])


def create_run_sentence() -> None:
    """Sentences of lines."""
    op.create_table(
        "run_sentence",
        link("run_sentence", "run_id", "run.id"),
        *numbers("number"),
        *texts("zh", "en"),
        sa.PrimaryKeyConstraint("run_id", "number", name="pk_run_sentence"),
    )


def create_run_value() -> None:
    """Figures that runs were made of."""
    op.create_table(
        "run_value",
        link("run_value", "run_id", "run.id"),
        *texts("unit", "figure"),
        *numbers("year"),
        *texts("period", "text", "origin"),
        link("run_value", "value_id", "value.id", nullable=True),
        sa.PrimaryKeyConstraint("run_id", "unit", "figure", "year", "period", name="pk_run_value"),
    )


def create_run_member() -> None:
    """Points of posts."""
    op.create_table(
        "run_member",
        link("run_member", "run_id", "run.id"),
        *texts("unit", "post"),
        *numbers("place"),
        *texts("points", nullable=True),
        *numbers("millionths", nullable=True),
        sa.PrimaryKeyConstraint("run_id", "unit", "post", name="pk_run_member"),
    )


def create_run_warning() -> None:
    """Warnings."""
    op.create_table(
        "run_warning",
        link("run_warning", "run_id", "run.id"),
        *numbers("number"),
        *texts("unit", "about", "clause", "zh", "en"),
        sa.PrimaryKeyConstraint("run_id", "number", name="pk_run_warning"),
    )


def create_release() -> None:
    """Releases."""
    op.create_table(
        "release",
        row_number(),
        link("release", "cycle_id", "cycle.id"),
        link("release", "run_id", "run.id"),
        *texts("standing", "words"),
        link("release", "move_id", "stage_move.id", nullable=True),
        link("release", "released_by", "account.id"),
        sa.Column("released_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_release"),
    )
    op.create_index("ix_release_cycle_id_standing", "release", ["cycle_id", "standing"])


def refuse_changes() -> None:
    """The database itself refuses to change or delete anything of a run."""
    if op.get_bind().dialect.name == "sqlite":
        for table in NEVER_CHANGED:
            for change in ("UPDATE", "DELETE"):
                op.execute(
                    f"CREATE TRIGGER {table}_no_{change.lower()} BEFORE {change} ON {table} "
                    "BEGIN SELECT RAISE(ABORT, 'a run is never changed'); END"
                )
        return
    op.execute(
        "CREATE FUNCTION refuse_run_change() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION 'a run is never changed'; END $$"
    )
    for table in NEVER_CHANGED:
        op.execute(
            f"CREATE TRIGGER {table}_no_change BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION refuse_run_change()"
        )
