"""PLH004 filler-text."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from corpus_lint import expressions as re
from corpus_lint.finding import Confidence, Finding, Severity
from corpus_lint.rule import Bad, Good, LineRule, expression, literal, literals

from ._context import context

if TYPE_CHECKING:
    from collections.abc import Iterable

    from corpus_lint.document import Line

SENTENCES = (
    "Weit hinten, hinter den Wortbergen",
    "Far far away, behind the word mountains",
    "Far far away, behind the word Mountains",
    "Далеко-далеко за словесными горами",
    "この文章はダミーです",
    "ダミーテキストです",
    "ダミーテキストダミーテキスト",
    "テキストテキストテキスト",
    "サンプルテキストサンプルテキスト",
    "Lorem Ipsum is simply dummy text of the printing",
    "您的内容打在这里，或者通过复制您的文本",
    "您的内容打在这里,或者通过复制您的文本",
    "此处添加详细文本描述",
    "文字是您思想的提炼",
    "请言简意赅的阐述",
    "请言简意赅地阐述您的观点",
    "请在此处添加具体内容",
    "请替换文字内容",
    "此处添加文字阐述",
    "在此录入上述图表",
    "在此录入本图表",
    "请在此处输入您的文本",
    "请在此处输入正文",
    "请在此输入您的文本",
    "顶部“开始”面板中可以对字体",
    "ここにテキストを入力",
    "テキストを入力してください",
    "Click here to add your text",
    "Add your text here",
    "在此添加文字说明",
    "Welcome to WordPress. This is your first post",
    "欢迎使用WordPress。这是您的第一篇文章",
    "欢迎使用 WordPress。这是您的第一篇文章",
    "歡迎使用 WordPress。這是這個網站的第一篇文章",
    "WordPress へようこそ。こちらは最初の投稿です",
    "This is an example page. It's different from a blog post",
    "This is an example page. It’s different from a blog post",
    "这是示范页面。页面和博客文章不同",
    "这是示例页面。它与博客文章不同",
    "Sed ut perspiciatis unde omnis iste natus error sit voluptatem accusantium doloremque laudantium",
)
"""Sentences whose only use is to fill a layout, each found whole."""

SYLLABLES = (
    "测试",
    "測試",
    "文字",
    "文本",
    "内容",
    "內容",
    "标题",
    "標題",
    "正文",
    "示例",
    "テスト",
    "サンプル",
    "ダミー",
)


class FillerText(LineRule):
    """Text that fills a layout and says nothing.

    Lorem ipsum and its kin in other languages, the first post of a fresh WordPress, the sentences of slide
    templates, 测试测试测试, a line of asdf: left by people who tried a page out. The same sentence stands on
    thousands of sites, so a model learns it by heart. There is no fix:
    the whole passage, often the document, should go.

    Left alone: the name `lorem ipsum` in a sentence about it, Cicero's own Latin, a word said twice, code. Where the
    document speaks of placeholder text, a finding is a note of medium confidence. `Sed ut perspiciatis` is Cicero's
    too, so it is found at medium confidence only.
    """

    code = "PLH004"
    name = "filler-text"
    triggers = (
        *literals(SENTENCES),
        literal("ipsum dolor sit", caseless=True),
        literal("sed do eiusmod", caseless=True),
        literal("consectetur adipiscing", caseless=True),
        literal("consectetuer adipiscing", caseless=True),
        literal("excepteur sint occaecat", caseless=True),
        literal("duis aute irure", caseless=True),
        *literals(tuple(word * 2 for word in ("测试", "測試"))),
        *literals(tuple(word * 3 for word in SYLLABLES[2:])),
        expression(r"(?:asdf|qwert|sdfg|fdsa)(?:asdf|gh|y|sdfg|fdsa)?[ a-z]*\n", caseless=True),
        expression(r"\n *test test", caseless=True),
        expression(
            r"(?:这|这里|此处|這|這裡|此處)是(?:一段|一个|一篇|一條)?(?:正文|标题|標題|测试|測試|示例|占位|佔位|内容|內容|文章)"
        ),
    )
    examples = (
        Bad("⟦Lorem ipsum dolor sit amet, consectetur adipiscing elit, sed do eiusmod tempor incididunt.⟧"),
        Bad("About us\n⟦Duis aute irure dolor in reprehenderit in voluptate velit esse.⟧"),
        Bad("⟦测试测试测试⟧"),
        Bad("商品说明\n⟦测试测试⟧\n联系我们"),
        Bad("这是⟦文字文字文字文字⟧的介绍"),
        Bad("⟦asdfasdf⟧"),
        Bad("⟦test test test⟧"),
        Bad("⟦这里是正文内容⟧"),
        Bad("⟦这是一段测试文字⟧"),
        Bad("⟦请在此处输入正文⟧内容\n⟦ここにテキストを入力⟧してください"),
        Bad("⟦您的内容打在这里，或者通过复制您的文本⟧后，在此框中选择粘贴。"),
        Bad("⟦Welcome to WordPress. This is your first post⟧. Edit or delete it, then start writing!"),
        Bad("⟦この文章はダミーです⟧。文字の大きさ、量、字間、行間等を確認するために入れています。"),
        Bad("Designers use placeholder text such as ⟦Lorem ipsum dolor sit amet.⟧"),
        Good("The phrase lorem ipsum comes from Cicero."),
        Good("Neque porro quisquam est, qui dolorem ipsum, quia dolor sit, amet, consectetur, adipisci velit"),
        Good("我们测试测试过的产品，再测试测试看。"),
        Good("The home row is asdf jkl; and qwerty is a layout."),
        Good("This is a test. Test it, test it again."),
        Good("文字文字，标题内容，这里是正文开始的地方，讲了一个故事。"),
        Good("```\nLorem ipsum dolor sit amet\n```"),
    )

    def check_line(self, line: Line) -> Iterable[Finding]:
        """The filler of a line; neighbouring sentences of one kind are one finding."""
        found = [match.span() for match in _known().finditer(line.text)]
        latin = list(_latin().finditer(line.text))
        if latin:
            found.append(_sentences(line.text, latin[0].start(), latin[-1].end()))
        whole = _whole().fullmatch(line.text)
        if whole and not found:
            found.append(whole.span("filler"))
        about = context(line.document)
        if not found or line.document.markup.in_code(line.start):
            return
        doubtful = about.technical or about.layout
        for start, end in sorted(found):
            text = line.text[start:end]
            unsure = doubtful or text.startswith(("Sed ut", "Lorem Ipsum is"))
            yield Finding(
                start,
                end,
                f"`{text[:40]}{'…' if len(text) > 40 else ''}` only fills a layout; drop the passage",
                confidence=Confidence.MEDIUM if unsure else None,
                severity=Severity.NOTE if unsure else None,
            )


def _sentences(text: str, start: int, end: int) -> tuple[int, int]:
    """The span widened to the end of its sentence."""
    while end < len(text) and ((text[end].isascii() and text[end].isalpha()) or text[end] in " ,"):
        end += 1
    end = start + len(text[start:end].rstrip(" ,"))
    return start, end + (text[end : end + 1] == ".")


@cache
def _known() -> re.Pattern[str]:
    # Where each alternative begins with a character, a text is searched for those characters first, which is fast.
    runs = "|".join(f"{word}(?:{word}){{2,}}" for word in SYLLABLES)
    return re.compile("|".join(re.escape(text) for text in SENTENCES) + "|" + runs)


@cache
def _latin() -> re.Pattern[str]:
    return re.compile(
        r"lorem ipsum dolor sit(?: amet)?|sed do eiusmod|consectetu?er adipiscing|excepteur sint occaecat|duis"
        r" aute irure",
        re.IGNORECASE,
    )


@cache
def _whole() -> re.Pattern[str]:
    return re.compile(
        r"\s*(?P<filler>(?:测试|測試){2,}\d*"
        r"|(?i:(?:asdf|asd|fdsa|sdfg|qwer)(?:asdf|asd|fdsa|sdfg|qwer|gh|jkl|ty| )+|asdf)"
        r"|(?i:test(?: test)+)"
        r"|(?:这里|此处|這裡|此處)是(?:正文|标题|標題|内容|內容|文章)(?:内容|標題|标题|內容)?"
        r"|[这這]是一(?:段|个|篇|條)?(?:测试|測試|示例|占位|佔位)(?:文字|文本|内容|內容|文章|数据)?)[\s。.!！…]*"
    )
