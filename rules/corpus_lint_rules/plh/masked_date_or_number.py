"""PLH002 masked-date-or-number."""

from __future__ import annotations

from typing import TYPE_CHECKING

from corpus_lint.finding import Finding
from corpus_lint.rule import Bad, Good, LineRule, Trigger, expression, literals

from ._masks import NUMBER, masks
from ._words import CROSS, CROSSES, STARRED_UNITS, UNIT_WORDS, spellings, written

if TYPE_CHECKING:
    from collections.abc import Iterable

    from corpus_lint.document import Line


class MaskedDateOrNumber(LineRule):
    """A placeholder such as `x` stands where a date or a number was masked.

    `20xx年x月x日`, `202x年`, `*月**日`, `x万元`, `x余人`, `第x届`, `【20x】3号`: document mills turn reports into
    patterns for copying by taking the figures out. The sentences say nothing, and a model learns to leave figures
    out. What was masked is not known, so there is no fix: drop the document, or fill the number in.

    Dates, document numbers and two or more signs before a counted thing are certain by their shape. One x before a
    counted thing (`x个`) may be an unknown of algebra: it is found where the text does no algebra, and is shown by
    default only where the document has other masks.

    Left alone: exercises (`设成本为x万元`), x轴, multiplication (3×5米), telephone numbers with a masked middle
    (138****1234), the day of a letter that a novelist veils behind the year of an era (民国三十七年×月×日), standards'
    numbers, Markdown emphasis, identifiers and code. In judgments, statutes and fiction, and where the text describes a
    form, the finding is a note of medium confidence.
    """

    code = "PLH002"
    name = "masked-date-or-number"
    examples = (
        Bad("⟦20xx年x月x日⟧，⟦20xx年1-10月份⟧，⟦202x年⟧，⟦XX年4月14日⟧，⟦2023年x月⟧，⟦二○××年⟧。"),
        Bad("我校自⟦xx月xx日至xx日⟧開展了網絡安全宣傳周活動，⟦××××年×月×日⟧"),
        Bad("截止⟦x月底⟧,xx市公安局共破获案件⟦x起⟧,抓获嫌疑人⟦x名⟧,冻结资金⟦x余万元⟧。⟦20xx年x月x日⟧被骗⟦x万元⟧。"),
        Bad("共播放⟦x場次⟧，覆蓋⟦20xx⟧、⟦20xx級⟧⟦x個⟧班級，師生⟦x餘人⟧，自⟦x月x日⟧起。"),
        Bad("根据⟦【20x】3号⟧和⟦〔20xx〕x号⟧文件要求，⟦（2019）京0105民初×××号⟧。"),
        Bad("⟦20**年⟧我镇工作取得了成绩，⟦*月**日⟧召开大会，⟦20**-20**学年⟧。"),
        Bad("⟦第xx届⟧运动会于上午⟦xx:00⟧开始，⟦x届x次⟧全会，辖⟦xx个⟧行政村，人口⟦xx万⟧，增长⟦xx%⟧。"),
        Bad("刚过去的⟦XX年⟧是重要一年，⟦XX年度⟧，⟦２０ＸＸ年⟧"),
        Bad("工作经历：XXX 公司（⟦201X 年 X 月⟧ 至今）"),
        Bad("令和⟦○年○月○日⟧までに提出してください。"),
        Bad("集体欠债⟦**多万元⟧，年近⟦**岁⟧的村民说，那是⟦20*年9月15日⟧。"),
        Bad("由⟦○○○○年○○月○○日至○○月○○日⟧。"),
        Bad("⟦20_年⟧4月，支部学习党的⟦xx届五中⟧全会精神。⟦* *年* *月* *日⟧"),
        Bad("联系⟦电话：XXXXXXXX⟧"),
        Good("第XX届夏季奥林匹克运动会的英文名是 Games of the XX Olympiad，第XX届冬奥会在都灵举行。"),
        Good("设该商品的成本为x万元，每天卖出x个，则利润为(20-x)元，共x名学生。"),
        Good("某班有学生x名，列方程得3x+5=20。x轴与y轴的交点。"),
        Bad("如有疑问，请⟦致电xxx-xxxxxxxx⟧，我们会尽快答复。"),
        Good("长方形花坛的面积是3×5米，2××3不成立，手机号138****1234，GB/T 20××。"),
        Good("**年份**和**日期**是**个人**的，**20**年代也是。\n**日常**用语"),
        Bad("会費は年額⟦〇〇円⟧です。参加者は⟦○○名⟧でした。"),
        Good("カレー八〇〇円、定員一〇〇名、人口二、〇〇〇人の町です。〇〇七は二度死ぬ。"),
        Good("二〇〇八年十〇月，一九○○年，二○○个。"),
        Good("RTX 20xx 系列显卡，返回 20x 与 5xx 错误，0xx年，foo_20xx年，`20xx年`。"),
        Good("这是第X条、第IX届和路易X世，共有x种颜色。"),
        Good("信纸上只有一行字，落款是民国三十七年×月×日，后面的字被雨水洇得看不清了。"),
        Good("```\n20xx年x月x日\n```"),
    )

    def make_triggers(self) -> tuple[Trigger, ...]:
        """A sign with the unit behind it, or a year whose last digits are signs."""
        dates = written("年月日")
        fields = written(("电话", "手机", "号码", "传真", "邮编", "账号", "身份证号"))
        close = written("】〕])")
        return (
            *literals(("xx-xxxx", "XX-XXXX")),
            *literals(cross + unit for cross in CROSSES for unit in spellings(UNIT_WORDS.split("|"))),
            expression(rf"{CROSS} {dates}"),
            expression(rf"(?:1[89]|20|２０)(?:{CROSS}{CROSS}|\*\*|＊＊|##|＃＃|□□|○○|◯◯)"),
            expression(rf"(?:19|20)(?:\d|{CROSS}|\*)?(?:{CROSS}|\*|＊)(?: ?年|{close})"),
            *literals(star + unit for star in "*＊" for unit in spellings(STARRED_UNITS.split("|"))),
            expression(rf"(?:\*|＊)(?: ?月|年)|月(?:\*|＊){{1,4}}{written('日号')}"),
            expression(r"(?:○|◯|〇)(?:月|日)"),
            *literals(
                sign + sign + unit
                for sign in "○◯〇"
                for unit in ("円", "人", "名", "個", "歳", "件", "年間", "%", "％")
            ),
            *literals(sign + unit for sign in "○◯〇" for unit in ("万円", "億円")),
            *literals(("20_年", "20__年", "20_ 年", "20__ 年")),
            *literals(part + cross for part in spellings("午晚早晨日") for cross in CROSSES),
            expression(rf"{fields}(?::|：)? ?{CROSS}{CROSS}"),
            expression(rf"{close}(?:[\xe4-\xe9]..|\d){{0,10}}(?:{CROSS}|\*|＊){{1,6}}{written('号')}"),
        )

    def check_line(self, line: Line) -> Iterable[Finding]:
        """The masked dates and numbers of a line."""
        for mask in masks(line, NUMBER):
            text = line.text[mask.start : mask.end]
            message = f"`{text}`: a date or number was masked here; fill it in or drop the document"
            yield Finding(mask.start, mask.end, message, severity=mask.severity, confidence=mask.confidence)
