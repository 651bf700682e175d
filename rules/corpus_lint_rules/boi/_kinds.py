"""What the lines of a run are, for its message: menu, stamps of posts, what the site says, particulars."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ._runs import Entry, Repeats

MENU, STAMP, SPOKEN, BESIDE = "menu", "stamp", "spoken", "beside"
ONE = {
    MENU: "menu line or button: words of the site's navigation, no text; delete it",
    STAMP: "name, date or counter that the page has at every post, no text; delete it",
    SPOKEN: "what the site says to its visitor (a prompt, a notice, a form's field, a counter), no text; delete it",
    BESIDE: "date, address, number or link that the page has beside its text; delete it",
}
SEVERAL = {
    MENU: "menu or button bar of {} lines: words of the site's navigation, no text; delete them",
    STAMP: "{} lines that the page has at every post (name, date, counter), no text; delete them",
    SPOKEN: "{} lines that the site says to its visitor (prompts, notices, fields, counters), no text; delete them",
    BESIDE: "{} lines that the page has beside its text (dates, addresses, numbers, links); delete them",
}


class Kinds:
    """Tells what the lines of runs are."""

    def __init__(self, repeated: Repeats) -> None:
        self._stamps = repeated.signs - repeated.alone
        self._alone = repeated.alone

    def message(self, run: Sequence[Entry]) -> str:
        """The message of a run: it names what most of its lines are."""
        kinds = Counter(kind for entry in run if (kind := self._kind(entry)) is not None)
        kind = max(kinds, key=lambda kind: (kinds[kind], kind == MENU), default=MENU)
        return ONE[kind] if len(run) == 1 else SEVERAL[kind].format(len(run))

    def _kind(self, entry: Entry) -> str | None:
        if entry.number in self._stamps:
            return STAMP
        if entry.words is not None:
            return SPOKEN if entry.words.is_spoken else MENU
        return BESIDE if entry.number in self._alone else None
