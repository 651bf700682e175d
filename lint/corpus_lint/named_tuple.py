"""`typing.NamedTuple` without what it does for each field when its class is made.

It compiles every annotation once more, to see that it is a type, which costs a start, in the classes of all modules
that a page needs, more than half of what a bare Python costs; type checkers see that as well, and without being run.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from typing import NamedTuple as NamedTuple
else:
    from collections import namedtuple

    OWN = frozenset(("__annotations__", "__module__", "__qualname__", "__classcell__"))

    class _Maker(type):
        """Makes of a class body with annotations what `collections.namedtuple` makes, with the body's methods."""

        def __new__(cls, name: str, bases: tuple[type, ...], body: dict[str, Any]) -> type:
            fields = body.get("__annotations__", {})
            defaults = [body[field] for field in fields if field in body]
            made = namedtuple(name, fields, defaults=defaults, module=body["__module__"])
            made.__annotations__ = fields
            made.__qualname__ = body["__qualname__"]
            for attribute in body.keys() - OWN - fields.keys():
                setattr(made, attribute, body[attribute])
            return made

    NamedTuple = type.__new__(_Maker, "NamedTuple", (), {})
