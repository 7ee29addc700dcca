"""How many findings there are of each unit and of each kind: kept by the database, so that boards count nothing."""

from __future__ import annotations

from typing import Final

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
KEY: Final = ("cycle_id", "unit", "kind", "domain", "source", "reckoned")
COUNTED: Final = "unit, kind, domain, source, reckoned, returns, repeat_of, days"
"""The columns of a finding that its counts follow."""
STANDS: Final = {"by unit": "{row}.unit, '', '', ''", "by kind": "'', {row}.kind, {row}.domain, {row}.source"}
COUNT: Final = (
    "INSERT INTO finding_count (cycle_id, unit, kind, domain, source, reckoned, found, returned, repeated, days) "
    "VALUES ({row}.cycle_id, {stands}, {row}.reckoned, {sign}1, {sign}{row}.returns, "
    "{sign}(CASE WHEN {row}.repeat_of IS NULL THEN 0 ELSE 1 END), {sign}coalesce({row}.days, 0)) "
    "ON CONFLICT (cycle_id, unit, kind, domain, source, reckoned) DO UPDATE SET "
    "found = finding_count.found + excluded.found, returned = finding_count.returned + excluded.returned, "
    "repeated = finding_count.repeated + excluded.repeated, days = finding_count.days + excluded.days;"
)
RECOUNT: Final = (
    "INSERT INTO finding_count (cycle_id, unit, kind, domain, source, reckoned, found, returned, repeated, days) "
    "SELECT cycle_id, {stands}, reckoned, count(*), sum(returns), count(repeat_of), sum(coalesce(days, 0)) "
    "FROM finding GROUP BY 1, 2, 3, 4, 5, 6"
)


def upgrade() -> None:
    """Make the table, count what there is, and have it follow."""
    op.create_table(
        "finding_count",
        sa.Column("cycle_id", NUMBER, sa.ForeignKey("cycle.id", name="fk_finding_count_cycle_id_cycle")),
        *(sa.Column(name, sa.String(), nullable=False) for name in KEY[1:-1]),
        *(sa.Column(name, NUMBER, nullable=False) for name in ("reckoned", "found", "returned", "repeated", "days")),
        sa.PrimaryKeyConstraint(*KEY, name="pk_finding_count"),
    )
    op.drop_index("ix_finding_counted_by_kind", "finding")
    passed = ["cycle_id", "reckoned", "deadline", "unit", "kind", "domain", "source"]
    op.create_index("ix_finding_passed", "finding", passed)
    for stands in STANDS.values():
        op.execute(RECOUNT.format(stands=stands.format(row="finding")))
    follow()


def changes(row: str, sign: str) -> str:
    """The counts of a finding added to, or taken from, what is counted."""
    return " ".join(COUNT.format(row=row, sign=sign, stands=each.format(row=row)) for each in STANDS.values())


def follow() -> None:
    """Have the counts follow the findings.

    On PostgreSQL they do so as the transaction ends: whoever changes findings holds the counter of the year by then,
    so that no two wait for each other.
    """
    gone, come = changes("OLD", "-"), changes("NEW", "")
    if op.get_bind().dialect.name == "sqlite":
        op.execute(f"CREATE TRIGGER finding_counted AFTER INSERT ON finding BEGIN {come} END")
        op.execute(f"CREATE TRIGGER finding_recounted AFTER UPDATE OF {COUNTED} ON finding BEGIN {gone} {come} END")
        op.execute(f"CREATE TRIGGER finding_uncounted AFTER DELETE ON finding BEGIN {gone} END")
        return
    op.execute(
        "CREATE FUNCTION count_finding() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        f"IF TG_OP <> 'INSERT' THEN {gone} END IF; IF TG_OP <> 'DELETE' THEN {come} END IF; RETURN NULL; END $$"
    )
    op.execute(
        f"CREATE CONSTRAINT TRIGGER finding_counted AFTER INSERT OR DELETE OR UPDATE OF {COUNTED} ON finding "
        "DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION count_finding()"
    )
