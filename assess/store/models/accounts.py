"""People: accounts, their roles, their sign-ins, and the links by which they set a password."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from assess.store.base import Base, Numbered, Versioned


class Account(Numbered, Versioned, Base):
    """One person; `password` is an Argon2 hash, nothing until it is set; a closed account signs nobody in.

    `changes` of what the office keeps count up, so that a change of duties alone makes a new version.
    """

    __tablename__ = "account"

    username: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    email: Mapped[str | None]
    language: Mapped[str] = mapped_column(default="zh")
    password: Mapped[str | None]
    created_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]
    changes: Mapped[int] = mapped_column(default=0)
    grants: Mapped[list[Grant]] = relationship(
        back_populates="account", cascade="all, delete-orphan", order_by="Grant.id", lazy="selectin"
    )


class Grant(Numbered, Base):
    """One role of a person: of a unit for an official, of a department for an evaluator."""

    __tablename__ = "role_grant"
    __table_args__ = (UniqueConstraint("account_id", "role", "unit", "department"), Index(None, "role", "unit"))

    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    role: Mapped[str]
    unit: Mapped[str] = mapped_column(default="")
    department: Mapped[str] = mapped_column(default="")
    account: Mapped[Account] = relationship(back_populates="grants")


class SignIn(Numbered, Base):
    """One signed-in browser; `token` is the SHA-256 of what its cookie holds."""

    __tablename__ = "sign_in"

    token: Mapped[str] = mapped_column(unique=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)
    started_at: Mapped[datetime]
    seen_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]


class SignInFailure(Numbered, Base):
    """One refused sign-in; `username` is what was typed, folded, whether or not there is such an account.

    `browser` is known from an earlier sign-in under that name, and empty where it is not; what is `cleared` by a later
    success counts no more and is kept for the office to see.
    """

    __tablename__ = "sign_in_failure"
    __table_args__ = (Index(None, "username", "at"), Index(None, "address", "at"))

    username: Mapped[str]
    address: Mapped[str]
    browser: Mapped[str] = mapped_column(default="")
    at: Mapped[datetime]
    cleared: Mapped[bool] = mapped_column(default=False)


class PasswordLink(Numbered, Base):
    """A one-time link to set a password; `token` is the SHA-256 of what the link holds."""

    __tablename__ = "link"

    token: Mapped[str] = mapped_column(unique=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)
    made_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]
