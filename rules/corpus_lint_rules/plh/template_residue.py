"""PLH003 template-residue."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from corpus_lint import expressions as re
from corpus_lint.finding import Confidence, Finding, Severity
from corpus_lint.rule import Bad, Good, LineRule, Trigger, expression, literal, literals

from ._context import context
from ._field_words import FIELD_ABROAD, openings

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from corpus_lint.document import Line

REFERENCE_ERRORS = (
    "Error! Reference source not found",
    "Error! Bookmark not defined",
    "错误!未找到引用源",
    "错误！未找到引用源",
    "错误!未定义书签",
    "错误！未定义书签",
    "錯誤! 找不到參照來源",
    "錯誤! 尚未定義書籤",
    "エラー! 参照元が見つかりません",
    "エラー! ブックマークが定義されていません",
    "Ошибка! Источник ссылки не найден",
    "Ошибка! Закладка не определена",
    "Fehler! Verweisquelle konnte nicht gefunden werden",
    "Fehler! Textmarke nicht definiert",
    "Erreur ! Source du renvoi introuvable",
    "Erreur ! Signet non défini",
)
"""What Word prints for a field that points nowhere."""

PROMPTS = (
    "Click to edit Master title style",
    "Click to edit Master text styles",
    "Click to add title",
    "Click to add text",
    "Click to add subtitle",
    "Click to add notes",
    "Click here to enter text",
    "Click or tap here to enter text",
    "单击此处编辑母版标题样式",
    "单击此处编辑母版文本样式",
    "单击此处编辑母版副标题样式",
    "按一下以編輯母片標題樣式",
    "マスター タイトルの書式設定",
    "Образец заголовка",
)
"""What PowerPoint and Word show in an empty frame."""

EDITOR_PROMPTS = (
    "在这里插入图片描述",
    "在這裡插入圖片描述",
    "请添加图片描述",
    "在这里插入代码片",
    "在此插入图片描述",
    *(f"点击修改第{number}卷的文字说明" for number in ("I", "II", "III", "Ⅰ", "Ⅱ", "Ⅲ", "一", "二")),
    "试卷副标题",
)
"""What the editors of blog sites put in for a picture's description or a piece of code, and the makers of exam papers
for what is said about a part of the paper."""

COLLECTED = (
    "标题",
    "标签",
    "内容",
    "作者",
    "时间",
    "来源",
    "关键",
    "简介",
    "描述",
    "摘要",
    "发布",
    "日期",
    "分类",
    "正文",
    "标 签",
)
"""Fields of the programs that copy pages from other sites: `[db:标签]`."""

NOUNS = (
    *("name", "date", "address", "title", "position", "number", "amount", "company", "city", "state", "email", "phone"),
    *("signature", "salutation", "organization", "zip code", "location", "term", "rent", "fee", "price", "deposit"),
    *("product", "department", "university", "school", "event", "website", "salary", "percentage", "currency"),
    *("country", "role", "code"),
)
"""What a field of a template asks for, as its last word."""
BRACKETED = (
    rf"\[(?:[A-Za-z][\w'’/-]*,? ){{0,7}}(?i:{'|'.join(NOUNS)})\](?![(\[:])"
    r"|\[(?i:name|address|duration|length|date|number|day|description) of (?:[\w'’/-]+ ){0,8}[\w'’/-]+\](?![(\[:])"
    r"|\[[A-Z]\w+\.[A-Z]\w*(?:Name|Address|Date|Email|Phone|Title|City|State|Company)\]"
    rf"|{FIELD_ABROAD}"
)
LABEL = (
    r"\s*(?:[-*•] )?(?:第.{1,4}[条章节條節款]|[（(]?[一二三四五六七八九十\d]{1,3}[)）、.．]"
    r"|[^，。,；;！!？?\n]{1,12}[：:])?[\s\u3000]*"
)
"""What may stand before the note that something is still to be written."""
FIELD_IN_BRACES = (
    r"(?<![\w$}\\{%])\{(?:[a-z]+_[a-z_]{2,30}|(?:first|last|full|user|nick)?name|email|url|link)\}(?![\w}])"
)
ASKED = ("全称", "姓名", "名称", "职务", "日期", "事项", "全稱", "名稱", "職務", "事項")
ASKED_IN_BRACKETS = (
    rf"(?:(?<=[ :：　])|(?<=^))[（(][\u4e00-\u9fff]{{0,8}}(?:{'|'.join(ASKED)})[)）](?=[ 　，。,.;；\r\n]|$)"
)
"""What stands where a letter or warrant has a name: `兹授权 (被授权方全称) 的 (被授权人姓名)`."""
DATE_FORM = r"%[YmHMSyBbjFT][-/:. _年月时]?%"
"""Signs for the parts of a date, one behind the other: `date +%Y-%m-%d`."""
FORMULA = r"\$\{[A-Za-z]_[A-Za-z0-9]{1,2}\}\$"
"""A sequence of a book of mathematics: `${a_n}$`."""
ENOUGH = 3
"""Different fields in brackets that make a text a template, though they are written small."""
NOT_OF_CODE = frozenset(
    ("braces", "printf", "object", "todo", "angle", "upper", "bracket", "field", "words", "here", "tbd")
)
"""Kinds of fields that say nothing in a text about code."""
WORDS_IN_BRACES = r"(?<![\w$}\\{])\{[A-Za-z][A-Za-z'’/-]+(?: [A-Za-z'’/,()-]+){1,11}\}(?!\})"
"""What the writer of a template asks for, in his own words."""
FIELDS = (
    "(?:(?:您的|你的|对方|客户|具体|贵)?(?:姓名|名字|全名|公司名称|公司名|公司|日期|时间|地址|电话号码|电话|联系方式|联系电话|职位|职务|岗位|学校名称|学校|专业"
    "|项目名称|项目|城市|城市名|产品名称|产品|品牌名称|品牌|作者名|年份|金额|数字|地点|单位名称|部门|活动名称|活动主题|邮箱|数量|标题|主题|行业"
    "|公司名稱|時間|電話|聯繫方式|聯絡電話|職位|學校名稱|項目名稱|產品名稱|金額|地點|單位名稱|部門|活動名稱|標題|主題))"
)

FILL_AT = "(?:此处|这里|请在此处|请在此|在此处|在此|此處|這裡|請在此處|請在此|在此處)"
FILL_DO = "(?:填写|输入|插入|填入|添加|填寫|輸入|编辑|新增|編輯)"
PENDING_WORDS = ("待补充", "待完善", "待填写", "待续写", "待補充", "内容待定", "內容待定", "数据待补", "待更新")
PENDING = "(?:待补充|待完善|待填写|待续写|待補充|待填寫|内容待定|数据待补|內容待定)"


class TemplateResidue(LineRule):
    """A field of a template stands where its value belongs.

    `{{name}}`, `${title}`, `欢迎您，%s`, `[Your Name]`, `【此处填写日期】`, `Click to add title`, `错误!未找到引用源`:
    a mail merge, a page or a slide was published before it was filled in. Such text teaches a model to answer with
    empty frames. The value is not known, so there is no fix.

    Fields in the writer's own words (`[Landlord Name]`, `{Date of application}`, `{公司名称}`, `(被授权人姓名)`) count
    where a document has several different ones.

    Left alone: code and text about code (fenced blocks, code spans, documents with either, LaTeX), Markdown links,
    labels such as 【地址】 with their value behind them. Quoted prompts, TBD, and a single `[Date]` without another
    field in the document are of medium confidence. The sentences of Word and PowerPoint are those that their
    localised versions print.
    """

    code = "PLH003"
    name = "template-residue"
    triggers = (
        *literals((*REFERENCE_ERRORS, *PROMPTS, *EDITOR_PROMPTS)),
        *literals((*(f"[db:{field}" for field in COLLECTED), "{vendor_count}")),
        *literals(("<%", "{%", "%%", "@@", "[!--", "{dede:", "{pboot:", "{eyou:", "[object Object]")),
        expression(r"\{\{[^\n{}]{1,70}\}\}|\$\{[^\n{}]{1,70}\}"),
        expression(r"[^0-9A-Za-z%]%(?:[1-9]\$)?[sd][^A-Za-z0-9%/]"),
        expression(
            r"[\x20\t\n\x0b\x0c\x80-\xff,:(]\{(?:name|user_?name|first_?name|title|date|city|company|keyword|number|[0-3])\}",
            caseless=True,
        ),
        expression(r"\{[A-Za-z][a-z]+ [A-Za-z]"),
        expression(r"\{[a-z]+_[a-z_]+\}"),
        *literals(noun + close for noun in ASKED for close in ")）"),
        *(literal(noun + sign, caseless=True) for noun in NOUNS for sign in "]}"),
        *(literal(opening, caseless=True) for opening in openings()),
        expression(r"(?:\x5b|<)(?:your|insert|enter|add|specify|describe)[ _-][a-z]", caseless=True),
        expression(r"\x5b(?:name|address|duration|length|date|number|day|description) of [a-z]", caseless=True),
        expression(rf"(?:{FILL_AT}|请|請){FILL_DO}"),
        expression(rf"(?:\x5b|【|\{{){FIELDS}(?:\x5d|】|\}})"),
        expression(r"<[A-Z]{2,12} (?:NAME|DATE|ADDRESS|TITLE|NUMBER)>"),
        expression(r"%(?:FIRST|LAST|FULL|USER|COMPANY|CUSTOMER|CLIENT|PRODUCT)_?(?:NAME|DATE|TITLE)%"),
        expression(r"(?:\n|\n[-*#] |\n• |\x5b|\(|（|【)(?:TODO|FIXME|TBD|TBC)"),
        expression(rf"(?:\x5b|\(|（|【){PENDING}"),
        *(Trigger(word.encode(), is_literal=True, in_short_lines=True) for word in PENDING_WORDS),
        *(Trigger(word, is_literal=True, in_short_lines=True) for word in (b"TODO:", "TODO：".encode(), b"FIXME:")),
        expression(r"\n(?:insert|add|place|put|your|enter) [a-z ]{2,24} here", caseless=True),
    )
    examples = (
        Bad("第I卷（选择题）\n请⟦点击修改第I卷的文字说明⟧\n一、单选题"),
        Bad("Dear ⟦{{first_name}}⟧, thank you for your order of ⟦${product}⟧."),
        Bad("Hello ⟦[Your Name]⟧, welcome to ⟦[Company Name]⟧."),
        Bad("Sincerely,\n⟦[Insert your title here]⟧"),
        Bad("欢迎您，⟦%s⟧，您共有⟦%d⟧条消息。"),
        Bad("我是⟦【姓名】⟧，来自⟦【公司名称】⟧，很高兴认识您。"),
        Bad("尊敬的⟦[客户姓名]⟧，您好！"),
        Bad("⟦@@title@@⟧\n渔港的冷库修好了，休渔期结束以后就能用。"),
        Good("@@ -12,4 +12,6 @@ def main() 是补丁里一段的开头，@@ 前后是行号。"),
        Bad("⟦{公司名称}⟧位于⟦{城市}⟧，是一家老字号。"),
        Bad("I write on behalf of ⟦<COMPANY NAME>⟧, dear ⟦%FIRST_NAME%⟧."),
        Bad("The end.\n⟦FIXME add a paragraph about her work⟧"),
        Good("集合{姓名}里只有一个元素。"),
        Bad("会议定于⟦【此处填写日期】⟧召开，地点⟦（请填写地点）⟧。"),
        Bad("⟦单击此处编辑母版标题样式⟧\n⟦Click to add text⟧"),
        Bad("如图⟦错误!未找到引用源⟧。所示，见⟦Error! Reference source not found⟧."),
        Bad("⟦{dede:field.title/}⟧ 当前位置：⟦[!--newsnav--]⟧"),
        Bad("价格：⟦[object Object]⟧元"),
        Bad("标签：⟦[db:标签]⟧ 作者：⟦#[db:作者]⟧"),
        Bad("⟦{{ageText ? ageText : '年龄'}}⟧\n⟦{{ point.date | date : 'd MMMM yyyy' }}⟧"),
        Bad("Manage ⟦{vendor_count}⟧ vendors"),
        Bad("致: ⟦(接收方全称)⟧\n兹授权 ⟦(被授权方全称)⟧ 的 ⟦(被授权人姓名)⟧ 自 ⟦(开始日期)⟧ 起代理。"),
        Good("请填写 (姓名) 和 (日期) 两栏。"),
        Bad("Hi ⟦{firstname}⟧ ⟦{lastname}⟧,\nThank you for shopping on ⟦{shop_name}⟧!"),
        Bad("Landlord: ⟦[Landlord Name]⟧, residing at ⟦[Landlord Address]⟧, rents it for ⟦[Lease Term]⟧."),
        Bad("Made on ⟦[date]⟧ between ⟦[tenant’s name]⟧ and ⟦[name of person or entity]⟧ for ⟦[rent amount]⟧."),
        Bad("By and between ⟦[Landlord.FirstName]⟧ and ⟦[Tenant.LastName]⟧."),
        Bad("Bonjour ⟦[Prénom]⟧, votre commande pour ⟦[Nom du client]⟧ est partie le ⟦[date]⟧."),
        Bad("Уважаемый ⟦[Имя клиента]⟧, благодарим за заказ. Sehr geehrter Herr ⟦[Ihr Name]⟧!"),
        Bad("Estimado ⟦[Nombre del cliente]⟧, ⟦[Insertar fecha]⟧. שלום ⟦[שם הלקוח]⟧. ⟦[お客様名]⟧ 様 ⟦[ご住所]⟧"),
        Good("Sie heißt Anna [Name geändert] und kommt aus [Ort unkenntlich gemacht]. Il a dit : « [la ville] dort »."),
        Good("Siehe [Name des Kapitels](kapitel.md) und [Datum][1]: Verweise. [nom] est un mot."),
        Good("He said that [the company] had no [date] for it."),
        Bad(
            "⟦{Date of application}⟧\nRe: ⟦{Position name}⟧\nDear ⟦{Name of recruiter, if known}⟧,\n"
            "I am a ⟦{thing you want to be}⟧ with proven experience."
        ),
        Good("The set {even or odd} is finite, and {x in S} too."),
        Bad("接线图如下：\n![⟦在这里插入图片描述⟧](a.png)\n照图接好以后通电。"),
        Bad("⟦TODO: write the introduction⟧\nThe rest is here."),
        Bad("第三章 实验结果⟦（待补充）⟧"),
        Bad("The ceremony starts at ⟦[TBD]⟧."),
        Bad("第三条　租金按月支付。\n第四条　⟦待补充⟧\n第五条　⟦TODO: 违约责任条款由法务确认⟧"),
        Bad("Our story\n⟦Insert image here⟧\nWe opened in 1948."),
        Bad('The blade holds.\n<div class="reviews">\nDear ⟦[Customer Name]⟧, thanks for ⟦{{product.title}}⟧.\n</div>'),
        Good("这份名单还不完整，有待补充，其余的资料待完善以后再公布。"),
        Bad("甲方：⟦{{party_a}}⟧\n(window.slotbydup = window.slotbydup || []).push({id: '66'});\n本合同一式两份。"),
        Good("Use `{{name}}` in the template."),
        Bad("---\ntitle: Werte\n---\n⟦{{Specifications}}⟧"),
        Good('Eine {{Glossary("engine", "Engine")}} stellt Seiten dar.'),
        Good("```\nHello {{name}} ${x} %s\n```\n{{name}} is replaced."),
        Good("See [Name](https://example.com) and [Date]: it is a link. [1] [note]"),
        Good("【姓名】张三\n【地址】北京市海淀区\n[姓名] 李四"),
        Good('* "git log --pretty=format:%s" did not treat a subject of two lines as "log" does.'),
        Good("The discount is 5%s and 10 %done; 100% sure."),
        Good("I have a to-do list and a TODO app. Todo mundo sabe."),
        Good(r"$\frac{{a}}{{b}} + x_{0}^{1}$"),
        Good("若数列 ${a_n}$ 的通项公式是 $a_n=2n+3$，设数列${x_n}$收敛。"),
        Good("Run date-format 2023-5-1 '%Y/%m/%d' and the output is 2023/05/01, as `date +%Y-%m-%d` prints it."),
        Good("Enter date-format 2023-5-1 '%Y/%m/%d', and today=$(date +%Y-%m-%d) is kept."),
        Good('#!/bin/bash\nlatest=$(cut -d" " -f1 system.txt | sort | tail -n 1)\ngrep -c "^${latest}" system.txt'),
        Good("点击添加按钮，然后在这里输入密码。"),
    )

    def check_line(self, line: Line) -> Iterable[Finding]:
        """The template fields of a line."""
        if re.match(r"(?: {4}|\t)[ -~]*$", line.text):
            return
        matches = list(_matches(line.text))
        # What a text about code has with right is told sooner than where its code is.
        if all((match.lastgroup or "") in NOT_OF_CODE for match in matches) and (
            not matches or context(line.document).technical
        ):
            return
        if line.document.markup.in_code(line.start):
            return
        code = [match.span() for match in _inline().finditer(line.text)] if "`" in line.text else []
        for match in matches:
            start, end = match.span()
            if any(begin < end and start < stop for begin, stop in code):
                continue
            kind = match.lastgroup or ""
            sure = _sure(kind, match, line)
            if sure is None:
                continue
            confidence, severity = (Confidence.HIGH, Severity.WARNING) if sure else (Confidence.MEDIUM, Severity.NOTE)
            yield Finding(
                start,
                end,
                f"`{match[0]}` is a field of a template that was never filled in; fill it in or drop the text",
                confidence=confidence,
                severity=severity,
            )


def _matches(text: str) -> Iterator[re.Match[str]]:
    """The fields in a line, looked for where their first signs are."""
    whole = _here().match(text, len(text) - len(text.lstrip()))
    if whole:
        yield whole
    start = 0
    while sign := _sign().search(text, start):
        match = _fields().match(text, sign.start())
        if match:
            yield match
        start = match.end() if match else sign.start() + 1


def _sure(kind: str, match: re.Match[str], line: Line) -> bool | None:
    """Whether a match is certain; None when it is no finding."""
    text = line.text
    if kind in NOT_OF_CODE and context(line.document).technical:
        return None
    before, after = text[: match.start()], text[match.end() :]
    quoted = before[-1:] in tuple("“\"'‘「『《") and after[:1] in tuple("”\"'’」』》.。")
    if kind in {"word", "prompt", "cms"}:
        return not quoted and not (kind != "word" and context(line.document).technical)
    if kind in {"braces", "printf", "object", "todo", "angle", "upper"}:
        if "\\" in text or (kind == "printf" and re.search(DATE_FORM, text)) or re.match(FORMULA, match[0] + after):
            return None
        # A page with front matter is the source of one that is built: its braces are filled in then.
        return not quoted and not (kind == "braces" and line.document.text.startswith(("---\n", "---\r")))
    if kind == "label":
        if match[0][0] == "{":
            # No label stands in braces; one field may be the author's own sign.
            is_template = not context(line.document).technical and len(_fields_of(line, "{")) > 1
            return True if is_template else None
        if not before.strip() or not re.match(r"[\u4e00-\u9fff，,：:、]", before.rstrip()[-1:]):
            return None
        return len(_fields_of(line, match[0][0])) > 1 or bool(re.search(r"尊敬的$|我是$|我叫$|致$", before))
    if kind == "asked":
        return True if len(_different(line, _asked())) > ENOUGH else None
    if kind in {"bracket", "field"}:
        if kind == "field" and len(_different(line, _field())) < 2:
            return None
        if kind == "bracket" and match[0][1].islower() and len(_different(line, _bracket())) < ENOUGH:
            return None
        if after[:1] in tuple("(:["):
            return None
        return " " in match[0] or len(_different(line, _field() if kind == "field" else _bracket())) > 1
    if kind == "words":
        if "\\" in text:
            return None
        different = len({match[0] for match in _words().finditer(line.document.text)})
        return None if different < 2 else different > 2
    if kind == "later":
        # The whole of what an item says: behind its number, its name or its heading.
        return True if re.fullmatch(LABEL, before) else None
    if kind == "tbd":
        return False
    return not quoted


def _fields_of(line: Line, bracket: str) -> set[str]:
    close = {"[": r"\]", "【": "】", "{": r"\}"}[bracket]
    before = "" if bracket == "{" else "[\u4e00-\u9fff，,：:、]"
    return set(re.findall(rf"{before}{re.escape(bracket)}{FIELDS}{close}", line.document.text))


def _different(line: Line, fields: re.Pattern[str]) -> set[str]:
    return {match[0] for match in fields.finditer(line.document.text)}


@cache
def _inline() -> re.Pattern[str]:
    return re.compile(r"`[^`]*`")


@cache
def _bracket() -> re.Pattern[str]:
    return re.compile(BRACKETED)


@cache
def _asked() -> re.Pattern[str]:
    return re.compile(ASKED_IN_BRACKETS)


@cache
def _field() -> re.Pattern[str]:
    return re.compile(FIELD_IN_BRACES)


@cache
def _words() -> re.Pattern[str]:
    return re.compile(WORDS_IN_BRACES)


@cache
def _sign() -> re.Pattern[str]:
    """What a field can begin with: a class, for which `re` looks fast, and for letters what must come next."""
    sentences = (*REFERENCE_ERRORS, *PROMPTS, *EDITOR_PROMPTS)
    heads = sorted({text[:4] for text in sentences} | {"TODO", "FIXME", "#[db"} | {*PENDING_WORDS})
    ways = [rf"(?<={head[0]}){re.escape(head[1:])}" for head in heads]
    brackets, prompts = r"{\[<【（(〔$", "点单雙双點單"
    ways += [f"(?<=[{prompts}])[击擊]", "(?<=%)[%1-9sdFLUCP]", "(?<=@)@", f"(?<=[{brackets}])"]
    firsts = "".join(sorted({head[0] for head in heads}))
    return re.compile(f"[{firsts}{prompts}%@{brackets}](?:{'|'.join(ways)})")


@cache
def _here() -> re.Pattern[str]:
    """A line that says what is to be put there."""
    return re.compile(
        r"(?P<here>(?i:(?:insert|add|place|put|your|enter) (?:(?:a|an|the|your) )?"
        r"(?:image|photo|picture|logo|text|title|video|caption|quote|link|content|headline|heading|name|company name"
        r"|ad|map)(?: goes)? here))(?=[.!\s]*$)"
    )


@cache
def _fields() -> re.Pattern[str]:
    word = "|".join(re.escape(text) for text in REFERENCE_ERRORS)
    prompt = "|".join(re.escape(text) for text in (*PROMPTS, *EDITOR_PROMPTS))
    thing = "(?:您的|你的)?(?:标题|副标题|文本|文字|内容|正文|标题文字|標題|文字|內容|备注|图片说明|详细)"
    return re.compile(
        rf"(?P<word>{word})"
        rf"|(?P<prompt>{prompt}|[点单雙双點單][击擊](?:此处|这里|此處|這裡){FILL_DO}{thing}[^。\n]{{0,8}})"
        r"|(?P<cms>\{(?:dede|pboot|eyou):[a-z][^}\n]{0,80}\}|\[!--[a-z.]+--\]|#?\[db:[\u4e00-\u9fff ]{1,8}\])"
        r"|(?P<braces>\{{2,3}[^{}()\n,]{1,70}\}{2,3}|\{vendor_count\}|\$\{[\w.\u4e00-\u9fff]{1,40}\}"
        r"|<%=?\s?[\w.]{1,40}\s?%>|\{%\s?\w[^%\n]{0,60}%\}"
        r"|%%[A-Z][A-Z_]{1,30}%%|@@[A-Za-z][A-Za-z_]{1,30}@@|(?:(?<=[\s,:，：、。“（(\u4e00-\u9fff])|(?<=^))\{(?i:name|user_?name|first_?name|title|date|city|company|keyword|number|[0-3])\}(?!\{))"
        rf"|(?P<words>{WORDS_IN_BRACES})"
        r"|(?P<printf>(?<![A-Za-z0-9%])(?<!\d )(?<!format[:=])%(?:[1-9]\$)?[sd](?![A-Za-z0-9%/]))"
        r"|(?P<object>\[object Object\])"
        r"|(?P<insert>\[(?i:your|insert|enter|add|specify|describe) (?:[A-Za-z][\w' ,/-]{1,40})\](?![(:\[]))"
        r"|(?P<upper><(?:[A-Z]{2,12} ){1,3}(?:NAME|DATE|ADDRESS|TITLE|NUMBER)>"
        r"|%(?:FIRST|LAST|FULL|USER|COMPANY|CUSTOMER|CLIENT|PRODUCT)_?(?:NAME|DATE|TITLE)%)"
        r"|(?P<angle><(?:YOUR|INSERT|ENTER)[ _-][A-Z _-]{2,30}>|<(?i:your|insert) [a-z ]{2,24}>)"
        rf"|(?P<bracket>{BRACKETED})"
        rf"|(?P<field>{FIELD_IN_BRACES})"
        rf"|(?P<asked>{ASKED_IN_BRACKETS})"
        rf"|(?P<fill>[\[【（(〔<](?:{FILL_AT}|请|請){FILL_DO}[^\]】）)〕>\n]{{0,20}}[\]】）)〕>])"
        rf"|(?P<label>\[{FIELDS}\](?!\()|【{FIELDS}】|(?<![$\\{{])\{{{FIELDS}\}}(?!\}}))(?=[，。,、！!；;的\u4e00-\u9fff.]|$)"
        r"|(?P<todo>(?:(?<=^)|(?<=^[-*•] )|(?<=^# )|(?<=[条章节：:、][ \u3000]))"
        r"(?:(?:TODO|FIXME)\b ?[:：].*|FIXME [a-z].*)|[\[(（【](?:TODO|FIXME)\b[^\])）】\n]{0,60}[\])）】](?![\[(]))"
        r"|(?P<tbd>[\[(（【](?:TBD|TBC)[\])）】])"
        rf"|(?P<pending>[\[(（【]{PENDING}[^\])）】\n]{{0,12}}[\])）】])"
        rf"|(?P<later>(?:{'|'.join(PENDING_WORDS)}))(?=[。.…]*\s*$)"
    )
