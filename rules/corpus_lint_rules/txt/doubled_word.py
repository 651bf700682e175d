"""TXT012 doubled-word."""

from __future__ import annotations

from functools import cache, lru_cache
from itertools import product
from typing import TYPE_CHECKING

from corpus_lint import expressions as re
from corpus_lint.finding import Applicability, Edit, Finding, Fix
from corpus_lint.folding import unfolded
from corpus_lint.rule import Bad, Good, LineRule, Trigger, literals

from ._layout import HAN, blanked, in_fence, is_code

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from corpus_lint.document import Line

CHINESE = (
    "以及 并且 或者 因为 如果 但是 这些 他们 我们 你们 其他 所有 根据 按照 通过 由于 为了 对于 关于 以便 进行 已经"
    " 能够 必须 具有 成为 属于 位于 之间 之后 之前 例如 比如 那么 虽然 而且 然后 目前 任何 某个 其中 是否 不仅 甚至"
    " 从而 尽管 无法"
)
"""Words that no grammar doubles and that meet themselves in no other way."""
LATIN = (
    "the of and with from are were for an its their our your which into between because next than been would could"
    " should des dans les los una para"
)
"""Words of English, French and Spanish that no sentence has twice in a row."""
PLACES = "省市县区镇乡村"
"""What stands once behind the masked name of a place."""
MASKS = "x×*某"
"""With what a masked name ends; elsewhere two such may belong to two words, 城市市民."""
VERBS = "开展 进行 组织 加强 提高 做好 落实 推进"
"""Verbs that a writer put behind the adverb and forgot before it."""
ADVERBS = "及时 认真 积极 深入 全面 广泛 切实 大力 扎实 有效"
VARIANTS = dict(
    zip(
        "并为这们他据过由对关进经够属于间后样虽后目个从尽无县区镇乡时认真极广实质组织强",
        "並為這們他據過由對關進經夠屬於間後樣雖後目個從盡無縣區鎮鄉時認真極廣實質組織強",
        strict=True,
    )
)
"""Traditional forms of the characters of the triggers."""
MODERN, SHARE = "的了们們这這", 0.004
"""Characters of modern Chinese, and how many of a document's they are at least; poems have a 的的 of their own."""
UNTOLD = "(?<!(?:告诉|通知|提醒).们.们)(?<!问.们.们)"
"""What does not stand behind a verb of telling: 告诉我们我们错了."""
KNOWN_DE = "目标中鹄打有无"
"""Characters that form a word with 的."""


class DoubledWord(LineRule):
    """A word stands twice in a row, as editing leaves it.

    以及以及, 的的, the the: a phrase was moved or pasted, and a word of it stayed behind; or a masked place has its
    suffix twice (xx镇镇). A model learns to repeat itself.

    What counts: words that no grammar doubles (conjunctions, prepositions, pronouns), 的的 unless the first belongs to
    目的, a verb before and behind its adverb (开展及时开展). Left alone: verbs and adjectives that Chinese doubles on
    purpose (研究研究, 一步一步), words said three times, seams of two words (本规定规定, 服务服务器,
    告诉我们我们错了),
    verse and classical Chinese, code and tables.

    The fix removes one of the two; it is unsafe, since another word may have been meant.
    """

    code = "TXT012"
    name = "doubled-word"
    examples = (
        Bad("客户端会先联系服务器，⟦以及以及⟧其他的节点。", "客户端会先联系服务器，以及其他的节点。"),
        Bad("這是開源⟦的的⟧工具，⟦我們我們⟧都可以用。", "這是開源的工具，我們都可以用。"),
        Bad("我校⟦开展及时开展⟧了以“防诈骗”为主题的活动。", "我校及时开展了以“防诈骗”为主题的活动。"),
        Bad(
            "下发了《xx⟦镇镇⟧防范治理工作方案》。\n《xx⟦鎮(zhèn)鎮⟧防范治理》",
            "下发了《xx镇防范治理工作方案》。\n《xx鎮防范治理》",
        ),
        Bad("He went to ⟦the the⟧ market over the ⟦next next⟧ day.", "He went to the market over the next day."),
        Good("此錯誤訊息告訴我們我們不允許改變變數的型別。老师问他们他们的书在哪里，并提醒你们你们的也要带。"),
        Good("按照　按照的：表中两栏的开头。"),
        Good(
            "本规定规定的处罚，服务服务器，以销售为目的的行为，中的的，的的确确，研究研究，村村通公路，区区小事。某村村民吴某，某镇镇长，某县县政府，某镇镇党委。"
        ),
        Good("所以所以所以，重要的的的事情说三遍。我们，我们都走。"),
        Good("輕鷗的的飛難沒，紅葉紛紛晚更稠。"),
        Good("The The is a band. `the the` 是什么？\n```\nthe the\n```"),
    )

    def make_triggers(self) -> tuple[Trigger, ...]:
        """Every word twice, in both scripts."""
        masks = [form for mask in MASKS for form in unfolded().get(mask, mask)]
        pairs = {2 * word for word in CHINESE.split()} | {"的的"}
        pairs |= {mask + 2 * place for mask, place in product(masks, PLACES)}
        pairs |= {f"{verb}{adverb}{verb}" for verb, adverb in product(VERBS.split(), ADVERBS.split())}
        texts = {"".join(way) for pair in pairs for way in product(*(mark + VARIANTS.get(mark, "") for mark in pair))}
        # A reading may stand between the two.
        texts |= {f"){place}" for place in (*PLACES, *map(VARIANTS.get, "县区镇乡")) if place}
        return literals(sorted(texts | {f" {word} {word} " for word in LATIN.split()}))

    def check_line(self, line: Line) -> Iterable[Finding]:
        """The doubled words of a line."""
        found = [*_chinese(line), *_latin(line.text)]
        if found and not is_code(line.text) and not in_fence(line.document, line.start):
            yield from found


@cache
def _expressions() -> tuple[tuple[re.Pattern[str], ...], re.Pattern[str]]:
    """What stands twice in Chinese, and in English.

    Each of the Chinese ones begins with what `re` can look for without trying it at every character.
    """
    words, verbs, adverbs = ("|".join(text.split()) for text in (CHINESE, VERBS, ADVERBS))
    chinese = (
        re.compile(rf"(?P<word>{words})(?P=word)(?!(?P=word)){UNTOLD}"),
        re.compile(rf"(?P<de>的)的(?![的确士])(?<=[{HAN}a-z0-9]的的)(?<![{KNOWN_DE}的]的的)"),
        re.compile(rf"(?P<place>[{PLACES}])(?P=place)(?![通长里委民政党法])(?<=[{MASKS}]..)"),
        re.compile(rf"(?P<verb>{verbs})(?:{adverbs})(?P=verb)"),
    )
    return chinese, re.compile(rf"(?<= )(?P<latin>{'|'.join(LATIN.split())}) (?P=latin)(?= )")


@lru_cache(maxsize=1)
def _is_modern(text: str) -> bool:
    return sum(map(text.count, MODERN)) - 2 * text.count("的的") >= SHARE * len(text)


def _chinese(line: Line) -> Iterator[Finding]:
    folded = line.folded
    matches = (match for expression in _expressions()[0] for match in expression.finditer(folded.text))
    for match in sorted(matches, key=lambda match: match.start()):
        kind = match.lastgroup or ""
        word = match[kind]
        start, end = folded.span(match.start(), match.end())
        if not _is_modern(line.document.text):
            return
        if any(map(str.isspace, line.text[start:end])) or (
            kind == "word" and folded.text.endswith(word, 0, match.start())
        ):
            continue
        # Of two the second goes, with its reading; of a verb around its adverb the first.
        at, until = match.span(kind)
        first = folded.offsets[at], folded.offsets[until]
        kept = folded.span(at, until)[1]
        edit = Edit(*first, "") if kind == "verb" else Edit(kept, end, "")
        yield _finding(start, end, line.text[first[0] : kept], edit)


def _latin(text: str) -> Iterator[Finding]:
    for match in _expressions()[1].finditer(blanked(text)):
        end = match.start() + len(match["latin"])
        yield _finding(match.start(), match.end(), match["latin"], Edit(end, match.end(), ""))


def _finding(start: int, end: int, word: str, edit: Edit) -> Finding:
    fix = Fix(f"remove one `{word}`", (edit,), Applicability.UNSAFE)
    return Finding(start, end, f"`{word}` stands twice, as editing leaves it; one is too many", fix)
