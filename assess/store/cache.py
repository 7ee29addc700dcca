"""What is costly to put together and never changes under its key stays in memory, the least used of it forgotten."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Any, Final, TypeVar, cast

from sqlalchemy.orm import Session

Made = TypeVar("Made")
MEMORY: Final = "memory of the database"


class Cache:
    """A bounded memory, safe to use from several threads."""

    def __init__(self, most: int = 128) -> None:
        self.most = most
        self.lock = Lock()
        self.things: OrderedDict[Hashable, Any] = OrderedDict()

    def get_or_make(self, key: Hashable, make: Callable[[], Made]) -> Made:
        """What was made under the key before, or is made now."""
        with self.lock:
            if key in self.things:
                self.things.move_to_end(key)
                return cast("Made", self.things[key])
        made = make()
        with self.lock:
            self.things[key] = made
            while len(self.things) > self.most:
                self.things.popitem(last=False)
        return made


def cached(session: Session, key: Hashable, make: Callable[[], Made]) -> Made:
    """What this database's memory holds under a key that names its content."""
    memory: Cache = session.info[MEMORY]
    return memory.get_or_make(key, make)
