"""Templates and addresses are compiled once for all the services that the tests start."""

from __future__ import annotations

from typing import Any, ClassVar

from jinja2.bccache import Bucket, BytecodeCache
from werkzeug.routing import Rule

MADE = ("_parts", "_trace", "_converters", "arguments")
BUILT = ("_build", "_build_unknown")
"""What an address is compiled to: plain values, and what builds it again."""


class Compiled(BytecodeCache):
    """The compiled templates of this process; one whose source has changed is compiled again."""

    def __init__(self) -> None:
        self.known: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """Give what was compiled before."""
        if (code := self.known.get(bucket.key)) is not None:
            bucket.bytecode_from_string(code)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep what was compiled."""
        self.known[bucket.key] = bucket.bytecode_to_string()


class KnownRule(Rule):
    """An address that is read and compiled once in this process: of 250 addresses that takes most of a start."""

    known: ClassVar[dict[tuple[Any, ...], dict[str, Any]]] = {}

    def compile(self) -> None:
        """Take what the same address was compiled to for another service."""
        if self.defaults or self.map is None:
            super().compile()
            return
        key = (self.rule, self.host, self.subdomain, self.merge_slashes, *self.map.converters.values())
        if key not in self.known:
            super().compile()
            self.known[key] = {name: getattr(self, name) for name in MADE}
            self.known[key] |= {name: getattr(self, name).__func__ for name in BUILT}
        for name in MADE:
            setattr(self, name, self.known[key][name])
        for name in BUILT:
            setattr(self, name, self.known[key][name].__get__(self, None))
