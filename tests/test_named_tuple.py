from __future__ import annotations

import copy
import inspect
import pickle
import typing

import pytest

from corpus_lint.named_tuple import NamedTuple


class Ours(NamedTuple):
    """A pair."""

    left: int
    right: list[str] = []
    """What stands right."""

    @property
    def both(self) -> int:
        return self.left + len(self.right)

    def plus(self, number: int) -> Ours:
        return self._replace(left=self.left + number)


class Theirs(typing.NamedTuple):
    """A pair."""

    left: int
    right: list[str] = []


def test_it_is_what_typing_makes() -> None:
    for name in ("__doc__", "_fields", "_field_defaults", "__module__", "__match_args__"):
        assert getattr(Ours, name) == getattr(Theirs, name)
    assert Ours.__qualname__ == "Ours"
    assert Ours.__bases__ == Theirs.__bases__ == (tuple,)
    assert Ours(1, right=["a"]) == Theirs(1, ["a"])
    assert repr(Ours(1)) == "Ours(left=1, right=[])"


def test_methods_and_types() -> None:
    assert Ours(1, ["a"]).plus(2).both == 4
    assert typing.get_type_hints(Ours) == typing.get_type_hints(Theirs)
    assert pickle.loads(pickle.dumps(Ours(3))) == Ours(3)
    assert not hasattr(Ours(1), "__dict__")


def test_what_is_wrong_is_refused() -> None:
    for made in (Ours, Theirs):
        for call in (
            lambda made=made: made(),
            lambda made=made: made(1, 2, 3),
            lambda made=made: made(1, middle=2),
            lambda made=made: made._make([1]),
        ):
            with pytest.raises(TypeError):
                call()
        with pytest.raises(ValueError, match="middle"):
            made(1)._replace(middle=2)


@pytest.mark.parametrize("made", [Ours, Theirs])
def test_the_rest(made: type[Ours]) -> None:
    one = made._make([1, ["a"]])
    assert one._asdict() == {"left": 1, "right": ["a"]}
    assert copy.copy(one) == one == made(right=["a"], left=1)
    left, right = one
    assert (left, right) == (one[0], one.right)
    match one:
        case made(1, found):
            assert found == ["a"]
    with pytest.raises(AttributeError):
        one.left = 2  # type: ignore[misc]
    assert list(inspect.signature(made).parameters) == ["left", "right"]
