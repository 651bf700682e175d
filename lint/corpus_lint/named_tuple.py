"""`typing.NamedTuple` without what it does for each class and each field when it is made.

It compiles a constructor for each class and every annotation once more, to see that it is a type. In the classes of all
modules that a page needs that costs more than a bare Python; type checkers see it as well, and without being run. Here
classes with as many fields have one constructor, but for the names of its parameters, and all share their methods.
"""

from __future__ import annotations

from functools import partial

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from typing import Any, TypeVar
    from typing import NamedTuple as NamedTuple

    _Kind = TypeVar("_Kind", bound=tuple[Any, ...])
else:
    from _collections import _tuplegetter
    from functools import cache
    from types import FunctionType

    OWN = frozenset(("__annotations__", "__qualname__", "__classcell__"))

    @cache
    def _constructor(fields: int) -> Any:
        """The code of a constructor with so many parameters."""
        names = "".join(f"_{number}, " for number in range(fields))
        return eval(f"lambda _cls, {names}: _tuple_new(_cls, ({names}))").__code__

    def _make(cls, iterable):
        made = tuple.__new__(cls, iterable)
        if len(made) != len(cls._fields):
            raise TypeError(f"Expected {len(cls._fields)} arguments, got {len(made)}")
        return made

    def _replace(self, /, **changed):
        made = self._make(map(changed.pop, self._fields, self))
        if changed:
            raise ValueError(f"Got unexpected field names: {list(changed)!r}")
        return made

    def _asdict(self):
        return dict(zip(self._fields, self, strict=True))

    def _repr(self):
        said = ", ".join(f"{field}={value!r}" for field, value in zip(self._fields, self, strict=True))
        return f"{type(self).__name__}({said})"

    def _arguments(self):
        return tuple(self)

    METHODS = {
        "_make": classmethod(_make),
        "_replace": _replace,
        "_asdict": _asdict,
        "__repr__": _repr,
        "__getnewargs__": _arguments,
        "__slots__": (),
    }

    class _Maker(type):
        """Makes of a class body with annotations what `collections.namedtuple` makes, with the body's methods."""

        def __new__(cls, name: str, bases: tuple[type, ...], body: dict[str, Any]) -> type:
            annotations = body.get("__annotations__", {})
            fields = tuple(annotations)
            defaults = {field: body[field] for field in fields if field in body}
            code = _constructor(len(fields)).replace(
                co_varnames=("_cls", *fields), co_name="__new__", co_qualname=f"{name}.__new__"
            )
            new = FunctionType(code, {"_tuple_new": tuple.__new__}, "__new__", tuple(defaults.values()))
            made = {
                "__doc__": f"{name}({', '.join(fields)})",
                **METHODS,
                **{key: value for key, value in body.items() if key not in OWN},
                **{field: _tuplegetter(number, None) for number, field in enumerate(fields)},
                "__new__": new,
                "__match_args__": fields,
                "_fields": fields,
                "_field_defaults": defaults,
                "__annotations__": annotations,
                "__qualname__": body["__qualname__"],
            }
            return type(name, (tuple,), made)

    NamedTuple = type.__new__(_Maker, "NamedTuple", (), {})


def made(kind: type[_Kind], rows: Iterable[tuple[Any, ...]]) -> Iterator[_Kind]:
    """A named tuple of each row, which has all fields: in half the time of ``_make``, for very many."""
    make: Callable[[tuple[Any, ...]], _Kind] = partial(tuple.__new__, kind)
    return map(make, rows)
