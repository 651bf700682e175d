"""TXT016 reversed-line."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from corpus_lint import expressions as re
from corpus_lint.finding import Applicability, Edit, Finding, Fix, Severity
from corpus_lint.rule import Bad, Good, LineRule, expression

if TYPE_CHECKING:
    from collections.abc import Iterable

    from corpus_lint.document import Line

SCRIPTS = {"Hebrew": ("\u05d0-\u05ea", "ךםןףץ"), "Arabic": ("\u0621-\u063a\u0641-\u064a", "ة")}
"""The letters of a script, and those that only end words: five letters of Hebrew have a form for it."""
FEWEST = 2
"""Words of a line that must begin with one."""


class ReversedLine(LineRule):
    """A line of Hebrew or Arabic is written backwards, as it looks: `םירפס תונח` for `חנות ספרים`.

    Programs of the nineties, and converters of PDF files to this day, store text in the order in which it stands on
    the screen, from left to right. It can be read where nothing turns it round again; every word of it is backwards.

    Five letters of Hebrew have a form for the end of a word, and ة stands nowhere else. A line is found in which two
    words begin with such a letter, and fewer end with one; no word is written so. Left alone is a line with one such
    word.

    The fix turns the line round, but not its numbers and Latin words. It is unsafe: lines of a paragraph that was
    broken while it was backwards are still in the order of the screen.

    Source: ISO 8859-8 and ECMA TR/53 on visual and logical order.
    """

    code = "TXT016"
    name = "reversed-line"
    severity = Severity.ERROR
    triggers = (
        expression(r"\xd7[\x9a\x9d\x9f\xa3\xa5]\xd7[\x90-\xaa]"),
        expression(r"\xd8\xa9(?:\xd8[\xa1-\xba]|\xd9[\x81-\x8a])"),
    )
    examples = (
        Bad("⟦.ןורחאה עובשב החתפנ הפיחב םירפסה תונח⟧", "חנות הספרים בחיפה נפתחה בשבוע האחרון."),
        Bad("⟦םירפס 1948 תנשב ורכמנ (Haifa) םש⟧", "שם (Haifa) נמכרו בשנת 1948 ספרים"),
        Bad("⟦ةنس لبق ةنيدملا يف ةبتكم تحتف⟧", "فتحت مكتبة في المدينة قبل سنة"),
        Good("فتحت مكتبة في المدينة قبل سنة، وكانت الدراسة مجانيةلكل الطلاب"),
        Good("חנות הספרים בחיפה נפתחה בשבוע האחרון, והיא פתוחה בכל יום עד שמונה בערב."),
        Good("למרבה המשרה ולשלום אין קץ, ובמקור: לםרבה המשרה."),
        Good("האות ם היא מם סופית, והאות ן היא נון סופית: ם ן ץ ף ך"),
    )

    def check_line(self, line: Line) -> Iterable[Finding]:
        """The line, when its words begin with what ends words."""
        text = line.text.strip()
        script = next((script for script in SCRIPTS if _is_backwards(text, script)), None)
        if script is None:
            return
        from .._backwards import turned_round

        start = line.text.index(text)
        yield Finding(
            start,
            start + len(text),
            f"a line of {script} is written backwards, in the order of the screen: its words begin with the letters "
            "that end words; turn it round",
            Fix("turn the line round", (Edit(start, start + len(text), turned_round(text)),), Applicability.UNSAFE),
        )


def _is_backwards(text: str, script: str) -> bool:
    begun, ended = _begun(script), _ended(script)
    return len(begun.findall(text)) >= max(FEWEST, len(ended.findall(text)) + 1)


@cache
def _begun(script: str) -> re.Pattern[str]:
    letters, final = SCRIPTS[script]
    return re.compile(f"(?<![{letters}])[{final}](?=[{letters}])")


@cache
def _ended(script: str) -> re.Pattern[str]:
    letters, final = SCRIPTS[script]
    return re.compile(f"(?<=[{letters}])[{final}](?![{letters}])")
