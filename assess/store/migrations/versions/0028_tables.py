"""All tables of 2 December 2026, as the single steps before the first release made them.

The columns are frozen in `0028_tables.sql`; what comes later is a migration of its own.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

from alembic import op

from assess.store.append_only import refuse_changes

revision = "0028"
down_revision = None

TABLES: Final = Path(__file__).with_suffix(".sql")
TYPES: Final = {
    "sqlite": {"row_number": "INTEGER", "number": "INTEGER", "moment": "DATETIME"},
    "postgresql": {"row_number": "BIGSERIAL", "number": "BIGINT", "moment": "TIMESTAMP WITH TIME ZONE"},
}
APPEND_ONLY: Final = (
    "audit_entry",
    "finding_event",
    *("run", "run_unit", "run_line", "run_sentence", "run_value", "run_member", "run_warning", "release"),
    *("seal", "sealed_document"),
    *("appeal_event", "run_correction"),
    "archive",
    *("handover", "handover_file", "handover_receipt"),
)
COUNTED: Final = "unit, kind, domain, source, reckoned, returns, repeat_of, days"
"""The columns of a finding that its counts follow."""
COUNTS: Final = ("{row}.unit, '', '', ''", "'', {row}.kind, {row}.domain, {row}.source")
"""A finding is counted by its unit, and by its kind."""
COUNT: Final = (
    "INSERT INTO finding_count (cycle_id, unit, kind, domain, source, reckoned, found, returned, repeated, days) "
    "VALUES ({row}.cycle_id, {key}, {row}.reckoned, {sign}1, {sign}{row}.returns, "
    "{sign}(CASE WHEN {row}.repeat_of IS NULL THEN 0 ELSE 1 END), {sign}coalesce({row}.days, 0)) "
    "ON CONFLICT (cycle_id, unit, kind, domain, source, reckoned) DO UPDATE SET "
    "found = finding_count.found + excluded.found, returned = finding_count.returned + excluded.returned, "
    "repeated = finding_count.repeated + excluded.repeated, days = finding_count.days + excluded.days;"
)


def upgrade() -> None:
    """Make the tables and their triggers."""
    connection = op.get_bind()
    tables = TABLES.read_text("utf-8").format_map(TYPES[connection.dialect.name])
    for statement in tables.split(";\n"):
        if statement.strip():
            op.execute(statement)
    refuse_changes(connection, APPEND_ONLY)
    follow_findings(connection.dialect.name)


def follow_findings(dialect: str) -> None:
    """Have the counts follow the findings.

    On PostgreSQL they do so as the transaction ends: whoever changes findings holds the counter of the year by then,
    so that no two wait for each other.
    """
    gone, come = count_statements("OLD", "-"), count_statements("NEW", "")
    if dialect == "sqlite":
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


def count_statements(row: str, sign: str) -> str:
    """The statements that add a row of findings to its counts, or take it away."""
    return " ".join(COUNT.format(row=row, sign=sign, key=key.format(row=row)) for key in COUNTS)
