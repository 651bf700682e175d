"""The compiled loops, for whoever has them: a build without a C compiler goes without.

What they do numpy or plain Python does, too, more slowly; tests hold all ways to the same results. Those for what needs
two texts are in `corpus_lint.duplication.native_passages`.
"""

from __future__ import annotations

import os
from functools import cache

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from .native_loops import CharacterLoops, FoldingLoops, KeyLoops, Utf8Loops, WinnowingLoops

SWITCH = "CORPUS_LINT_NATIVE"
"""An environment variable: ``0`` does without the compiled loops, to compare."""

SOME = 1 << 16
"""Bytes of text from which compiled loops look characters up in less time than Python makes the table for them in."""
MUCH, MUCH_COMPILED = 350_000, 1_000_000
"""Bytes of text from which importing numpy costs less than doing without: in plain Python, and with compiled loops."""


@cache
def character_loops() -> CharacterLoops | None:
    """The compiled loops over characters; None where there are none."""
    found: CharacterLoops | None = compiled("_characters")
    return found


@cache
def folding_loops() -> FoldingLoops | None:
    """Likewise those of folding."""
    found: FoldingLoops | None = compiled("_folding")
    return found


@cache
def utf8_loops() -> Utf8Loops | None:
    """Likewise those over UTF-8."""
    found: Utf8Loops | None = compiled("_utf8")
    return found


@cache
def winnowing_loops() -> WinnowingLoops | None:
    """Likewise those of winnowing."""
    found: WinnowingLoops | None = compiled("duplication._winnowing")
    return found


@cache
def key_loops() -> KeyLoops | None:
    """Likewise those over all fingerprints."""
    found: KeyLoops | None = compiled("duplication._keys")
    return found


def compiled(name: str) -> Any:
    """A compiled module of this package; None where it was not compiled, or not since, or the user does without."""
    if os.environ.get(SWITCH) == "0":
        return None
    try:
        from importlib import import_module

        module = import_module(f".{name}", __package__)
    except ImportError:
        return None
    source = os.path.join(os.path.dirname(__file__), *name.split(".")) + ".c"
    if module.__file__ is not None and is_stale(module.__file__, source):
        import warnings

        message = f"{module.__file__} is older than its source and not used: run pip install -e . again"
        warnings.warn(message, RuntimeWarning, stacklevel=2)
        return None
    return module


def is_stale(module: str, source: str) -> bool:
    """Whether a source was written after it was compiled, as by ``git pull`` below an editable install.

    Then functions may be missing, or take something else. Other installations have no sources.
    """
    try:
        return os.stat(source).st_mtime > os.stat(module).st_mtime
    except OSError:
        return False


def is_much(size: int) -> bool:
    """Whether for so many bytes of text numpy is worth its import."""
    return size >= MUCH_COMPILED or (size >= MUCH and character_loops() is None)


def looks_up(size: int) -> bool:
    """Whether so many bytes of text are looked up at once, even without numpy."""
    return size >= SOME and character_loops() is not None
