"""MOJ008 undecoded-escape."""

from __future__ import annotations

from functools import lru_cache
from itertools import groupby
from typing import TYPE_CHECKING

from corpus_lint.finding import Applicability, Confidence, Edit, Finding, Fix
from corpus_lint.rule import Bad, Good, RegionRule, expression, literal, literals

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from corpus_lint.document import Document, Line
    from corpus_lint.rule import Trigger

    from ._escapes import Escape, Surroundings

LEADS = range(0xB0, 0xF8)
"""First bytes of Han in GB2312, and of every script in UTF-8 but for accented Latin, Greek and Cyrillic below them."""

IN_WORDS = frozenset("‘’“”–—…\xa0ÀÂÄÅÆÇÈÉÊËÍÎÑÓÔÖØÙÚÛÜßàáâãäåæçèéêëíîïñòóôõöøùúûüýÿœ")
"""What stands inside and beside words of European languages: don\\u2019t, caf\\u00e9."""
PROSE = 20
"""Letters of a line in which such signs alone are evidence."""
SENTENCE = 6
"""Letters of percent-encoding that are more than a name in a URL."""

RAW = (0xC3, 0xD0, 0xD1)


class UndecodedEscape(RegionRule):
    r"""An escape was left in the text: `&nbsp;`, `&ldquo;`, `\u4e2d\u6587`, `%E4%B8%AD`, `=E4=B8=AD`, `+Ti1lhw-`.

    It was meant for a machine that did not read it: a browser, a JSON parser, a mail program. A reader sees signs,
    a search does not find the word, and a model learns to write them.

    Found are HTML entities, also escaped twice or more often (`&amp;nbsp;`) and, for a few, without semicolon
    or without their `&`; `\u`,
    `%u` and `\x` escapes, also when their backslashes were lost (`u4e2du6587`); percent-encoding; quoted-printable
    with its broken lines; UTF-7; words of mail headers (`=?UTF-8?B?5Lit5paH?=`), bytes as tokenizers write them
    (`<0xE4><0xB8><0xAD>`), and quotation marks beside Chinese, Japanese or Korean with the backslash of JSON
    (`：\"好。\"`).

    Left alone are a lone `\ufffd`, and escapes where they belong: in blocks and lines of code, in `inline code`, in
    URLs and file names, in HTML and XML, in strings and character classes (`[\u4e00-\u9fa5]`), and in lines that are
    about them. A tag that is a remnant itself makes no HTML of its line. In Markdown an entity is read by every program
    that shows it: such a finding has medium confidence, and entities for signs of ASCII, which may be needed there, are
    left alone unless they were escaped twice.

    The fix writes the characters; it is safe. It is unsafe in Markdown, and where the escaped bytes are GB2312, of
    which nothing but their common characters tells. Entities that would become a tag (`&lt;b&gt;`) are left alone.

    Source: the names of entities are those of HTML 5 as in Python's ``html.entities``.
    """

    code = "MOJ008"
    name = "undecoded-escape"
    whole_lines = True

    examples = (
        Bad("他说：⟦&ldquo;⟧你好&rdquo;，然后走了。", "他说：“你好”，然后走了。"),
        Bad("他说：⟦ldquo;⟧你好rdquo;，然后走了。quot;砰quot;的一声。", '他说：“你好”，然后走了。"砰"的一声。'),
        Bad("初衷是⟦#xff1a;⟧为提供更便利的服务#xff0c;我们开发了它。", "初衷是：为提供更便利的服务，我们开发了它。"),
        Bad("托马斯⟦&middot;⟧帕蒂是转会目标。", "托马斯·帕蒂是转会目标。"),
        Bad("第一段⟦&amp;nbsp;⟧结束&nbsp 第二段", "第一段\xa0结束\xa0 第二段"),
        Bad("⟦&#20013;⟧&#22269;人民银行", "中国人民银行"),
        Bad("I⟦&#39;⟧m sure it&rsquo;s fine.", "I'm sure it’s fine."),
        Bad("AT⟦&amp;⟧T 公司发布了新产品。", "AT&T 公司发布了新产品。"),
        Bad("回复：(⟦&gt;⟧﹏&lt;) 好的", "回复：(>﹏<) 好的"),
        Bad("标题：⟦\\u4e2d\\u56fd⟧经济持续增长，专家表示乐观。", "标题：中国经济持续增长，专家表示乐观。"),
        Bad(
            "Look for ⟦\\u201c⟧stability\\u201d on the box\\u2014it matters, and I don\\u2019t joke.",
            "Look for “stability” on the box—it matters, and I don’t joke.",
        ),
        Bad("指数涨1.12%。⟦%E5%8C%97%E5%90%91⟧资金净买入。", "指数涨1.12%。北向资金净买入。"),
        Bad("⟦%E6%80%8E%E6%A0%B7%E7%A7%8D%E5%A5%BD%E5%85%B0%E8%8A%B1⟧\n\n多浇水。", "怎样种好兰花\n\n多浇水。"),
        Bad("As⟦\\xed⟧ quedar\\xe1 firme durante todos los a\\xf1os.", "Así quedará firme durante todos los años."),
        Good("Le caractère \\ufffd prend la place des autres."),
        Good("Copy the files of the old project from docs\\face to the folder next to it."),
        Bad("标题⟦u4e2du56fd⟧经济持续增长", "标题中国经济持续增长"),
        Bad("作者 ⟦%E4%B8%AD%E5%9B%BD⟧ 发表于昨天", "作者 中国 发表于昨天"),
        Bad("主题：⟦=E4=B8=AD=E5=9B=BD⟧的经济", "主题：中国的经济"),
        Bad("主题：⟦=E4=B8=AD=E5=\n=9B=BD⟧的经济", "主题：中国的经济"),
        Bad("caf⟦=C3=A9⟧ au lait=20\nle matin", "café au lait \nle matin"),
        Bad("表情⟦\\ud83d\\ude00⟧你好", "表情😀你好"),
        Bad("主题：⟦+Ti1lhw-⟧处理", "主题：中文处理"),
        Bad("主题 ⟦=?UTF-8?B?5Lit5paH5aSE55CG?=⟧ 昨天", "主题 中文处理 昨天"),
        Bad("⟦<0xE4><0xBB><0x8A>⟧天很热，大家都在屋里。", "今天很热，大家都在屋里。"),
        Bad('他说：⟦\\"⟧今天不去了。\\"然后就挂了电话。', '他说："今天不去了。"然后就挂了电话。'),
        Good('写作 \\"中文\\" 的时候，反斜杠是转义符。'),
        Good('{"text": "他说：\\"今天不去了。\\""}'),
        Bad("主题：⟦%D6%D0%B9%FA⟧ 的经济", "主题：中国 的经济"),
        Good("用 `&nbsp;` 表示不换行空格\n```\n甲&nbsp;乙\n```\n"),
        Good("在 HTML 里，&nbsp; 是不换行空格，&lt;b&gt; 是粗体"),
        Good("显示小于号要写成 &lt;，与号要写成 &amp;。"),
        Good("<p>一段&nbsp;文字</p>"),
        Bad("坏⟦&ldquo;⟧好&rdquo;话<br>又一行。", "坏“好”话<br>又一行。"),
        Good("标签 <dfn>空格</dfn> 写作&nbsp;，不是空格。"),
        Good("# 标题\n\n第一行&nbsp;<br>第二行"),
        Good("见 http://a.cn/s?q=%E4%B8%AD%E5%9B%BD&amp;p=1 和 [这里](/wiki/%E4%B8%AD%E5%9B%BD)"),
        Good('匹配汉字用 [\\u4e00-\\u9fa5]\ns = "\\u4e2d\\u56fd"\n{"标题": "\\u4e2d\\u56fd"}'),
        Good("见 guide.html#x4e2d 一节，颜色是 #xff00aa; 编号 #1024;。"),
        Good("R&D; B&B; Q&A; AT&T; 甲&乙; x = a + Tb - c; C:\\users\\u1234"),
        Good("| 甲 &#124; 乙 | 丙 |\n| --- | --- |\n"),
        Good("%D8%AC%D8%A7%D9%81%D8%A7%D8%B3%D9%83%D8%B1%D8%A8%D8%AA-\nr914/)"),
        Good("号码 +Sentence-level，1+Mother-in-law"),
    )

    def make_triggers(self) -> Sequence[Trigger]:
        """The entities of HTML 4, the few that are read without semicolon, and the escapes of frequent scripts."""
        from html.entities import name2codepoint

        from ._escapes import BARE

        found = [literal(f"&{name};", caseless=True) for name in sorted({name.lower() for name in name2codepoint})]
        found += literals([f"&{name}" for name in BARE.split()])
        found += literals(f"{name};" for name in ("quot", *BARE.split()))
        found += literals(["&#", "& nbsp", "＆", "&nbsp；", "&amp"])
        found += literals(rf"\u{digit}" for digit in "013456789aAbBcCdDfF")
        found.append(literal(r"\u20"))
        found += literals((f"%u{digit}" for digit in "3456789f"), caseless=True)
        for byte in (*RAW, *LEADS):
            found += [literal(f"{sign}{byte:02X}{sign}", caseless=sign != "=") for sign in ("%", "=", r"\x")]
        found += literals(f"<0x{high}" for high in "CDEF")
        found += literals(("?B?", "?b?", "?Q?=", "?q?="))
        found += literals(mark + '\\"' for mark in "：，。！？、；…")
        found.append(expression(r"#[xX][0-9a-fA-F]{4};"))
        found.append(expression(r"u[3-9f][0-9a-f]{3}u[3-9f][0-9a-f]{3}"))
        found.append(expression(r"[a-z]\\x[c-fC-F][0-9a-fA-F]|\\x[c-fC-F][0-9a-fA-F][a-z]"))
        found.append(expression(r"\+[M-Za-n][A-Za-z0-9+/]{5}"))
        return found

    def check_lines(self, document: Document, lines: Sequence[Line]) -> Iterable[Finding]:
        """One finding a line and kind of confidence, on the first escape."""
        from ._escapes import QUOTED, Surroundings, escapes, single_codes

        surroundings: Surroundings | None = None
        done = 0
        for line in lines:
            if line.start < done:
                continue
            text = _with_broken_lines(document, line)
            done = line.start + len(text)
            found = list(escapes(text))
            if not found or all(_is_quoted(text, escape) for escape in found):
                continue
            if surroundings is None:
                surroundings = Surroundings(document)
            if surroundings.is_markup or surroundings.is_tagged(text):
                continue
            left = [escape for escape in found if _is_left(text, escape, surroundings)]
            left = [*_prosaic(text, left)]
            if not left or surroundings.is_code(line.start):
                continue
            if any(escape.kind == QUOTED for escape in left):
                left = sorted({*left, *single_codes(text, left)})
            for is_sure, group in groupby(sorted(left, key=_is_exact, reverse=True), _is_exact):
                yield _finding(text, list(group), is_sure, surroundings).shifted(line.start)


def _is_exact(escape: Escape) -> bool:
    return escape.is_exact


def _with_broken_lines(document: Document, line: Line) -> str:
    """The line with those that a mail program cut off from it: each but the last ends with an equals sign."""
    text = line.text
    if not text.endswith("=") or "=" not in text[:-1]:
        return text
    end = line.start + len(text)
    start = line.start
    while document.text[end - 1 : end] == "=" and end < len(document.text) and end - start < 100_000:
        following = document.text.find("\n", end + 1 if document.text[end] != "\r" else end + 2)
        end = len(document.text) if following < 0 else following
        if document.text[end - 1 : end] == "\r":
            end -= 1
    return document.text[start:end]


def _is_quoted(text: str, escape: Escape) -> bool:
    """Whether an escape stands in a URL or in inline code, or its line is about escapes."""
    from ._escapes import MAIL, about, literal_spans, written

    if escape.kind != MAIL and any(start < escape.end and escape.start < end for start, end in literal_spans(text)):
        return True
    before = text[: escape.start]
    return bool(written().search(before) or about().search(before + text[escape.end :]))


def _is_left(text: str, escape: Escape, surroundings: Surroundings) -> bool:
    """Whether an escape does not belong where it stands."""
    from ._escapes import DOUBLED, ENTITY, MAIL, PERCENT, QUOTE, QUOTED, UTF7, code

    if _is_quoted(text, escape):
        return False
    before, behind = text[max(0, escape.start - 1) : escape.start], text[escape.end : escape.end + 1]
    if before and before in "\"'`‘“[(（「『" and behind and behind in "\"'`’”])）」』":
        return False
    if escape.kind in (ENTITY, DOUBLED):
        if before == "\\" or (escape.content.strip() and not any(c.isalnum() for c in _without_escapes(text))):
            return False
        if escape.kind == ENTITY and escape.content.isascii() and surroundings.is_markdown:
            return False
        if text.lstrip().startswith("|") and surroundings.is_markdown:
            return False
        return not (escape.content in "<>" and _makes_tag(text)) and not code().search(_without_escapes(text))
    if escape.kind in (QUOTED, UTF7, MAIL):
        return True
    if escape.kind == QUOTE and surroundings.is_markdown:
        return False
    if code().search(_without_escapes(text)) or before + behind in ('""', "''") or "[" in before:
        return False
    if escape.kind == PERCENT:
        # A file's or a path's name.
        return not any(sign in _ascii_around(text, escape) for sign in "/.=?#&%@:\\_")
    if len(escape.content) == 1 and before.isascii() and (before.isalnum() or before in tuple("\\/:_")):
        return before.isalpha() and escape.content in IN_WORDS
    return not (before == "-" or behind == "-")


def _ascii_around(text: str, escape: Escape) -> str:
    """The characters of ASCII beside an escape, up to a space."""
    from corpus_lint import expressions as re

    before = re.search(r"[!-~]*$", text[: escape.start])
    behind = re.match(r"[!-~]*", text[escape.end :])
    return (before[0] if before else "")[-40:] + (behind[0] if behind else "")[:40]


@lru_cache(64)
def _without_escapes(text: str) -> str:
    from ._escapes import escapes

    position, rest = 0, ""
    for escape in escapes(text):
        letters = escape.content if escape.content.isalpha() else ""
        rest += text[position : escape.start] + letters
        position = escape.end
    return rest + text[position:]


def _makes_tag(text: str) -> bool:
    """Whether the line would have a tag if its entities were decoded."""
    from corpus_lint import expressions as re

    return bool(re.search(r"&(?:amp;)*(?:lt|#0*60|#[xX]3[cC]);?[A-Za-z/!?]", text))


def _prosaic(text: str, found: list[Escape]) -> list[Escape]:
    """The escapes if prose stands around them, or if they are prose themselves."""
    from ._escapes import DOUBLED, ENTITY, PERCENT, QUOTE

    if not found:
        return []
    if all(escape.kind in (ENTITY, DOUBLED, QUOTE) for escape in found):
        return found
    letters = sum(sum(c.isalpha() or c >= "\u2190" for c in escape.content) for escape in found)
    position, rest = 0, ""
    for escape in found:
        rest += text[position : escape.start]
        position = escape.end
    outside = sum(map(str.isalpha, rest + text[position:]))
    if any(escape.kind == PERCENT for escape in found):
        # Alone on its line a short one, or one with a mark of paths beside it, may be a piece of a URL.
        is_title = letters >= SENTENCE and not (rest + text[position:]).strip()
        return found if (outside >= 2 and letters >= 2) or is_title else []
    if outside >= PROSE and all(escape.content in IN_WORDS for escape in found):
        return found
    return found if letters >= 4 or (letters and outside >= 2) else []


def _finding(text: str, found: Sequence[Escape], is_sure: bool, surroundings: Surroundings) -> Finding:
    from ._escapes import ENTITY

    first = found[0]
    seen = text[first.start : first.end]
    seen = seen if len(seen) <= 24 else seen[:23] + "…"
    content = first.content if len(first.content) <= 12 else first.content[:11] + "…"
    shown = f"`{content}`" if content.strip() and "`" not in content else " ".join(f"U+{ord(c):04X}" for c in content)
    number = len(found)
    more = f" ({number} in this line)" if number > 1 else ""
    message = f"{seen} is {first.kind} for {shown}{more}: no program will read it any more; write the "
    message += "character." if len(first.content) == 1 and number == 1 else "characters."
    edits = tuple(Edit(escape.start, escape.end, escape.content) for escape in found)
    # In Markdown an entity is read: whoever wrote it may have had a reason, as for the space that indents a line.
    is_read = surroundings.is_markdown and all(escape.kind == ENTITY for escape in found)
    safety = Applicability.SAFE if is_sure and not is_read else Applicability.UNSAFE
    confidence = Confidence.MEDIUM if is_read else None
    fix = Fix("decode the escape" if number == 1 else f"decode the {number} escapes", edits, safety)
    return Finding(first.start, first.end, message, fix, occurrences=number, confidence=confidence)
