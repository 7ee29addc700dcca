"""Statements are compiled once for all the databases of the tests, as they are in a process that lasts."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, Engine, event


class Statements(dict[Any, Any]):
    """Compiled statements by what they say, whichever of the databases of one kind they were first asked of."""

    def get(self, key: Any, default: Any = None) -> Any:
        """A compiled statement."""
        return super().get(key[1:], default)

    def __setitem__(self, key: Any, compiled: Any) -> None:
        super().__setitem__(key[1:], compiled)


KNOWN = {"sqlite": Statements(), "postgresql": Statements()}


@event.listens_for(Engine, "engine_connect")
def share_statements(connection: Connection) -> None:
    """Let a connection use what others of its kind have compiled."""
    connection.execution_options(compiled_cache=KNOWN[connection.dialect.name])
