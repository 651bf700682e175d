"""What a page has above its text without a word of the site: its trail, and the moment when it was put up.

Of a trail, 首页 新闻 本地 or 某某网>作文>写人>我的老师, the extractor has often lost the signs between the parts, or
there never were spaces around them. It is known by how it begins, with the name of the first page, or how it ends,
with the page's title. A moment, 2025/08/31 15:02, is the page's where it is the only one and stands between the title
and the text; a diary, a chronicle and a log have more of them.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from corpus_lint import expressions as re
from corpus_lint.folding import fold
from corpus_lint.rule import Trigger, expression

if TYPE_CHECKING:
    from collections.abc import Sequence

    from corpus_lint.document import Line

HOMES = ("首页", "首頁", "网站首页", "網站首頁", "主页", "主頁", "ホーム", "トップページ")
"""The first page, as sites call it, in languages that have no spaces between words: elsewhere a title may begin so."""
HEAD = 1500
"""Characters of a document in which the trail stands."""
LONGEST = 90
PART = 30
"""Characters of a trail, and of one of its parts."""
FEWEST = 3
"""Parts of a trail."""
TITLE = 4
"""Folded characters of a title, at least."""
SENTENCE = r"[。！？!?；;：:，,“”]"
SIGN = r"\s*[>＞»›→]+\s*"
MOMENT = (
    r"(?m)^[ \t\u3000]*\W?(?:19|20)\d\d ?[-/.年] ?\d{1,2} ?[-/.月] ?\d{1,2} ?日?[ \t,，|T\u3000]*"
    r"(?:[(（]?(?:星期|周|週)?[一二三四五六日天][)）]?)?[ \t]*(?:[上下]午|[AP]M)? ?"
    r"[012]?\d[:：][0-5]\d(?:[:：][0-5]\d)?[ \t\u3000]*\r?$"
)
PROSE = 40
"""Characters of a paragraph of the text, at least."""


def triggers() -> Sequence[Trigger]:
    """Triggers for the name of the first page at the beginning of a line, and for two signs between words."""
    heads = [
        Trigger(f"{home}{space}".encode(), is_literal=True, head=len(home.encode()) + 8)
        for home in HOMES
        for space in (" ", "\u3000", "\xa0")
    ]
    sign = "(?:>|＞|»|›|→)"
    moment = expression(r"(?:19|20)[0-9][0-9] ?(?:-|/|\.|年).{3,24}[0-9](?::|：)[0-9][0-9]")
    return [
        *heads,
        moment._replace(in_short_lines=True),
        expression(rf"[\x80-\xff] ?{sign} ?[\x80-\xff][^\n>]{{1,60}}{sign} ?[\x80-\xff]"),
    ]


def is_trail(line: Line) -> bool:
    """Whether a line is the trail of the page."""
    text = line.text.strip()
    if line.start > HEAD or len(text) > LONGEST or _compiled(SENTENCE).search(text):
        return False
    parts = text.split()
    if parts[:1] and parts[0] in HOMES:
        return len(parts) >= FEWEST and all(len(part) <= PART and not part.isascii() for part in parts)
    parts = _compiled(SIGN).split(text)
    return len(parts) >= FEWEST and all(0 < len(part) <= PART for part in parts) and _is_title(parts[-1], line)


def is_moment(line: Line) -> bool:
    """Whether a line is the one moment of the page, between its title and its text."""
    text = line.text.strip()
    if not 0 < line.start <= HEAD or len(text) > PART or _compiled(MOMENT).fullmatch(line.text) is None:
        return False
    whole = line.document.text
    if len(_compiled(MOMENT).findall(whole)) > 1 or not whole[: line.start].strip():
        return False
    below = [next_text for step in range(1, 6) if (next_text := line.neighbour(step)) and next_text.strip()]
    return any(len(next_text.strip()) >= PROSE and _compiled(SENTENCE).search(next_text) for next_text in below[:2])


def _is_title(part: str, line: Line) -> bool:
    """Whether the part says what the next lines say, or the beginning of it."""
    said = fold(part).text.rstrip("….")
    below = [fold(text).text for step in (1, 2, 3) if (text := line.neighbour(step)) and text.strip()]
    return len(said) >= TITLE and any(text.startswith(said) for text in below[:2])


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)
