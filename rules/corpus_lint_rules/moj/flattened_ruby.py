"""MOJ011: readings that stood above the characters and were put into the line, 遇yù见jiàn."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from corpus_lint import expressions as re
from corpus_lint.finding import Applicability, Edit, Finding, Fix
from corpus_lint.rule import Bad, Good, LineRule, expression

from . import _readings as readings

if TYPE_CHECKING:
    from collections.abc import Iterable
    from re import Match, Pattern

    from corpus_lint.document import Line

IN_A_ROW = 3
"""Characters in a row, each with its reading in bopomofo, that no one types so."""
IN_PINYIN = 4
"""The same with letters, which may be those of a list."""
TONED = 0.5
RIGHT = 0.8
"""Shares of the readings that must have a tone mark, and that must be readings of their characters."""
BOPOMOFO = "[ㄅ-ㄩㆠ-ㆺˊˇˋ˙]"


class FlattenedRuby(LineRule):
    """The readings above the characters were put between them: `遇yù见jiàn了le一yì只zhī`.

    Books and pages for children and learners print the reading of each character above or beside it (HTML: `<ruby>`).
    An extractor that knows nothing of that writes both into one line. The sentence can no longer be read or searched,
    and each character becomes a word of its own for a model.

    Found are characters in a row that have each their reading directly behind them, with no bracket and no space:
    four in pinyin, most with tone marks, or three in bopomofo. Readings in brackets are an
    author's, who explains a character, or those of a converter, which `MOJ006` knows.

    The fix removes the readings of the line; it is unsafe, as they are lost with it.

    Source: the readings are those of pypinyin (MIT).
    """

    code = "MOJ011"
    name = "flattened-ruby"
    examples = (
        Bad("山坡上，⟦遇yù见jiàn了le一yì只zhī小xiǎo狐hú狸lí⟧，它在找妈妈。", "山坡上，遇见了一只小狐狸，它在找妈妈。"),
        Bad("⟦小ㄒㄧㄠˇ兔ㄊㄨˋ子ㄗ˙⟧過小河，回家去了。", "小兔子過小河，回家去了。"),
        Good("港gǎng，湾wān，舢shān，三个字都是渔民常用的。"),
        Good("蘑（mó）菇（gū）长（zhǎng）满（mǎn）了（le）山坡。"),
        Good("网络安全教育进校园，切实增强学生的意识，A类B类C类D类都要学。"),
        Good("甲a乙b丙c丁d戊e，五个点在同一个圆上。"),
        Good("注音符號ㄅㄆㄇㄈ是小學一年級學的。"),
    )
    triggers = (
        expression(
            r"[\xe4-\xe9][\x80-\xbf][\x80-\xbf][a-z]{0,4}[\xc3-\xc7][\x80-\xbf][a-z]{0,4}"
            r"[\xe4-\xe9][\x80-\xbf][\x80-\xbf](?:[a-z]|[\xc3-\xc7])",
            apart=True,
        ),
        expression(
            r"[\xe4-\xe9][\x80-\xbf][\x80-\xbf]\xe3\x84[\x85-\xa9](?:\xe3\x84[\x85-\xa9]|\xcb.){0,4}[\xe4-\xe9]..\xe3\x84",
            apart=True,
        ),
    )

    def check_line(self, line: Line) -> Iterable[Finding]:
        """Each stretch of characters with their readings."""
        for stretch in _stretch().finditer(line.text):
            pairs = [*_pair().finditer(line.text, *stretch.span())]
            if not (_is_pinyin(pairs) or _is_bopomofo(pairs)):
                continue
            shown = stretch[0][:12]
            message = (
                f"{len(pairs)} characters with their readings between them (`{shown}`): what stood above the line was "
                f"put into it; remove the readings"
            )
            edits = tuple(Edit(*pair.span(2), "") for pair in pairs)
            yield Finding(
                *stretch.span(),
                message,
                Fix("remove the readings", edits, Applicability.UNSAFE),
                occurrences=len(pairs),
            )


def _is_bopomofo(pairs: list[Match[str]]) -> bool:
    return all(_bopomofo().fullmatch(pair[2]) for pair in pairs)


def _is_pinyin(pairs: list[Match[str]]) -> bool:
    """Whether most syllables have a tone mark, and are those of their characters."""
    table = readings.readings_table()[1]
    right = toned = 0
    for pair in pairs:
        syllable = pair[2].translate(readings.SPELLING)
        plain = syllable.translate(readings.TONE)
        owners = table.get(plain, "")
        right += pair[1] in owners or readings.simplified(pair[1]) in owners
        toned += plain != syllable
    return len(pairs) >= IN_PINYIN and toned >= TONED * len(pairs) and right >= RIGHT * len(pairs)


@cache
def _pair() -> Pattern[str]:
    return re.compile(rf"([\u4e00-\u9fff])([{readings.LETTERS}]{{1,6}}|{BOPOMOFO}{{1,5}})")


@cache
def _stretch() -> Pattern[str]:
    return re.compile(rf"(?:[\u4e00-\u9fff](?:[{readings.LETTERS}]{{1,6}}|{BOPOMOFO}{{1,5}})){{{IN_A_ROW},}}")


@cache
def _bopomofo() -> Pattern[str]:
    return re.compile(f"{BOPOMOFO}+")
