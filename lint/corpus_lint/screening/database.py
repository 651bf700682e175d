"""A Hyperscan database: byte patterns compiled together, which one pass over bytes looks for."""

from __future__ import annotations

import sys
from functools import cache

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

    from ..rule import Trigger

TRIGGER_BITS = 22
"""Bits of a trigger's number in a match: four million triggers; the built-in rules have forty thousand."""
TRIGGER_MASK = (1 << TRIGGER_BITS) - 1

EVERY_LINE = rb"\n"
"""Fires once a line: for an expression of which Hyperscan can run nothing."""


class Database:
    """Triggers, ready to scan for; the matches of trigger ``n`` are those of ``first + n``."""

    def __init__(self, compiled: Any) -> None:
        """``compiled`` is a database of the ``hyperscan`` package."""
        self._compiled = compiled

    @classmethod
    def of(cls, triggers: Sequence[Trigger], first: int = 0) -> Database:
        """Compile the triggers, numbered from ``first`` on.

        Raises:
            ValueError: a trigger was written for Hyperscan and is wrong.
        """
        hyperscan = _hyperscan()
        try:
            return cls(_compile(hyperscan, [_runnable(trigger) for trigger in triggers], first))
        except hyperscan.error as error:
            if len(triggers) == 1:
                raise ValueError(f"trigger {triggers[0].pattern!r}: {error}") from None
            for trigger in triggers:
                cls.of([trigger])
            raise

    @classmethod
    def load(cls, stored: bytes) -> Database | None:
        """What `dump` gave; None when another build of Hyperscan wrote it."""
        hyperscan = _hyperscan()
        try:
            compiled = hyperscan.loadb(stored, mode=hyperscan.HS_MODE_BLOCK)
            compiled.scratch = hyperscan.Scratch(compiled)
        except hyperscan.error:
            return None
        return cls(compiled)

    def dump(self) -> bytes:
        """The compiled database as bytes, for this build of Hyperscan."""
        dumped: bytes = _hyperscan().dumpb(self._compiled)
        return dumped

    def scan(self, data: bytes, hits: list[int]) -> None:
        """Add every match to ``hits``: where it ends, shifted left by `TRIGGER_BITS`, and the number of the trigger."""
        self._compiled.scan(data, match_event_handler=_collect, context=hits)


def build() -> str:
    """The version of Hyperscan's package; the form of a dumped database changes with it, as `Database.load` tells."""
    version: str = _hyperscan().__version__
    return version


@cache
def _hyperscan() -> Any:
    """Hyperscan's compiled module, which the package ``hyperscan`` is made of.

    The package itself is left alone: it imports `typing`, for a class that nobody here uses, and clean text needs
    nothing else that does.
    """
    from importlib.machinery import PathFinder

    name = "hyperscan._hs_ext"
    package = PathFinder.find_spec("hyperscan")
    spec = None if package is None else PathFinder.find_spec(name, package.submodule_search_locations)
    if name in sys.modules or spec is None or spec.loader is None:
        import hyperscan

        return hyperscan
    module = spec.loader.create_module(spec)
    assert module is not None
    spec.loader.exec_module(module)
    return module


def _collect(trigger: int, _start: int, end: int, _flags: int, hits: list[int]) -> None:
    hits.append(end << TRIGGER_BITS | trigger)


def _runnable(trigger: Trigger) -> Trigger:
    """The trigger, or one for every line in the place of a user's expression that Hyperscan cannot take."""
    hyperscan = _hyperscan()
    try:
        if trigger.prefilter:
            _compile(hyperscan, [trigger], 0)
    except hyperscan.error:
        return trigger._replace(pattern=EVERY_LINE, prefilter=False)
    return trigger


def _compile(hyperscan: Any, triggers: Sequence[Trigger], first: int) -> Any:
    database = hyperscan.Database(mode=hyperscan.HS_MODE_BLOCK)
    database.compile(
        expressions=[_escape(trigger.pattern) if trigger.is_literal else trigger.pattern for trigger in triggers],
        ids=list(range(first, first + len(triggers))),
        elements=len(triggers),
        flags=[_flags(hyperscan, trigger) for trigger in triggers],
    )
    return database


def _flags(hyperscan: Any, trigger: Trigger) -> int:
    flags: int = hyperscan.HS_FLAG_CASELESS if trigger.caseless else 0
    if trigger.prefilter:
        flags |= hyperscan.HS_FLAG_PREFILTER | hyperscan.HS_FLAG_UTF8 | hyperscan.HS_FLAG_UCP
        flags |= hyperscan.HS_FLAG_MULTILINE | hyperscan.HS_FLAG_ALLOWEMPTY
    return flags


def _escape(literal: bytes) -> bytes:
    """The literal as an expression: every ASCII character but letters and digits as its code."""
    return b"".join(bytes((byte,)) if byte >= 0x80 or chr(byte).isalnum() else b"\\x%02x" % byte for byte in literal)
