"""Typed settings: a plain class of annotated defaults, read from a configuration table.

Start-up stays fast because msgspec, which checks the types, is imported only when there is something to check.
"""

from __future__ import annotations

import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from typing import Any


class ConfigurationError(Exception):
    """The configuration cannot be used; the message names the key and the remedy.

    Attributes:
        keys: the keys of the configuration that say it, the outermost first, and at last a word of the value where it
            is about one; empty when no key is to blame. `corpus_lint.config.placed` finds their line.
    """

    def __init__(self, message: str, *keys: str | int) -> None:
        super().__init__(message)
        self.keys = keys


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


def read(cls: type[Any], table: Mapping[str, Any], where: str = "", keys: Sequence[str | int] = ()) -> Any:
    """An instance of ``cls`` with the values of ``table``; keys are field names with hyphens.

    Args:
        cls: a class of annotated defaults.
        table: what the configuration says.
        where: the name of the table, for messages; none for the outermost.
        keys: those under which the configuration has the table.

    Raises:
        ConfigurationError: an unknown key, or a value of the wrong type.
    """
    import msgspec

    fields = {name.replace("_", "-"): (name, hint) for name, hint in hints(cls).items()}
    instance = cls()
    place = f"{where}: " if where else ""
    for key, value in table.items():
        if key not in fields:
            raise ConfigurationError(f"{place}unknown key `{key}`{nearest(key, fields)}", *keys, key)
        name, hint = fields[key]
        try:
            setattr(instance, name, msgspec.convert(value, hint))
        except msgspec.ValidationError:
            message = f"{place}`{key}` must be {_wanted(hint)}, not {_shown(value)}"
            raise ConfigurationError(message, *keys, key) from None
    return instance


def _wanted(hint: Any) -> str:
    """What a value of the type is called where a person is asked for one."""
    from typing import Annotated, Literal, get_args, get_origin

    kind, inner = get_origin(hint), get_args(hint)
    if kind is Annotated:
        return _wanted(inner[0])
    if kind is Literal:
        return "one of " + ", ".join(f'"{word}"' for word in inner)
    if kind is list:
        return {str: 'a list of texts, as in ["one", "two"]'}.get(inner[0], "a list of tables")
    if kind is dict:
        return {float: "a table of numbers", list[str]: "a table of lists of texts"}.get(inner[1], "a table of tables")
    words = {bool: "true or false", int: "a whole number", float: "a number", str: 'a text, as in "one"'}
    return words.get(hint, next((_wanted(part) for part in inner if part is not type(None)), "something else"))


def _shown(value: object) -> str:
    """A value of the configuration about as it stands there, cut short."""
    import json

    shown = json.dumps(value, ensure_ascii=False, default=str)
    return shown if len(shown) <= 60 else f"{shown[:60]}…"
