"""corpus-lint: a linter for text corpora.

The public functions for programs and distributed engines are here; `corpus_lint.testing` is for rule packs.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from .batch import findings_schema, lint_batch
    from .rule_set import RuleSet

__version__ = "0.1.0"
__all__ = ["RuleSet", "__version__", "findings_schema", "lint_batch"]

_HOMES = {"RuleSet": "rule_set", "findings_schema": "batch", "lint_batch": "batch"}


def __getattr__(name: str) -> Any:
    """What is public is imported when it is asked for: the command needs none of it to start."""
    if name in _HOMES:
        from importlib import import_module

        return getattr(import_module(f".{_HOMES[name]}", __name__), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
