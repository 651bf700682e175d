"""The compiled loops that find passages, for whoever has them: as `corpus_lint.native`, for what needs two texts."""

from __future__ import annotations

from functools import cache

from ..native import compiled

TYPE_CHECKING = False
if TYPE_CHECKING:
    from .native_loops import ChainingLoops, LeadLoops, PassageLoops


@cache
def passage_loops() -> PassageLoops | None:
    """The compiled loops; None where there are none."""
    found: PassageLoops | None = compiled("duplication._passages")
    return found


@cache
def chaining_loops() -> ChainingLoops | None:
    """Likewise those that make passages of leads."""
    found: ChainingLoops | None = compiled("duplication._chaining")
    return found


@cache
def lead_loops() -> LeadLoops | None:
    """Likewise those that find leads."""
    found: LeadLoops | None = compiled("duplication._leads")
    return found
