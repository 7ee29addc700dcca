"""The tables of accounts."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Make the tables."""
    create_account()
    create_sign_in_failure()
    create_link()
    create_role_grant()
    create_sign_in()


def create_account() -> None:
    """Accounts."""
    op.create_table(
        "account",
        sa.Column("id", NUMBER, autoincrement=True, nullable=False),
        sa.Column("username", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("email", sa.String(), nullable=True),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("password", sa.String(), nullable=True),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("closed_at", MOMENT, nullable=True),
        sa.Column("changes", NUMBER, nullable=False),
        sa.Column("version", NUMBER, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_account"),
        sa.UniqueConstraint("username", name="uq_account_username"),
    )


def create_sign_in_failure() -> None:
    """Sign in failures."""
    op.create_table(
        "sign_in_failure",
        sa.Column("id", NUMBER, autoincrement=True, nullable=False),
        sa.Column("username", sa.String(), nullable=False),
        sa.Column("address", sa.String(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_sign_in_failure"),
    )
    op.create_index("ix_sign_in_failure_username_at", "sign_in_failure", ["username", "at"])
    op.create_index("ix_sign_in_failure_address_at", "sign_in_failure", ["address", "at"])


def create_link() -> None:
    """Links."""
    op.create_table(
        "link",
        sa.Column("id", NUMBER, autoincrement=True, nullable=False),
        sa.Column("token", sa.String(), nullable=False),
        sa.Column("account_id", NUMBER, sa.ForeignKey("account.id", name="fk_link_account_id_account"), nullable=False),
        sa.Column("made_at", MOMENT, nullable=False),
        sa.Column("expires_at", MOMENT, nullable=False),
        sa.Column("used_at", MOMENT, nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_link"),
        sa.UniqueConstraint("token", name="uq_link_token"),
    )
    op.create_index("ix_link_account_id", "link", ["account_id"])


def create_role_grant() -> None:
    """Role grants."""
    op.create_table(
        "role_grant",
        sa.Column("id", NUMBER, autoincrement=True, nullable=False),
        sa.Column(
            "account_id", NUMBER, sa.ForeignKey("account.id", name="fk_role_grant_account_id_account"), nullable=False
        ),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("unit", sa.String(), nullable=False),
        sa.Column("department", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_role_grant"),
        sa.UniqueConstraint(
            "account_id", "role", "unit", "department", name="uq_role_grant_account_id_role_unit_department"
        ),
    )
    op.create_index("ix_role_grant_role_unit", "role_grant", ["role", "unit"])


def create_sign_in() -> None:
    """Sign ins."""
    op.create_table(
        "sign_in",
        sa.Column("id", NUMBER, autoincrement=True, nullable=False),
        sa.Column("token", sa.String(), nullable=False),
        sa.Column(
            "account_id", NUMBER, sa.ForeignKey("account.id", name="fk_sign_in_account_id_account"), nullable=False
        ),
        sa.Column("started_at", MOMENT, nullable=False),
        sa.Column("seen_at", MOMENT, nullable=False),
        sa.Column("ended_at", MOMENT, nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_sign_in"),
        sa.UniqueConstraint("token", name="uq_sign_in_token"),
    )
    op.create_index("ix_sign_in_account_id", "sign_in", ["account_id"])
