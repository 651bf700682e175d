"""BOI002: a run of menu words, share buttons and channel names."""

from __future__ import annotations

import os
from bisect import bisect_left
from functools import cache, cached_property
from typing import TYPE_CHECKING, Annotated

from corpus_lint import expressions as re
from corpus_lint.finding import Applicability, Confidence, Edit, Finding, Fix
from corpus_lint.folding import fold
from corpus_lint.rule import Bad, Good, RegionRule

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from corpus_lint.document import Document, Line
    from corpus_lint.rule import Trigger

    from . import _phrases as phrases

WORDS = "furniture_run.toml"
STRONG = "site-word"
SEPARATORS = r"[\s|｜·•/／>»＞,，、丨\-]+"
SEPARATOR_BYTES = rb"[^\n]{0,2}(?:[ \t|/>]|\xe3\x80\x80|\xc2\xa0|\xef\xbd\x9c|\xc2\xb7|\xe2\x80\xa2)"
SHORT = 8
"""Characters, folded, of a line that may stand in a run without being one of the words."""
SHORT_LETTERS = 24
"""The same in an alphabet."""
GAP = 5
"""Such lines that may follow one another."""
DENSE_GAP = 2
"""The same where a run has not enough listed words otherwise."""
MANY_SITE_WORDS = 4
"""Words that only sites use, from which fewer lines of a run need be listed."""
BLANKS = 2
"""Blank lines that may follow one another."""
LONGEST = 400
"""Characters of a line of a run."""
NEAR = 400
"""Characters, at most, between the beginnings of two lines that begin one run together."""
FIRST_SYLLABIC = "\u2e80"
"""The alphabets are below this character."""
FENCES = ("```", "~~~")


class Entry:
    """A line of a run: how many words of sites and of channels it consists of; none when it is only short."""

    __slots__ = ("channel_words", "number", "site_words")

    def __init__(self, number: int, site_words: int, channel_words: int) -> None:
        self.number = number
        self.site_words = site_words
        self.channel_words = channel_words


class FurnitureRun(RegionRule):
    """Three or more neighbouring short lines, most of them words of menus, share bars and buttons.

    首页, 登录, 财经, 汽车, 收藏: alone each is a word, one below the other they are the menu of a site. In scraped
    pages such runs are the largest part of all furniture. They teach a model word lists and push the text apart.

    A run is a stretch of lines of a few characters without sentence marks. At least half of its lines must consist of
    listed words (a third, where many are words of sites), and at least two of these must be words that only sites use
    (登录, 返回顶部, "Sign in"), so that a school book's list of words or a poem of short lines is no menu. A line that
    consists of four or more such words is a run by itself, and a menu whose items an extractor has joined is found
    inside its line. Code, tables and lists of Markdown are left alone.

    Deleting a run of listed words only is safe; when other short lines stand between them it is unsafe.
    """

    code = "BOI002"
    name = "furniture-run"
    data_files = (WORDS, "_phrases.py", "_anchors.py", "_inline_menu.py")

    class Options:
        """What makes a run."""

        fewest_lines: Annotated[int, "fewest lines of a run"] = 3
        fewest_words: Annotated[int, "fewest listed words of a run"] = 3
        fewest_in_line: Annotated[int, "fewest listed words of a line that is a run by itself"] = 4
        fewest_site_words: Annotated[int, "fewest words among them that only sites use"] = 2

    options: Options
    examples = (
        Bad(
            "⟦首页\n新闻\n财经\n汽车\n登录\n注册⟧\n\n正文从这里开始，是一个完整的句子。",
            "正文从这里开始，是一个完整的句子。",
        ),
        Bad("正文在此結束。\n⟦收藏\n分享\n微信\nQQ空間⟧\n", "正文在此結束。\n"),
        Bad("⟦首页 新闻 体育 娱乐 登录 注册⟧\n正文。", "正文。"),
        Bad("⟦Home\nNews\nSports\nLogin\nSearch⟧\nThe mayor spoke on Monday.", "The mayor spoke on Monday."),
        Bad("⟦首页\n登录\n某某专区\n注册\n更多⟧\n正文是一个句子。", "正文是一个句子。"),
        Bad(
            "⟦• 首页   • 车间展示   • 走进公司   • 新闻中心   • 联系我们   • 登录⟧   这家公司成立于某年，有员工百人。",
            "   这家公司成立于某年，有员工百人。",
        ),
        Good("床前明月光\n疑是地上霜\n举头望明月\n低头思故乡"),
        Good("新闻\n体育\n音乐\n电影\n这些词是本课的生词。"),
        Good("请先登录。\n然后搜索。\n最后退出。"),
        Good("- 首页\n- 登录\n- 注册\n- 搜索"),
        Good("| 首页 | 登录 | 注册 | 搜索 |"),
        Good("```\n首页\n登录\n注册\n搜索\n```"),
    )

    def make_triggers(self) -> Sequence[Trigger]:
        """Words of sites that stand alone in a line; of the longer ones also those that open a line of words."""
        from . import _inline_menu as inline_menu

        triggers = [trigger for run in self._site_words for trigger in _triggers(run)]
        return [*dict.fromkeys(triggers), *inline_menu.triggers()]

    @cached_property
    def _site_words(self) -> list[str]:
        """Every word that only sites use, as it is written."""
        return sorted({phrase.anchor.run for number, phrase in self._book().phrases if self._is_site_word(number)})

    @cached_property
    def _folded_words(self) -> dict[str, list[tuple[str, str]]]:
        """Those words, folded and as they are written, by their first characters; all their spellings fold alike."""
        found: dict[str, list[tuple[str, str]]] = {}
        for run in self._site_words:
            word = fold(run).text
            found.setdefault(word[:1], []).append((word, run))
        return found

    def _is_seen(self, text: str) -> bool:
        """Whether a trigger for a word of sites fires on a line: what the screen cannot see is no run."""
        folded = fold(text).text
        data = f"\n{text}\n".encode("utf-8", "surrogatepass")
        return any(
            word in folded and _expression(run).search(data) is not None
            for first in set(folded)
            for word, run in self._folded_words.get(first, ())
        )

    def check_lines(self, document: Document, lines: Sequence[Line]) -> Iterable[Finding]:
        """Every run that has two lines that a trigger sees, or one that is a run by itself."""
        from . import _inline_menu as inline_menu
        from . import _phrases as phrases

        for line in lines:
            if inline_menu.is_candidate(line.text) and self._entry(0, line.text) is None:
                yield from self._menus(line)
        seen = [line for line in lines if len(line.text) <= LONGEST and self._is_seen(line.text)]
        after = -1
        fences: list[int] | None = None
        for number, line in enumerate(seen):
            near = seen[max(number - 1, 0) : number + 2]
            if len(phrases.compiled(SEPARATORS).split(line.text.strip())) < 2 and not any(
                0 < abs(other.start - line.start) <= NEAR for other in near
            ):
                continue
            if line.index > after:
                first, after = self._edge(document, line.index, -1), self._edge(document, line.index, 1)
                fences = _fences(document.text) if fences is None else fences
                fenced = bisect_left(fences, document.line_starts[first]) % 2 == 1
                yield from self._findings(document, range(first, after + 1), fenced=fenced)

    def _menus(self, line: Line) -> Iterator[Finding]:
        """The menus inside a line that is not Markdown."""
        from . import _deletion as deletion
        from . import _guards as guards
        from . import _inline_menu as inline_menu

        text = line.text
        if guards.compiled(guards.MARKDOWN).match(text) or text.lstrip().startswith(("|", "#")) or guards.fenced(line):
            return
        for menu in inline_menu.menus(text, self._words):
            first, last = deletion.line_span(text)
            start = menu.start if text[: menu.start].strip(inline_menu.BULLETS) else first
            edit = Edit(start, menu.end, "")
            whole = (start, menu.end) == (first, last)
            yield Finding(
                start,
                menu.end,
                f"menu of {menu.items} items in a line: words of the site's navigation, no text; delete it",
                deletion.delete_line(line, lambda _: False, Applicability.UNSAFE)
                if whole
                else Fix("delete the menu", (edit,), Applicability.UNSAFE),
                occurrences=menu.items,
                confidence=Confidence.HIGH if 3 * menu.listed >= menu.items else Confidence.MEDIUM,
            ).shifted(line.start)

    def _edge(self, document: Document, index: int, step: int) -> int:
        """The last line, going from ``index`` by ``step``, that can be in one run with it."""
        edge = index
        blanks = gap = 0
        while 0 <= index + step < len(document.line_starts):
            index += step
            text = document.line_text(index)
            if not text.strip():
                blanks += 1
                if blanks > BLANKS:
                    break
                continue
            entry = self._entry(index, text)
            if entry is None:
                break
            blanks = 0
            gap = 0 if entry.site_words or entry.channel_words else gap + 1
            if gap > GAP:
                break
            edge = index
        return edge

    def _findings(self, document: Document, lines: range, *, fenced: bool) -> Iterator[Finding]:
        for run in self._runs(document, lines, fenced=fenced, gap=GAP):
            if (grade := self._grade(run)) is not None:
                yield self._finding(document, run, grade)
                continue
            numbers = {entry.number for entry in run}
            for dense in self._runs(document, range(run[0].number, run[-1].number + 1), fenced=False, gap=DENSE_GAP):
                if numbers.issuperset(entry.number for entry in dense) and (grade := self._grade(dense)) is not None:
                    yield self._finding(document, dense, grade)

    def _grade(self, run: list[Entry]) -> Confidence | None:
        """How sure it is that a run is a menu; None when it is none."""
        options = self.options
        words = sum(1 for entry in run if entry.site_words or entry.channel_words)
        site = sum(entry.site_words for entry in run)
        total = sum(entry.site_words + entry.channel_words for entry in run)
        if site < options.fewest_site_words or total < options.fewest_words:
            return None
        if len(run) < options.fewest_lines and not any(
            entry.site_words + entry.channel_words >= options.fewest_in_line for entry in run
        ):
            return None
        if 3 * words >= 2 * len(run) or (2 * words >= len(run) and site >= MANY_SITE_WORDS):
            return Confidence.HIGH
        enough = 2 * words >= len(run) or (3 * words >= len(run) and site >= MANY_SITE_WORDS)
        return Confidence.MEDIUM if enough else None

    def _finding(self, document: Document, run: list[Entry], confidence: Confidence) -> Finding:
        from . import _deletion as deletion

        first, last = run[0].number, run[-1].number
        sure = all(entry.site_words or entry.channel_words for entry in run)
        start = document.line_starts[first] + deletion.line_span(document.line_text(first))[0]
        end = document.line_starts[last] + deletion.line_span(document.line_text(last))[1]
        message = f"menu or button bar of {len(run)} lines: words of the site's navigation, no text; delete them"
        fix = deletion.delete_lines(
            document,
            first,
            last,
            message="delete the run",
            applicability=Applicability.SAFE if sure else Applicability.UNSAFE,
        )
        return Finding(start, end, message, fix, confidence=confidence)

    def _runs(self, document: Document, lines: range, *, fenced: bool, gap: int) -> Iterator[list[Entry]]:
        """Stretches of short lines that begin and end with a listed word."""
        run: list[Entry] = []
        blanks = lone = 0
        for index in lines:
            text = document.line_text(index)
            if text.lstrip(" \t>").startswith(FENCES):
                fenced = not fenced
            if not text.strip():
                blanks += 1
                if blanks <= BLANKS:
                    continue
            entry = None if fenced or not text.strip() else self._entry(index, text)
            wordless = entry is not None and not (entry.site_words or entry.channel_words)
            lone = lone + 1 if wordless else 0
            if entry is None or lone > gap:
                yield from _trimmed(run)
                run = []
            elif not (wordless and not run):
                run.append(entry)
            blanks = 0 if text.strip() else blanks
        yield from _trimmed(run)

    def _entry(self, index: int, text: str) -> Entry | None:
        """The line as a line of a run; None when it cannot be one."""
        from . import _guards as guards
        from . import _phrases as phrases

        if (
            len(text) > LONGEST
            or phrases.compiled(phrases.MARKUP).search(text)
            or guards.compiled(guards.MARKDOWN).match(text)
        ):
            return None
        words = self._words
        whole = words.get(phrases.bare(fold(text).text).rstrip(":"))
        if whole is not None:
            return Entry(index, int(whole), int(not whole))
        tokens = [fold(token).text for token in phrases.compiled(SEPARATORS).split(text)]
        found = [words.get(phrases.bare(token)) for token in tokens if token]
        if len(found) > 1 and None not in found:
            return Entry(index, sum(1 for kind in found if kind), sum(1 for kind in found if not kind))
        folded = fold(text).text
        alphabetic = bool(folded) and max(folded) < FIRST_SYLLABIC
        if len(folded) <= (SHORT_LETTERS if alphabetic else SHORT) and not any(
            mark in folded for mark in phrases.SENTENCE_MARKS + ",、:=<>(){}" + "." * alphabetic
        ):
            return Entry(index, 0, 0)
        return None

    def _is_site_word(self, number: int) -> bool:
        return self._book().groups[number].name == STRONG

    @cached_property
    def _words(self) -> dict[str, bool]:
        """Every listed word, folded, and whether only sites use it."""
        return {phrase.text: self._is_site_word(number) for number, phrase in reversed(self._book().phrases)}

    @staticmethod
    @cache
    def _book() -> phrases.Book:
        from . import _phrases as phrases

        return phrases.load(os.path.dirname(__file__), WORDS)


def _triggers(run: str) -> list[Trigger]:
    """The triggers of a word that only sites use."""
    from corpus_lint.rule import Trigger

    from . import _anchors as anchors
    from ._anchors import Anchor

    triggers = [*anchors.triggers_of(Anchor(run, short=True, head=True, tail=True))]
    if not run.isascii() and len(run) > 1:
        forms = b"|".join(re.escape(form.encode()) for form in anchors.spellings(run))
        triggers.append(Trigger(b"\\n[^\\n]{0,%d}(?:%s)%s" % (anchors.MARK_BYTES, forms, SEPARATOR_BYTES)))
    return triggers


@cache
def _expression(run: str) -> re.Pattern[bytes]:
    """One expression for the triggers of a word."""
    return re.compile(b"|".join(b"(?%s:%s)" % (b"i" if t.caseless else b"", t.pattern) for t in _triggers(run)))


def _fences(text: str) -> list[int]:
    """Where lines that begin or end a code block have their fence."""
    found = []
    for fence in FENCES:
        at = text.find(fence)
        while at >= 0:
            line = text.rfind("\n", 0, at) + 1
            if not text[line:at].strip(" \t>"):
                found.append(at)
            at = text.find("\n", at)
            at = text.find(fence, at) if at >= 0 else at
    return sorted(found)


def _trimmed(run: list[Entry]) -> Iterator[list[Entry]]:
    """The run without short lines at its end that are no listed words; nothing when it is empty."""
    while run and not (run[-1].site_words or run[-1].channel_words):
        run.pop()
    if run:
        yield run
