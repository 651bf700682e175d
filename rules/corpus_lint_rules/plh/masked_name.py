"""PLH001 masked-name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from corpus_lint.finding import Finding
from corpus_lint.rule import Bad, Good, LineRule, Trigger, expression, literals

from ._masks import NAME, masks
from ._words import CROSS, CROSSES, LONE_WORDS, SLOT_WORDS, spellings, written

if TYPE_CHECKING:
    from collections.abc import Iterable

    from corpus_lint.document import Line


class MaskedName(LineRule):
    """A placeholder such as `xx` stands where a name was masked.

    Document mills and people who publish internal reports replace the names of places, bodies and persons:
    `xx省`, `××市公安局`, `##桥镇`, `**学校`, `XX同志`. A model trained on such text learns to write them.
    What was masked is not known, so there is no fix: drop the document, or fill the name in.

    A run of x, X, ×, ╳, *, #, □, ○ or 某 counts only before a word that takes a name (省, 街道, 派出所, 老师), or
    where the same document has enough other masks. Simplified and traditional, full and half width are one.
    Where a document masks so throughout, less is asked: one asterisk before 县 or 同志, underscores before 镇, one X
    for several different places (`X镇`, `X区`, `X乡`), `xx` alone for a person, a line of `××` under a letter.

    Left alone: XX染色体, Roman numerals, identifiers, addresses and code; Markdown headings and emphasis
    (`**学校**`), #话题#, years in 〇, lost characters in inscriptions. In judgments, statutes and fiction, in an
    example (`比如XX公司`), after a description of a form, and for 某某 without other masks, the finding is a
    note of medium confidence.
    """

    code = "PLH001"
    name = "masked-name"
    examples = (
        Bad("根据⟦xx省⟧“打击治理电信网络犯罪集中宣传月”活动实施方案，⟦xx县⟧支行高度重视。"),
        Bad("⟦xx縣⟧公安局網安大隊立足本職，⟦xx網安大隊⟧全面總結，⟦xx警方⟧提醒。"),
        Bad("防范宣传在⟦xx职业技术学院⟧、⟦xx市一中⟧、⟦xx三中⟧举行。"),
        Bad("助⟦##橋鎮⟧政府聯合⟦##橋派出所⟧展開活動,由商會出資在⟦##橋⟧各會員企業設置展板。"),
        Bad("先后在⟦**市⟧和⟦**镇⟧召开了座谈会。"),
        Bad("⟦ＸＸ市⟧的⟦××同志⟧到⟦╳╳大学⟧作了报告。"),
        Bad("根據⟦xx區⟧(qū)教育局關(guān)于轉(zhuǎn)發(fā)的通知"),
        Bad("会议由⟦XXX同志⟧主持，⟦XX 公司⟧全体员工参加。"),
        Bad("系学生会由党总支副书记⟦xx老师⟧任组长，⟦xxxx小学⟧派员参加。"),
        Bad("20xx年x月，受害人⟦xx⟧报警称被骗，民警根据⟦xx⟧描述判断，最终将⟦xx⟧被骗的钱追回。⟦xx市⟧通报。"),
        Bad("成立以⟦xx书记⟧为组长、⟦xx同志⟧为副组长的领导小组。"),
        Bad("比如⟦XX公司⟧的产品卖得好。"),
        Bad("他说他是⟦某某大学⟧毕业的。"),
        Bad("版权所有：昭通市⟦某某橡塑制品维修站⟧"),
        Bad("⟦**县⟧派了人，畢業於⟦**輕工業學院⟧的他回到家鄉⟦**⟧，去了⟦**市⟧、⟦**鄉⟧任職。"),
        Bad("⟦___镇⟧是⟦___县⟧政府驻地，是⟦___县⟧的中心，⟦___镇⟧居委会有党员若干。"),
        Good("1. ____省的省会是____。\n2. ____市在____岸，____县在____。"),
        Bad("⟦X镇⟧地处⟦X区⟧中部，东与⟦X乡⟧交界，西与⟦X乡⟧接壤，北与⟦X街道⟧相连。"),
        Bad("员工⟦xx⟧捡到钱包，可⟦xx⟧说不行，⟦xx⟧亲自交还，⟦xx同志⟧拾金不昧。"),
        Bad("甲方：⟦XXX⟧\n乙方：⟦XXX⟧\n"),
        Bad("考试范围：⟦xxx⟧；考试时间：100分钟；命题人：⟦xxx⟧"),
        Bad("会议在⟦✕✕市⟧召开，⟦〤〤公司⟧和⟦χχ小学⟧派人参加。"),
        Bad("他是⟦*村⟧黨支部書記⟦*⟧，在⟦*鎮⟧很有名。"),
        Bad("甲は⟦○○研究所⟧とし、⟦○○○○⟧（以下「乙」）は○○○○年○○月○○日までに行う。"),
        Bad("20xx年x月x日，⟦xx市⟧的⟦xx公司⟧来函。\n⟦XX⟧\n"),
        Good("这是*村*字，*市*也是。\nXX\n"),
        Good("女性有两条XX染色体，男性是XY。尺码有XXL和XXXL，路易XIV。"),
        Good("人类的性别由性染色体决定，女性为XX，男性为XY，也有少数人是XXY。"),
        Good("这是**学校**和**公司**的区别，**深圳**市也一样。"),
        Good("## 桥镇概况\n##桥镇概况\n#南京##上海市#"),
        Good("二〇〇八年，二○○二大队，一〇〇中学"),
        Good("见 http://example.com/xx市，变量 foo_xx公司 与 `xx公司`。"),
        Good("XX路径、xx市场、XX区别和XX省略号都是普通的词。"),
        Good("某公安局的民警说，在某市某县也有。"),
    )

    def make_triggers(self) -> tuple[Trigger, ...]:
        """A run of signs with the bytes that must stand about it."""
        slots = written(SLOT_WORDS.split("|"))
        return (
            expression(rf"{CROSS}{CROSS}(?: ?[\xe4-\xe9]|さん)"),
            expression(rf"(?:[\x80-\xff]|[,:(]){CROSS}{{2,12}}(?:[\xe2\xe3\xef]|[,;:!?.()\n])"),
            *literals(cross + unit for cross in CROSSES for unit in "省市县縣镇鎮鎭乡鄉委区區村街集"),
            expression(rf"(?:\*|＊)(?:\*|＊){slots}"),
            expression(rf"(?:(?:○|〇|◯)(?:○|〇|◯)|□□|某某) ?{slots}"),
            *literals(place + "某某" for place in "省市县縣区區"),
            expression(r"[^#\n](?:#|＃){2,9}[\xe4-\xe9]"),
            *literals(star + word for star in "*＊_" for word in spellings(LONE_WORDS.split("|"))),
            *literals("\n" + cross * 2 for cross in CROSSES),
            *literals(f"{sign * 2}{next_}" for sign in "○◯" for next_ in (sign, f" {sign}", f"　{sign}")),
        )

    def check_line(self, line: Line) -> Iterable[Finding]:
        """The masked names of a line."""
        for mask in masks(line, NAME):
            text = line.text[mask.start : mask.end]
            message = f"`{text}`: a name was masked here; fill it in or drop the document"
            yield Finding(mask.start, mask.end, message, severity=mask.severity, confidence=mask.confidence)
