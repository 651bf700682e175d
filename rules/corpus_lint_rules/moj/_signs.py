"""Signs of misread text: where a line has them, and which misreadings they speak for."""

from __future__ import annotations

import os
from functools import cache
from typing import TYPE_CHECKING

from corpus_lint import expressions as re
from corpus_lint.named_tuple import NamedTuple
from corpus_lint.rule import expression, literals

from ._pairs import Misreading

if TYPE_CHECKING:
    from collections.abc import Sequence

    from corpus_lint.rule import Trigger

DATA_FILE = "signs.txt"
LOST = "\ufffd"


class Sign(NamedTuple):
    """A place in a line that speaks for some misreadings."""

    offset: int
    keys: tuple[str, ...]


class Signs:
    """The signs of some misreadings."""

    def __init__(
        self, misreadings: Sequence[Misreading], private: Sequence[str] = (), lossy: Sequence[str] = ()
    ) -> None:
        """The signs of some misreadings.

        Args:
            misreadings: what is to be found.
            private: keys of those for which a private-use character speaks.
            lossy: keys of those for which U+FFFD speaks, amid what is no text.
        """
        self._private = tuple(private)
        self._lossy = tuple(lossy)
        self.misreadings = {misreading.key: misreading for misreading in misreadings}
        keys: dict[str, tuple[str, ...]] = {}
        for key, signs in rows().items():
            if key in self.misreadings:
                for sign in signs:
                    keys[sign] = (*keys.get(sign, ()), key)
        self._keys = keys
        first = "".join(sorted({re.escape(sign[0]) for sign in keys}))
        more = "\ue000-\uf8ff" * bool(private) + LOST * bool(lossy)
        self._first = re.compile(f"[{first}{more}]")

    def triggers(self) -> tuple[Trigger, ...]:
        """A literal for each sign; of a pair whose one character is a sign itself, only that."""
        keys = self._keys
        found = literals(sorted(sign for sign in keys if len(sign) == 1 or not (sign[0] in keys or sign[1] in keys)))
        if self._lossy:
            found = (*found, *literals((LOST,)))
        if not self._private:
            return found
        return (*found, expression(r"\xee[\x80-\xbf][\x80-\xbf]"), expression(r"\xef[\x80-\xa3][\x80-\xbf]"))

    def find(self, text: str) -> list[Sign]:
        """The signs in a line, in order."""
        found: list[Sign] = []
        keys = self._keys
        for match in self._first.finditer(text):
            at = match.start()
            known = keys.get(text[at], ()) + keys.get(text[at : at + 2], ())
            if not known and "\ue000" <= text[at] < "\uf900":
                known = self._private
            elif text[at] == LOST and text[at - 1 : at] != LOST:
                known = self._lossy
            if known:
                found.append(Sign(at, known))
        return found


@cache
def rows() -> dict[str, list[str]]:
    """The signs of each misreading."""
    with open(os.path.join(os.path.dirname(__file__), DATA_FILE), encoding="utf-8") as file:
        lines = [line.rstrip("\n").partition("\t") for line in file if not line.startswith("#")]
    return {key: signs.split(" ") if signs else [] for key, _, signs in lines}
