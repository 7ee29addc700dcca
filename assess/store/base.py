"""What all tables share: names of constraints, moments in UTC, texts in two languages, optimistic versions."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import JSON, BigInteger, Date, DateTime, Dialect, Integer, MetaData, String, TypeDecorator
from sqlalchemy.orm import DeclarativeBase, Mapped, declared_attr, mapped_column

Json = dict[str, Any]
"""A plain tree of JSON; kept as text on every engine, since the order of a sheet's figures means something."""

Number = BigInteger().with_variant(Integer, "sqlite")
"""The number of a row, and a value in millionths: 64 bits on every engine."""


COUNTED_BY_ITSELF = "counted by itself"
"""What is said of a table whose rows the database makes of others."""


class Moment(TypeDecorator[datetime]):
    """A moment, always with its zone: kept and given back in UTC."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment needs its zone")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Base(DeclarativeBase):
    """All tables; every constraint has a name, so that migrations can speak of it."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map = {  # noqa: RUF012 - read by SQLAlchemy
        int: Number,
        str: String,
        datetime: Moment,
        date: Date,
        Json: JSON(none_as_null=True),
    }


class Numbered:
    """A row with a number of its own."""

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)


class AppendOnly:
    """A row that is added and never changed: a migration calls `refuse_changes` for its table."""


class Versioned:
    """A row that several people may edit: who saves an older version than the newest is told so."""

    version: Mapped[int] = mapped_column()

    @declared_attr.directive
    def __mapper_args__(cls) -> dict[str, Any]:  # noqa: N805 - a class is meant
        return {"version_id_col": cls.__table__.c.version}  # type: ignore[attr-defined]
