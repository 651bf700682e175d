"""What kind of text a mask stands in: a court, a novel and an algebra book write ×× and x with full right.

Everything is read off the raw text with cheap expressions, once a document, and only for candidates.
"""

from __future__ import annotations

from functools import cache, cached_property
from itertools import islice
from typing import TYPE_CHECKING

from corpus_lint import expressions as re
from corpus_lint.named_tuple import NamedTuple

from ._words import CROSSES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from corpus_lint.document import Document

ENOUGH = 4
"""So many masks say as much as more of them."""

MANY_TAGS = 6
"""So many tags of HTML make a text one about code."""

COURT = (
    *("人民法院", "判决书", "判決書", "裁定书", "裁定書", "原告", "被告", "公诉机关", "公訴機關", "上诉人", "上訴人"),
    *("审判员", "審判員", "本院认为", "本院認為"),
)
"""Words of judgments."""
LAYOUT = (
    *("placeholder text", "dummy text such", "filler text", "typesetting", "假文", "占位文", "排版测试"),
    *("ダミーテキストとは", "blindtext"),
)
"""What a text says that speaks of placeholder text, in lower case."""
TECHNICAL = (
    (("`",), r"```|`[^`\n]+`"),
    (("模板引擎", "占位符", "格式化", "printf", "console.log", r"\begin{"), ""),
    (
        ("API", "JSON", "YAML", "HTML", "Vue", "Jinja", "PHP", "Python", "shell"),
        r"\b(?:API|JSON|YAML|HTML|Vue|Jinja|PHP|Python|shell)\b",
    ),
    (("import", "#include", "def "), r"^[ \t]*(?:import \w|from \w+ import|#include|def \w+\()"),
    (("function ", "const ", "var ", "let "), r"^[ \t]*(?:function |const \w+ =|var \w+ =|let \w+ =)"),
    (("#!/", "$("), r"^#!/|\$\([a-z]{3,} [\w'\"$~/.+-]"),
    (("public ", "private ", "$ "), r"^[ \t]*(?:public |private |\$ )"),
    (("}",), r"^[ \t]*\}"),
    (("    ", "\t"), r"^(?: {4}|\t)[ -~]*[=;{}$|\\<>][ -~]*$"),
)
"""What shows that a text is about code, each behind texts of which it has one, which are looked for faster."""

STATEMENT = r"[;{][ \t]*$"
"""How a line of code may end; an advertisement's script leaves one such line in a page that is about none."""
STATEMENTS = 2

UNKNOWN = r"[^。；;\n，,]{0,12}(?<![xX])[xX](?![xX])"
NO_SUPPOSE = "建开開架铺鋪陈陳增附私创創下内"
NOT_SUPPOSED = "立置计計施备備有在法想"
SUPPOSE = (
    rf"(?:(?:^|(?<=[\s，。,;；：:、]))[设設]|(?<![{NO_SUPPOSE}])[设設](?![{NOT_SUPPOSED}])|[令若求])"
    rf"{UNKNOWN}"
)
"""An exercise introduces its unknown: 设成本为x万元."""

SUPPOSED = (
    rf"(?:(?<=[设設])(?:(?<=^.)|(?<=[\s，。,;；：:、].)|(?<![{NO_SUPPOSE}].)(?![{NOT_SUPPOSED}]))|(?<=[令若求]))"
    rf"{UNKNOWN}"
)
"""What stands behind the first character of the same."""


class Context:
    """What a document is, as far as masks are concerned; each thing is read off the text when it is first asked."""

    def __init__(self, text: str) -> None:
        self._text = text

    @cached_property
    def masks(self) -> int:
        """How many shapes there are that are masks in any text: 20xx年, x月x日, xx镇; at most `ENOUGH`."""
        return min(ENOUGH, self.template + sum(1 for _ in islice(self._names(), ENOUGH)))

    @cached_property
    def template(self) -> int:
        """In how many places a date was masked, at most `ENOUGH`; a template has them, a novel hardly."""
        return sum(1 for _ in islice(self._dates(), ENOUGH))

    @cached_property
    def starred(self) -> int:
        """In how many places asterisks stand for a name or number, with the word behind it; at most `ENOUGH`."""
        return sum(1 for _ in islice(_expressions().starred.finditer(self._text), ENOUGH)) if "*" in self._text else 0

    @cached_property
    def lone(self) -> int:
        """Likewise for one asterisk alone."""
        return sum(1 for _ in islice(_expressions().lone.finditer(self._text), ENOUGH)) if "*" in self._text else 0

    @cached_property
    def bare(self) -> int:
        """How often two or three crosses stand between words with nothing that they name, at most `ENOUGH`."""
        if self.algebra or self.technical:
            return 0
        return sum(1 for _ in islice(_expressions().bare.finditer(self._text), ENOUGH))

    @cached_property
    def singles(self) -> bool:
        """Whether one cross stands for names of places here: several, of different kinds."""
        if self.algebra:
            return False
        words = list(islice(_expressions().singles.finditer(self._text), 2 * ENOUGH))
        return len(words) >= ENOUGH and len({word[1] for word in words}) > 1

    @cached_property
    def drawn(self) -> bool:
        """Whether underscores stand for names here: most before a word that takes one, and one such word again."""
        if "__" not in self._text:
            return False
        words = _expressions().drawn.findall(self._text)
        named = [word for word in words if word]
        return len(named) > 2 and 2 * len(named) > len(words) and len(set(named)) < len(named)

    def _names(self) -> Iterator[re.Match[str]]:
        """Masked names; they begin with two signs, which are looked for first."""
        find = _expressions()
        position = 0
        while signs := find.pair.search(self._text, position):
            match = find.name.match(self._text, signs.start())
            if match:
                yield match
            position = match.end() if match else signs.start() + 1

    def _dates(self) -> Iterator[re.Match[str]]:
        """Masked dates; before the sign that is looked for there are at most a bracket, a century and a sign."""
        find = _expressions()
        done = 0
        for sign in find.masked.finditer(self._text):
            for start in range(max(done, sign.start() - 4), sign.start() + 1):
                match = find.date.match(self._text, start)
                if match:
                    yield match
                    done = match.end()
                    break

    @cached_property
    def algebra(self) -> bool:
        """Whether x is an unknown here."""
        return _reaches(_expressions().algebra, self._text, 3)

    @cached_property
    def literary(self) -> bool:
        """Whether judgment, fiction or statute: masks are then the author's own. A contract has articles as well."""
        find = _expressions()
        return (
            sum(word in self._text for word in COURT) >= 3
            or _reaches(find.speech, self._text, max(4, len(self._text) // 2500))
            or (
                "第" in self._text
                and sum(1 for _ in islice(self._articles(), 3)) == 3
                and not ("甲方" in self._text and "乙方" in self._text)
            )
        )

    def _articles(self) -> Iterator[re.Match[str]]:
        """The numbers of articles at the beginnings of lines."""
        find = _expressions()
        for match in find.article.finditer(self._text):
            before = self._text.rfind("\n", 0, match.start()) + 1
            if not self._text[before : match.start()].strip(" \t　#*"):
                yield match

    @cached_property
    def technical(self) -> bool:
        """Whether the text is about code; sample text and braces are then its subject."""
        find = _expressions()
        # A few tags are what an extractor left.
        return any(
            any(sign in self._text for sign in signs) and pattern.search(self._text) is not None
            for signs, pattern in find.technical
        ) or any(
            _reaches(pattern, self._text, number)
            for pattern, number in ((find.statement, STATEMENTS), (find.tag, MANY_TAGS))
        )

    @cached_property
    def markdown(self) -> bool:
        """Whether asterisks are emphasis here."""
        has_any = any(sign in self._text for sign in ("# ", "```", "](", "**"))
        return has_any and _reaches(_expressions().markdown, self._text, 2)

    @cached_property
    def layout(self) -> bool:
        """Whether the text speaks of placeholder text."""
        lowered = self._text.lower()
        return any(word in lowered for word in LAYOUT)

    @cached_property
    def hashed(self) -> frozenset[str]:
        """What follows ## where a slot word comes soon: a masked name's second part."""
        has_any = "##" in self._text or "＃" in self._text
        return frozenset(_expressions().hashed.findall(self._text)) if has_any else frozenset()


class _Expressions(NamedTuple):
    pair: re.Pattern[str]
    masked: re.Pattern[str]
    date: re.Pattern[str]
    name: re.Pattern[str]
    algebra: re.Pattern[str]
    speech: re.Pattern[str]
    article: re.Pattern[str]
    technical: tuple[tuple[tuple[str, ...], re.Pattern[str]], ...]
    statement: re.Pattern[str]
    tag: re.Pattern[str]
    markdown: re.Pattern[str]
    hashed: re.Pattern[str]
    starred: re.Pattern[str]
    lone: re.Pattern[str]
    drawn: re.Pattern[str]
    bare: re.Pattern[str]
    singles: re.Pattern[str]


@cache
def _expressions() -> _Expressions:
    cross = f"[{CROSSES}]"
    return _Expressions(
        pair=re.compile(f"[{CROSSES}○◯＊*#][{CROSSES}○◯＊*#]"),
        masked=re.compile(f"[{CROSSES}*＊#○◯〇](?=\\s?[年级級届屆月】〕\\]])"),
        date=re.compile(
            rf"(?:19|20|２０)(?:{cross}{{2}}|\*\*|＊＊|##)\s?[年级級届屆]|(?:{cross}{{1,4}}|\*{{1,3}})月(?:{cross}{{1,4}}|\*{{1,3}})[日号號]"
            rf"|[【〔\[](?:19|20)(?:{cross}{{1,2}}|\*\*)[】〕\]]|{cross}{{2,4}}年(?:{cross}{{1,2}}|\d+)[月-]"
            rf"|\*{{2,4}}年(?:\*{{1,2}}|\d+)月|[○◯〇]{{1,4}}年[○◯〇]{{1,2}}月"
        ),
        name=re.compile(
            rf"(?:(?:{cross}|[○◯＊]){{2,8}}|(?<=[\u4e00-\u9fff，、,。:： ])[*#]{{2,8}}) ?(?:[县縣镇鎮乡鄉村年]"
            r"|省(?![略电電钱錢])"
            rf"|市(?![场場值价價面])|[区區](?![别別间間域分])|街道|社[区區]|学[校院]|學[校院]|公司|派出所|同志"
            rf"|老[师師]|余人|餘人|[万萬][元,，亩畝]|大[学學]|[中小][学學]|先生|[书書][记記]|[^\n ,，"
            rf"。]{{0,6}}(?:中心|大[队隊]|[学學]院|警方))"
        ),
        algebra=re.compile(
            rf"[设設令若求xXyY\da-c方函不坐未](?:{SUPPOSED}|(?<=[xXyY])\s?[=＝＋－≥≤＜＞²³^]"
            r"|(?<=[\dyYa-c])[xX]\s?[+\-＋－=＝]|(?<=方)程|(?<=函)[数數]|(?<=不)等式|(?<=坐)[标標]|(?<=未)知[数數])"
        ),
        # Searched for as a class first, for which `re` looks fast.
        speech=re.compile(
            r"[说說道问問喊叫答笑嚷骂罵”」』\"「“ \t　](?:"
            r"(?<=[说說道问問喊叫答笑嚷骂罵])[着著了]?\s?[,，:：]?\s?[“「『\"]"
            r"|(?<=[”」』\"])\s?[他她我][^。\n]{0,6}[说說道问問笑]|(?<=^[ \t　])[ \t　]*[「“]|(?<=^[「“]))",
            re.MULTILINE,
        ),
        article=re.compile(r"第 ?[一二三四五六七八九十百零〇\d-]+ ?[条條](?:[之\s*:：]|$)", re.MULTILINE),
        technical=tuple((signs, re.compile(pattern, re.MULTILINE)) for signs, pattern in TECHNICAL),
        statement=re.compile(STATEMENT, re.MULTILINE),
        tag=re.compile(r"</?(?:div|html|script|body|template)\b"),
        markdown=re.compile(
            r"^#{1,6} \S|^```|\]\((?:https?:|/|\.|#)|(?<!\*)\*\*[^*\s][^*\n]{0,60}?[^*\s]\*\*(?=[\s，。：、；]|$)",
            re.MULTILINE,
        ),
        hashed=re.compile(r"[#＃]{2}([^#＃\s]).{0,3}(?:[镇鎮乡鄉村县縣]|派出所|街道)"),
        starred=re.compile(
            r"\*(?<!\*\*)\*{1,3}(?:[县縣镇鎮乡鄉村年月]|市(?![场場])|省|区(?![别域])|余|多?万|公司|集[团團]|学校|學校)"
        ),
        lone=re.compile(
            r"\*(?:"
            r"(?<![*A-Za-z0-9 \n].)(?:[县縣镇鎮乡鄉村]|市(?![场場])|省(?!略)|[区區](?![别別域])|同志|老[师師])(?!\*)"
            r"|(?<=20.) ?年|(?<=\n.)(?=[县縣镇鎮乡鄉村市][\u4e00-\u9fff]))"
        ),
        bare=re.compile(r"[xX×](?<=[\u4e00-\u9fff，。：“].)[xX×]{1,2}(?=[\u4e00-\u9fff，。”])(?!染色|[型码碼线線]|射)"),
        singles=re.compile(
            r"[xX×](?<![A-Za-z0-9×].)([省县縣镇鎮乡鄉村]|市(?![场場])|[区區](?![间間域别別])|街道)(?![型级級])"
        ),
        drawn=re.compile(r"_{2,}([县縣镇鎮乡鄉村省]|市(?![场場])|[区區](?![别別域])|同志|公司|学校|學校)?"),
    )


def context(document: Document) -> Context:
    """The context of a document; the last one asked for is remembered."""
    global _last
    if _last is None or _last[0] is not document:
        _last = (document, Context(document.text))
    return _last[1]


_last: tuple[Document, Context] | None = None


def _reaches(expression: re.Pattern[str], text: str, number: int) -> bool:
    return any(count >= number for count, _ in enumerate(expression.finditer(text), 1))
