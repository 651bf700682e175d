"""Contact details: labelled telephone, fax, address, mail and account fields, and where several stand together."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from corpus_lint import expressions as re
from corpus_lint.folding import fold
from corpus_lint.named_tuple import NamedTuple

from . import _anchors as anchors
from . import _guards as guards

if TYPE_CHECKING:
    from collections.abc import Sequence

    from corpus_lint.document import Document
    from corpus_lint.rule import Trigger

NUMBER = r"[:.]*\(?\+?[0-9][0-9×x*()/.,;转至~–—-]{5,}"
"""A telephone number; sites that sell its middle write crosses there."""
FIELDS = {
    "telephone": r"(?:电话|热线|手机(?:号码?)?|座机|(?<![a-z])tel(?:ephone)?|(?<![a-z])phone|(?<![a-z])mobile"
    r"|(?<![а-я])тел(?:ефон)?|전화(?:번호)?|대표번호|☎|℡)[号码]*" + NUMBER,
    "fax": r"(?:传真|图文传真|(?<![a-z])fax|факс|팩스|ファ[ッツ]?クス)[号码]*" + NUMBER,
    "postcode": r"(?:邮编|邮政编码|邮码|post-?code|zip(?:code)?|우편번호|индекс)[:.]*[0-9]{3}-?[0-9]{3,4}"
    r"|〒[0-9]{3}-?[0-9]{4}",
    "mail": r"(?:邮箱|邮件|信箱|e-?mail|メール(?:アドレス)?|이메일|почта)[^:@]{0,6}[:.]*[a-z0-9._+-]+[@#][a-z0-9.-]+",
    "address": r"(?:地址|住所|住址|所在地|주소|адрес|(?<![a-z])add(?:ress)?)[:.].{5,}",
    "account": r"(?:qq|扣扣|微信|skype|whatsapp|wechat|telegram|카카오톡|kakao)(?:号码?|群号?|id)*[:.]*"
    r"\+?[a-z0-9_-]{5,}",
    "person": r"(?:联系人|负责人|联络人|대표이사|발행인|편집인|대표자|контактноелицо)[:].{2,}",
    "site": r"(?:网址|网站|官网|主页|website|homepage|(?<![a-z])web|url|сайт|홈페이지)[:.]*(?:https?://|www\.)",
    "registration": r"(?:사업자등록번호|사업자번호|통신판매업(?:신고)?(?:번호)?|등록번호|инн|огрн|кпп|统一社会信用代码)"
    r"[:.]*[^,]{0,6}[0-9]{2,}",
}
"""What a field looks like when it is folded: its label and a value."""
REACHING = frozenset(("telephone", "fax", "mail", "account"))
"""Fields by which somebody is reached: a block has one of them."""
LABELS = (
    "电话:",
    "电话：",
    "热线:",
    "热线：",
    "传真:",
    "传真：",
    "邮编:",
    "邮编：",
    "手机:",
    "手机：",
    "QQ:",
    "QQ：",
    "qq:",
    "qq：",
    "微信:",
    "微信：",
    "微信号",
    "Fax:",
    "Fax：",
    "FAX:",
    "FAX：",
    "Fax.",
    "FAX ",
    "Tel:",
    "Tel：",
    "TEL:",
    "TEL：",
    "Tel.",
    "TEL.",
    "TEL ",
    "Phone:",
    "Telephone:",
    "〒",
    "팩스",
    "사업자등록번호",
    "대표전화",
    "전화:",
    "전화 :",
    "Тел.",
    "тел.",
    "Тел:",
    "тел:",
    "Телефон:",
    "телефон:",
    "Факс",
    "ИНН",
    "传真 ",
)
"""What makes a line worth a look; other fields are found beside it."""
PARTIES = (
    r"甲方|乙方|原告|被告|申请人|求职意向|应聘|学历|身份证号|出生年月|通讯作者|作者单位|收稿日期|姓名:|投标|招标|采购人"
    r"|本条例|本办法|邀请函|诚邀|邀请您|敬邀|此致|敬上|谨启|报名方式|报名截止|landlord|tenant|lessor|lessee|thisagreement|hereinafter"
    r"|curriculumvitae|yourssincerely|sincerelyyours|арендатор|арендодатель|договор|исполнитель|заказчик|拝啓|敬具|契約書"
    r"|계약서|이력서"
)
"""Contracts, suits, forms, papers, tenders, invitations and letters, in which contact details are content."""
LONGEST = 260
"""Characters of a line, folded, that may be one of a block."""
NEAR = 3
"""Lines without a field that may stand between two of a block, blank ones among them."""


class Block(NamedTuple):
    """Lines with contact details: the numbers of the first and the last, and what fields they have."""

    first: int
    last: int
    fields: tuple[str, ...]

    @property
    def is_one(self) -> bool:
        """Whether there are several kinds of fields, by one of which somebody is reached."""
        return len(set(self.fields)) >= 2 and not REACHING.isdisjoint(self.fields)


@cache
def _fields() -> re.Pattern[str]:
    return re.compile("|".join(f"(?P<{name}>{pattern})" for name, pattern in FIELDS.items()))


@cache
def _triggered() -> re.Pattern[str]:
    forms = (form for label in LABELS for form in anchors.spellings(label))
    return re.compile("|".join(re.escape(form) for form in dict.fromkeys(forms)))


def triggers() -> list[Trigger]:
    """Literals for the labels, in every spelling."""
    from corpus_lint.rule import literals

    forms = (form for label in LABELS for form in anchors.spellings(label))
    return list(literals(dict.fromkeys(forms)))


def is_candidate(text: str) -> bool:
    """Whether a label of a trigger stands in the line."""
    return _triggered().search(text) is not None


def fields_of(text: str) -> tuple[str, ...]:
    """The kinds of the fields in a line, in order; none for a line of prose."""
    if len(text) > LONGEST * 4:
        return ()
    folded = fold(text).text
    if len(folded) > LONGEST:
        return ()
    found: list[str] = []
    at = 0
    # A value must not swallow the next label: an address is followed to the end of its line.
    while (match := _fields().search(folded, at)) is not None:
        found.append(match.lastgroup or "")
        label = re.match(r"[^:.0-9]{0,12}[:.]?", match[0])
        at = match.start() + max(1, label.end() if label else 1)
    if found and folded.count("。") > 1 and len(set(found)) < 2:
        return ()
    return tuple(found)


def block_at(document: Document, index: int) -> Block | None:
    """The block around line ``index``, which has a field."""
    fields = fields_of(document.line_text(index))
    if not fields:
        return None
    edges = []
    for step in (-1, 1):
        edge, gap, at = index, 0, index + step
        while 0 <= at < len(document.line_starts) and gap < NEAR:
            more = fields_of(document.line_text(at))
            if more:
                fields, edge, gap = (*fields, *more), at, 0
            else:
                gap += 1 if not document.line_text(at).strip() else 2
            at += step
        edges.append(edge)
    return Block(edges[0], edges[1], fields)


def is_content(document: Document, block: Block) -> bool:
    """Whether the details are those of a contract's party, an applicant or an author."""
    from corpus_lint.document import Line

    first = document.line_starts[max(0, block.first - guards.NEAR)]
    last = min(len(document.line_starts) - 1, block.last + 4)
    around = document.text[first : document.line_starts[last] + len(document.line_text(last))]
    if guards.compiled(PARTIES).search(fold(around[:4000]).text):
        return True
    line = Line(document, document.line_text(block.first), 0, document.line_starts[block.first])
    return guards.fenced(line) or guards.paper(line) or guards.statute(line)


def candidates(document: Document, lines: Sequence[int]) -> list[Block]:
    """The blocks around the given lines, each once."""
    blocks: list[Block] = []
    after = -1
    for index in lines:
        if index <= after:
            continue
        block = block_at(document, index)
        if block is not None:
            after = block.last
            if block.is_one:
                blocks.append(block)
    return blocks
