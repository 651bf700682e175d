"""Typed settings: a plain class of annotated defaults, read from a configuration table.

Start-up stays fast because msgspec, which checks the types, is imported only when there is something to check.
"""

from __future__ import annotations

import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from typing import Any


class ConfigurationError(Exception):
    """The configuration cannot be used; the message names the key and the remedy."""


def nearest(word: str, known: Iterable[str]) -> str:
    """`` (did you mean `x`?)`` for the known word most like ``word``; empty when none is."""
    from difflib import get_close_matches

    matches = get_close_matches(word, list(known), n=1)
    return f"; did you mean `{matches[0]}`?" if matches else ""


def hints(cls: type) -> dict[str, Any]:
    """The annotations of the class's fields, `Annotated` ones whole, in order of definition."""
    import typing

    # What modules that are imported at every start write in annotations they have not imported.
    words = {**vars(typing), **vars(sys.modules[cls.__module__])}
    found = typing.get_type_hints(cls, words, include_extras=True)
    return {name: hint for name, hint in found.items() if not name.startswith("_")}


def read(cls: type[Any], table: Mapping[str, Any], where: str) -> Any:
    """An instance of ``cls`` with the values of ``table``; keys are field names with hyphens.

    Args:
        cls: a class of annotated defaults.
        table: what the configuration says.
        where: the name of the table, for messages.

    Raises:
        ConfigurationError: an unknown key, or a value of the wrong type.
    """
    import msgspec

    fields = {name.replace("_", "-"): (name, hint) for name, hint in hints(cls).items()}
    instance = cls()
    for key, value in table.items():
        if key not in fields:
            raise ConfigurationError(f"{where}: unknown key `{key}`{nearest(key, fields)}")
        name, hint = fields[key]
        try:
            setattr(instance, name, msgspec.convert(value, hint))
        except msgspec.ValidationError as error:
            raise ConfigurationError(f"{where}: `{key}`: {error}") from None
    return instance
