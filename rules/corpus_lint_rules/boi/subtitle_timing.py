"""BOI011: the times and numbers of subtitles and lyrics."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Annotated

from corpus_lint import expressions as re
from corpus_lint.finding import Applicability, Edit, Finding, Fix
from corpus_lint.rule import Bad, DocumentRule, Good, expression, literals

if TYPE_CHECKING:
    from collections.abc import Iterable

    from corpus_lint.document import Document

TIME = r"(?:\d{1,2}:)?\d{1,2}:\d{2}[.,]\d{2,3}"
SUNG = r"(?:\[\d{1,3}:\d{2}\.\d{2,3}\])+"
"""The time of a line of a song, or the times at which it is sung."""
STYLED = r"Dialogue: ?\d+,\d:\d\d:\d\d\.\d\d,\d:\d\d:\d\d\.\d\d,(?:[^,\n]*,){2}(?:\d*,){3}[^,\n]*,"
"""The fields of a title of SubStation Alpha, before what is spoken."""
PLAYERS = (
    r"(?P<style>\{\\[A-Za-z0-9][^{}\n]*\})|(?P<break>\\N)|(?P<face></?[ibu]>|</?font\b[^<>\n]*>)"
    r"|(?P<section>^\[(?:Script Info|V4\+? Styles|Fonts|Events)\][ \t]*\r?\n"
    r"(?:(?:;|[A-Z][\w ]{2,30}:)(?<!Dialogue:)[^\n]*\n)*)"
    r"|(?P<tag>^\[(?:ti|ar|al|by|offset|au|re|ve|length):[^\[\]\n]*\][ \t]*(?:\n|$))"
)
"""What players read beside the times: colours and places, breaks of a title, faces, the sections at the head of
SubStation Alpha; title and singer of a song."""


class SubtitleTiming(DocumentRule):
    r"""The times and numbers of subtitles stand between the lines that are spoken or sung.

    A subtitle file (SubRip, WebVTT, SubStation Alpha), the words of a song with their times (LRC: `[00:15.33]`) or the
    log of a speech recogniser was taken for text. Every other line of it is
    `00:01:02,500 --> 00:01:04,000`, which nobody says: a model learns to count milliseconds, and sentences that go on
    over two titles are cut.

    Found are lines of two times with an arrow between, from three on in a document, with the number above and the
    placing behind them (`align:start`); where the words stand in the same line, as in `[00:01.000 --> 00:02.500] Yes.`,
    the time alone, and so of a song's times and of the fields of `Dialogue: 0,0:01:26.10,…`. What else players read
    goes with them: `{\an8}`, `<i>`, `[ti:…]`. Left alone are blocks of code and single times in prose.

    There is one finding, with the count. The fix takes the times and numbers out; it is unsafe, because who keeps
    subtitles as subtitles wants them.

    Source: SubRip, SubStation Alpha and LRC as players read them; WebVTT (W3C).
    """

    code = "BOI011"
    name = "subtitle-timing"

    class Options:
        """When times are those of subtitles."""

        fewest: Annotated[int, "fewest lines of times in a document"] = 3

    options: Options
    triggers = (
        *literals(f"{digit} --> " for digit in "0123456789"),
        *literals(("Dialogue: 0,", "Dialogue: 1,", "Dialogue: 2,", "Dialogue: 3,")),
        expression(r"\n\[\d{1,3}:\d\d\.\d", apart=True),
    )
    examples = (
        Bad(
            "⟦1\n00:00:01,200 --> 00:00:03,800⟧\n大家好\n\n2\n00:00:04,100 --> 00:00:07,500\n今天做板凳\n\n"
            "3\n00:00:08,000 --> 00:00:11,000\n先刨木料\n",
            "大家好\n\n今天做板凳\n\n先刨木料\n",
        ),
        Bad(
            "⟦[00:00.000 --> 00:02.500]⟧  Good morning.\n[00:02.500 --> 00:04.000]  It is cold.\n"
            "[00:04.000 --> 00:06.000]  Come in.\n",
            "Good morning.\nIt is cold.\nCome in.\n",
        ),
        Bad(
            "WEBVTT\n\n⟦00:01.000 --> 00:02.000 align:start⟧\nYes.\n\n00:03.000 --> 00:04.000\nNo.\n\n"
            "00:05.000 --> 00:06.000\nGood.\n",
            "WEBVTT\n\nYes.\n\nNo.\n\nGood.\n",
        ),
        Bad(
            "⟦[00:15.33]⟧车窗外的灯火往后退\n[00:19.80]我数着站名\n[00:24.10][01:30.20]饭在锅里，灯在门里\n",
            "车窗外的灯火往后退\n我数着站名\n饭在锅里，灯在门里\n",
        ),
        Bad(
            "[Script Info]\nTitle: a\nPlayResX: 384\n[Events]\nFormat: Layer, Start, Text\n"
            "⟦Dialogue: 0,0:00:01.20,0:00:03.80,Default,,0000,0000,0000,,⟧{\\an8}大家好\n"
            "Dialogue: 0,0:00:04.10,0:00:07.50,Default,,0,0,0,,今天<i>做</i>板凳\\N先刨木料\n"
            "Dialogue: 0,0:00:08.00,0:00:11.00,Default,,0,0,0,,再凿眼\n",
            "大家好\n今天做板凳\n先刨木料\n再凿眼\n",
        ),
        Bad(
            "[ti:渡口]\n[ar:方远]\n⟦[00:15.33]⟧渡口的灯\n[00:19.80]亮了又暗\n[00:24.10]摆渡的人\n",
            "渡口的灯\n亮了又暗\n摆渡的人\n",
        ),
        Good("[12:30] 老王：到了吗\n[12:31] 老李：到了\n[12:31:05] 老王：好\n[12:32] 老李：门口见\n"),
        Good("字幕的时间写成 00:00:01,200 --> 00:00:03,800，前面是序号。"),
        Good("```\n" + "1\n00:00:01,200 --> 00:00:03,800\n大家好\n\n" * 3 + "```\n"),
        Good("从 1 --> 2，2 --> 3，3 --> 4，都是一步。\n5 --> 6\n7 --> 8\n9 --> 10\n"),
    )

    def check(self, document: Document) -> Iterable[Finding]:
        """One finding for all times."""
        places = [match for match in _timing().finditer(document.text) if not document.markup.in_code(match.start())]
        if len(places) < self.options.fewest:
            return
        first = places[0]
        edits = [Edit(*_whole(document.text, place), "") for place in places]
        taken = {at for edit in edits for at in range(edit.start, edit.end)}
        for match in _players().finditer(document.text):
            if match.start() not in taken and not document.markup.in_code(match.start()):
                edits.append(Edit(*match.span(), "\n" if match["break"] else ""))
        yield Finding(
            first.start(),
            first.end("time"),
            f"{len(places)} times of subtitles stand between the lines that are spoken or sung; take them out",
            Fix(f"take {len(places)} times out", tuple(sorted(edits, key=_start)), Applicability.UNSAFE),
            occurrences=len(places),
        )


def _start(edit: Edit) -> int:
    return edit.start


def _whole(text: str, place: re.Match[str]) -> tuple[int, int]:
    """The time with the number above it, and its line end where nothing else is in the line."""
    end = place.end()
    if end == len(text) or text[end] not in "\r\n":
        return place.span()
    return place.start(), end + (2 if text.startswith("\r\n", end) else 1)


@cache
def _timing() -> re.Pattern[str]:
    placing = r"(?:[ \t]+(?:align|position|line|size|region|vertical|[XY][12]):\S+)*"
    return re.compile(
        rf"^(?:\d{{1,5}}[ \t]*\r?\n)?(?P<time>\[{TIME} --> {TIME}\]|{SUNG}|{STYLED}|{TIME} --> {TIME}{placing})[ \t]*",
        re.MULTILINE,
    )


@cache
def _players() -> re.Pattern[str]:
    return re.compile(PLAYERS, re.MULTILINE)
