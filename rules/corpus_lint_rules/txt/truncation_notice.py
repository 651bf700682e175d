"""TXT009 truncation-notice."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from corpus_lint import expressions as re
from corpus_lint.finding import Confidence, Finding
from corpus_lint.rule import Bad, Good, LineRule, Trigger, expression, literals

from . import _gates as gates
from ._layout import in_fence, is_code

if TYPE_CHECKING:
    from collections.abc import Iterable

    from corpus_lint.document import Line

MARKERS = (
    "展开全文|阅读全文|查看全文|点击展开|查看更多|阅读更多|更多|详细内容|详细|详情|全文"
    "|展開全文|閱讀全文|閱讀更多|詳細|詳情"
)
ENGLISH = "read more|continue reading|read the rest|see more|view more|click to expand"
ABROAD = (
    "mehr lesen|lire la suite|leer más|seguir leyendo|sigue leyendo|continuar leyendo|leia mais|ler mais"
    "|continue lendo|continua a leggere|leggi tutto|leggi di più|lees verder|lees meer|czytaj dalej"
    "|czytaj więcej|läs mer|les mer|læs mere|lue lisää|devamını oku|đọc tiếp|читать далее|читать дальше"
    "|читать полностью|читати далі|続きを読む|もっと見る|계속 읽기|더 보기"
)
"""The same in other languages, at the end of the line."""
WITH_TITLE = "weiterlesen|verder lezen|okumaya devam et|の続きを読む"
"""Of them, what blogs write behind the title of the page that goes on."""


class TruncationNotice(LineRule):
    """The text says itself that the rest of it was not shown.

    A page, a feed or a list showed only the beginning: `...展开全文`, `……[更多]`, `... Read more`,
    `……此处隐藏646个字……`. What stands before is no whole text, and what it says may be the opposite of what the whole
    says. The rest is not known, so there is no fix: fetch the whole document, or drop the passage.

    A button's words count only directly behind an ellipsis, at the end of a line or in brackets; a serial's
    （未完待续） is of medium confidence, for its author may have written it. A short line by which a site closes the
    rest of its text to those who have not paid or signed in is one as well, in eleven languages. Left alone: the same
    words in a sentence of prose, code, and the mark of a closed article behind its title in a list of others.
    """

    code = "TXT009"
    name = "truncation-notice"
    examples = (
        Bad("这篇文章介绍了如何防范诈骗⟦...展开全文⟧"),
        Bad("近日，我市公安机关破获一起案件⟦……【详细】⟧\n另据报道，明天有雨⟦……[更多]⟧"),
        Bad("The council met on Monday to discuss the plan [⟦...] Continue reading⟧ →"),
        Bad("我认为这一点非常重要，因为它⟦……此处隐藏646个字……⟧总之要努力。"),
        Bad("The council met on Monday to discuss the plan⟦... Read more⟧"),
        Bad("本文以三个村为例，考察了宗族的变迁。\n⟦（剩余4208字）⟧"),
        Bad("Die Pflanzen im Beet sind kräftiger, ⟦… Zwischenstand im Juni weiterlesen⟧"),
        Bad("Утром мост закрыли⟦... Читать далее⟧ »"),
        Good("Er wollte noch … ach, er wollte nur weiterlesen, bis es dunkel wurde."),
        Bad("他推开门，看见了一个人。⟦（未完待续）⟧"),
        Bad("他记得那首歌是今年下⟦（本章未完，请翻页）⟧"),
        Bad("目前已有社员二百三十户，占全村总户数的七成。\n⟦剩余内容请登录后查看⟧"),
        Bad("She would not say.\n⟦This story is for subscribers only. Already a subscriber? Sign in⟧"),
        Bad("Le marché attire du monde.\n⟦Cet article est réservé aux abonnés. Il vous reste 75 % à découvrir.⟧"),
        Bad("昨日の会議で決まった。\n⟦この記事は有料会員限定です。残り 1203文字⟧"),
        Good("1. 港に新しい埠頭［有料会員限定］\n2. 漁港の朝市が再開［有料会員限定］"),
        Bad("항구에 새 부두가 생겼다.\n⟦이 기사는 로그인 후 이용하실 수 있습니다⟧"),
        Good("항구에 새 부두가 생겼다.\n댓글 0 로그인 후 이용해 주세요"),
        Good(
            "请先登录后再查看订单，如果忘记了密码，可以用手机号找回，也可以请管理员重新设置，这在前面的章节里已经说过了。"
        ),
        Good("Give read only access for docs directory and all its files to group members only"),
        Good("The club was for members only, and its library kept every paper that was ever printed in the county."),
        Good("分析人士認為集團完全免費開放報紙的網絡付費內容會造成什麼影響？"),
        Good("更多内容请看全文。他还没吃完，未完的工作也做完了。To read more, see the manual."),
        Good("点击“展开全文”按钮即可查看更多内容……更多的人来了。\n```\ntext... Read more\n```"),
    )

    def make_triggers(self) -> tuple[Trigger, ...]:
        """An ellipsis before a button's words, a notice of what is hidden, a serial's last line."""
        return (
            *(
                Trigger(word.encode(), is_literal=True, tail=24)
                for words in (ABROAD, WITH_TITLE)
                for word in _spelt(words)
            ),
            expression(rf"(?:\.\.|…|⋯) ?(?:\[|【|（|\(|<)? ?(?:{MARKERS})"),
            expression(rf"(?:\.\.|…)[\])]? ?[\[(<]?(?:{ENGLISH})", caseless=True),
            *(trigger._replace(in_short_lines=True) for trigger in literals(gates.SIGNS)),
            *literals(
                (
                    "此处隐藏",
                    "此處隱藏",
                    "（剩余",
                    "(剩余",
                    "（剩餘",
                    "（未完",
                    "(未完",
                    "【未完",
                    "[未完",
                    "全文未完",
                    "（本章未完",
                    "(本章未完",
                    "（本节未完",
                    "(本节未完",
                    "（本節未完",
                    "(本節未完",
                    "[更多]",
                    "【更多】",
                )
            ),
        )

    def check_line(self, line: Line) -> Iterable[Finding]:
        """The notices of a line."""
        for match in _marker().finditer(line.text):
            if is_code(line.text) or in_fence(line.document, line.start):
                return
            yield Finding(
                match.start(),
                match.end(),
                f"`{match[0].strip()}`: only the beginning of this text was shown; fetch the whole or drop it",
                confidence=None if match["sure"] else Confidence.MEDIUM,
            )
        notice = line.text.strip()
        if gates.is_notice(notice) and not is_code(line.text) and not in_fence(line.document, line.start):
            start = line.text.index(notice)
            yield Finding(
                start,
                start + len(notice),
                "the rest of this text was shown only to those who pay or sign in; fetch the whole or drop it",
                confidence=None if gates.is_sure(notice) else Confidence.MEDIUM,
            )


def _spelt(words: str) -> list[str]:
    """The words, and as they are spelt at the beginning of a sentence."""
    return sorted({spelling for word in words.split("|") for spelling in (word, word[0].upper() + word[1:])})


@cache
def _marker() -> re.Pattern[str]:
    return re.compile(
        rf"(?P<sure>(?:\.{{2,}}|…+|⋯+) ?(?:[\[【（(<] ?(?:{MARKERS}) ?[\]】）)>](?:>+|»)?|(?:{MARKERS})(?=\s*$)"
        rf"|[\])]? ?[\[(<]?(?i:{ENGLISH})\b[\])>]?)|…*此[处處][隐隱]藏\d+[个個]?字…*"
        rf"|(?:\.{{2,}}|…)[\])]? ?[\[(<]?(?:{'|'.join(_spelt(ABROAD))}"
        rf"|[^.!?…\n]{{3,90}} (?:{'|'.join(_spelt(WITH_TITLE))}))"
        r"[\])>]?(?=[»>→\s]{0,6}$)"
        r"|[（(] ?剩[余餘] ?\d{2,6} ?字 ?[）)](?=\s*$)"
        r"|(?<=\w)[（(【\[]本[章节節]未完.{0,12}[）)】\]](?=\s*$))"
        r"|[（(【\[](?:全文)?未完(?:待[续續])?(?:[，,].{0,12})?[）)】\]]|(?<=[。！？…])[\[【]更多[\]】](?=\s*$)"
    )
