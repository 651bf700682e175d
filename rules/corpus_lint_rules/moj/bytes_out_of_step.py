"""MOJ005: a byte was lost inside double-byte text, and what follows is read one byte late: ?胺婪锻ㄓ嵲p."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from corpus_lint import expressions as re
from corpus_lint.finding import Applicability, Edit, Finding, Fix, Severity
from corpus_lint.rule import Bad, Good, LineRule, expression, literals

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from corpus_lint.document import Line
    from corpus_lint.rule import Trigger

    from ._one_late import Run
    from ._shift import Repair

GAIN = 20.0
"""Bits by which a repair must be the likelier text (true ones: 34 to 160; 20 bits are one in a million)."""
CLEAR = 6.0
"""Bits by which a guessed byte must beat every other one for a safe fix."""
LIKELY = 2.0
"""The same for an unsafe fix, when the guessed character has text on both sides."""
ALONE = 5.0
"""The same when a mark or the end follows it, so that only one side tells."""


SHOWN = 40
"""Characters of a text that a message shows."""


class BytesOutOfStep(LineRule):
    """A byte is lost inside double-byte text, so that all that follows is read out of step: `?胺婪锻ㄓ嵲p騙`.

    Programs that search and replace in GBK text byte by byte cut characters open: one puts a reading behind the
    second byte of one character and the first of the next, another turns two such bytes into a half-width mark. The
    first half becomes `?`, and each pair of bytes after it is read one byte late, until a letter or a sign ends the
    run. 。“防范通訊詐 becomes `?!胺婪锻ㄓ嵲p`: rare characters without sense, that no filter of single characters
    takes for damage.

    The search starts at a `?` that is followed by the rest of a reading (`?shù)`) or by a mark, and puts the bytes
    back in step in every way that is possible; the result must be far likelier text than what stands there (by 20
    bits, one in a million). A `?` before plain text, doubled marks and readings in brackets of their own are left
    alone.

    Where a byte is gone and has left nothing behind, or U+FFFD at the end of the run, its rare characters show it
    (`陌旆ɡ唇饩稣飧鑫侍`): a run of five or more must be far likelier text, by 40 bits, when each pair of bytes is
    read one byte earlier. Rare names, old texts, transliteration and lists of characters have no such other reading.

    A fix is offered only when damaging its result in the same way gives exactly the text that was found. It is safe
    when no byte had to be guessed or the guess is 64 times as likely as any other; unsafe when it is at least 4
    times (32 times where a mark follows, so that only the text before it tells). Otherwise, and where a sign is lost
    that cannot be known (a digit), the best guess is only named. Where nothing is left of the byte, the fix is unsafe,
    and a character at the ends that cannot be told becomes U+FFFD.
    """

    code = "MOJ005"
    name = "bytes-out-of-step"
    severity = Severity.ERROR
    explains = True

    triggers = (
        # The rest of a reading: what stands before its `?` is no ASCII letter, as in a query or an expression.
        expression(r"[\x80-\xbf)]\?(?:[a-z]|[\xc3-\xc7][\x80-\xbf]){1,6}(?:\)|\xef\xbc\x89)"),
        # A mark behind the `?`, then the first byte of a character or a second byte that is ASCII.
        expression(r"[\x80-\xbf)]\?(?:[!,?;:]|\xe3\x80\x82|\xef\xbc[\x81\x8c\x9a\x9b\x9f])(?:[@-~]|[\xc3-\xef])"),
        # The second half of a full stop or a mark, joined with the next byte to a full-width letter or digit.
        expression(r"[\x80-\xbf)]\?\xef[\xbc\xbd][\x80-\xbf]"),
    )

    examples = (
        Bad("谨防⟦?!胺婪锻ㄓ嵲p⟧骗", "谨防。“防范通訊詐骗"),
        Bad("以此達到騙取受害人錢財(cái)⟦?shù)哪康?⟧。", "以此達到騙取受害人錢財(cái)的目的。"),
        Bad("如果向⟦?qū)Ψ教峁┑馁~⟧戶轉賬", "如果向對方提供的賬戶轉賬"),
        Bad("全市居民總⟦?cè)丝?⟧.6萬人", None),
        Bad("防止不當(dāng)⟦?shù)氖褂谩?BR>⟧", "防止不當(dāng)的使用。\n"),
        Bad("公安高等⟦??茖W(xué)⟧校", "公安高等專科學校"),
        Bad("会议昨天在北京结束⟦?＞荼ǖ溃?⟧明年还要再开一次", "会议昨天在北京结束。据报道，明年还要再开一次"),
        Bad(
            "会议指出，⟦颐窍衷谝丫\ue13c挥懈\ue3c5玫陌旆ɡ唇饩稣飧鑫侍�⟧",
            "会议指出，我们现在已经没有更好的办法来解决这个问�",
        ),
        Bad("酒⟦�璧臼欤�⟧翁媪相将。", "酒�稻熟，翁媪相将。"),
        Good("饕餮魑魅魍魉，犇羴猋骉麤毳淼焱垚，嵯峨嶙峋，崒嵂嵳嵸，㛃㛄㛅。"),
        Good("南無薩怛他蘇伽多耶阿囉訶帝三藐三菩陀寫，揭諦揭諦，波羅揭諦。佢哋喺度傾偈，唔知點解咁夜都仲未返屋企。"),
        Good("大四狗掉两门课要哭了??蟹蟹??"),
        Good("你说什么?!這是真的吗??我不信?。他問:“是嗎?”"),
        Good("（他们会来吗?yes)，网址是 http://example.com/路径?id)"),
        Good("這個詞怎麼讀(dú)?shù還是shǔ?請查字典。"),
    )

    def make_triggers(self) -> Sequence[Trigger]:
        """The shapes of a `?`, and what shows that text is read one byte late."""
        from ._one_late import signs

        private = expression(r"\xee[\x80-\xbf][\x80-\xbf]")
        return (*self.triggers, private, *literals(("\ufffd", *sorted(signs()))))

    def check_line(self, line: Line) -> Iterable[Finding]:
        """One finding for each run, with the readings that stand inside it."""
        from ._one_late import find, has_sign

        found = list(self._with_mark(line.text))
        yield from found
        if has_sign(line.text):
            for run in find(line.text):
                if all(run.end <= other.start or other.end <= run.start for other in found) and not _is_misread(run):
                    yield _late(line.text, run)

    def _with_mark(self, text: str) -> Iterator[Finding]:
        """The runs that begin with a `?`."""
        end = 0
        for match in _candidate().finditer(text):
            start = match.start() + 1
            if start < end:
                continue
            for finding in self._judge(text, start, text[start + 1 : match.end()]):
                end = finding.end
                yield finding

    def _judge(self, text: str, start: int, behind: str) -> Iterator[Finding]:
        from ._cut_bytes import LOST
        from ._shift import owners, repair

        letters = behind.rstrip(")） ")
        is_reading = behind[-1] in ")）" and letters.isalpha()
        if is_reading and not owners(letters):
            return
        result = repair(text, start)
        if text.startswith("??", start):
            later = repair(text, start + 1)
            if later and (result is None or later.gain > result.gain):
                result = later
        if result is None or result.gain < GAIN or not result.proven:
            return
        start, damaged = result.start, text[result.start : result.end]
        inside = damaged.strip("?!,;:。，！？；：")
        if len(inside) > 1 and inside == inside[0] * len(inside):
            return  # a word that says the same twice, between emoji that were lost
        restored = result.text
        if not _has_wide_marks(text):
            restored = restored.translate(_narrow())
        shown = restored.replace(LOST, "?").replace("\n", " ")
        why = "bytes of GBK text are out of step: one was lost at `?`, and what follows is read one byte late"
        applicability = self._applicability(result)
        if applicability is None or LOST in restored:
            reason = (
                "a sign is lost for good" if LOST in restored else "the lost byte could be that of another character"
            )
            yield Finding(start, result.end, f"{why}; `{damaged}` may have been {shown}, but {reason}")
            return
        fix = Fix(f"put the bytes back in step: {shown}", (Edit(start, result.end, restored),), applicability)
        yield Finding(start, result.end, f"{why}; `{damaged}` was {shown}", fix)

    def _applicability(self, result: Repair) -> Applicability | None:
        if not result.guesses or result.lead >= CLEAR:
            return Applicability.SAFE
        return Applicability.UNSAFE if result.lead >= (ALONE if result.is_one_sided else LIKELY) else None


def _is_misread(run: Run) -> bool:
    """Whether what the run would become is UTF-8 read as a double-byte set: no text either."""
    from ._misread_runs import signs_of
    from ._pairs import UTF_8_AS_DOUBLE

    return len(signs_of(UTF_8_AS_DOUBLE).find(run.restored)) > 1


def _late(text: str, run: Run) -> Finding:
    """A run of which a byte is gone without a trace."""
    damaged = text[run.start : run.end]
    message = (
        f"bytes of GBK text are out of step: one is gone before `{_short(damaged)}`, and what follows is read one byte "
        f"late; it was {_short(run.restored)}"
    )
    edits = (Edit(run.start, run.end, run.restored),)
    fix = Fix(f"put the bytes back in step: {_short(run.restored)}", edits, Applicability.UNSAFE)
    return Finding(run.start, run.end, message, fix)


def _short(text: str) -> str:
    return text if len(text) <= SHOWN else text[: SHOWN - 1] + "…"


@cache
def _candidate() -> re.Pattern[str]:
    return re.compile(
        r"[^\x00-\x28\x2a-\x7f]\?(?:[a-z\u00c0-\u01ff\u0251\u0261]{1,6}[)）]"
        r"|[!,?;:。，！？；：](?=[@-~\u00c0-\uffff])|[\uff01-\uff7f])"
    )


@cache
def _narrow() -> dict[int, int]:
    return {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}


def _has_wide_marks(text: str) -> bool:
    """Whether a line has full-width marks, which a repair then writes as well."""
    return any("\uff01" <= character < "\uff5f" for character in text)
