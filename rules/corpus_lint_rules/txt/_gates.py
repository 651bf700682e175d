"""Short lines by which a site closes the rest of a text to those who have not paid or signed in."""

from __future__ import annotations

from functools import cache

from corpus_lint import expressions as re

SIGNS = (
    *("登录后", "登陆后", "登錄後", "登入後", "注册后", "註冊後", "付费后", "购买后", "订阅后", "会员可", "會員可"),
    *("会员专享", "付费阅读", "付費閱讀", "付费内容", "付費內容", "解锁全文", "解鎖全文", "试读已结束", "试读结束"),
    *("试读部分", "試讀", "订阅查看", "购买查看", "开通会员", "subscribers only", "subscriber-only", "subscriber only"),
    *("members only", "to continue reading", "to keep reading", "ubscribe to read", "to read the full"),
    *("to read the rest", "to unlock", "aux abonnés", "la suite est", "pour lire la suite", "für Abonnenten"),
    *("eiterlesen mit", "kostenpflichtig", "para suscriptores", "agli abbonati", "para assinantes", "voor abonnees"),
    *("по подписке", "только подписчикам", "для подписчиков", "会員限定", "有料会員", "続きを読むには", "残り"),
    *("유료회원", "유료 회원", "로그인 후", "구독자 전용"),
)
"""One of these such a line has."""
LABEL = r"(?<=\S)\s*[\[［(（【](?:有料)?会員限定[\]］)）】]\s*$"
"""The mark behind the title of an article that is closed: in a list it is said of other pages."""
LONGEST = 90
"""Characters of a line that is no more than such a notice."""
REST = "(?:剩余|剩下|余下|其余|以下|下面|后续|后面|完整|隐藏|剩餘|餘下|其餘|後續|後面|隱藏|全文|本文|更多)"
GATE = (
    "(?:登录|登陆|注册|会员|付费|购买|订阅|开通|下载|客户端|解锁|登入|註冊|會員|付費|購買|訂閱|開通|下載|解鎖|VIP|APP)"
)
SEEN = "(?:查看|阅读|观看|可见|浏览|解锁|继续|閱讀|觀看|可見|瀏覽|解鎖|繼續|看全文)"
ASKED = r"\b(?:subscribe|sign in|log in|register|upgrade|join|sign up|create an? (?:free )?account)"
NOTICES = (
    rf"{REST}.{{0,14}}{GATE}.{{0,8}}{SEEN}",
    rf"{GATE}(?:后|後|即可|方可|才能|可).{{0,4}}{SEEN}.{{0,4}}(?:{REST}|[内內]容|全部)",
    "[试試][读讀]已?[结結]束|解[锁鎖](?:全文|本文)|付[费費](?:[阅閱][读讀](?:全文|本文)|[内內]容)",
    r"(?i:\b(?:for|to) (?!(?:group|team|family|staff|class) )(?:\w+ )?(?:subscribers|members) only)",
    r"(?i:\b(?:subscriber|member)s?[- ]only (?:article|story|content|post))",
    rf"(?i:{ASKED}.{{0,40}}\bto (?:continue|keep|finish) reading)",
    r"(?i:\bto (?:continue|keep) reading.{0,40}(?:subscri|sign|log in|regist|account|member))",
    rf"(?i:{ASKED}.{{0,30}}\bto (?:read|unlock|access|view) (?:(?:the|this) )?"
    r"(?:full|rest|whole|entire|story|article|post))",
    r"(?i:réservée?s? (?:aux|à nos) abonnés|pour lire la suite|la suite est (?:réservée|accessible))",
    r"(?i:(?:nur )?für (?:unsere )?Abonnenten|Weiterlesen mit|(?:Artikel|Inhalt) ist kostenpflichtig)",
    r"(?i:(?:exclusiv|sol|reservad)[oa]s? para (?:suscriptores|assinantes)|riservat[oa] agli abbonati)",
    r"(?i:(?:alleen|exclusief) voor abonnees)",
    r"доступ\w* .{0,30}(?:по подписке|только подписчикам|для подписчиков)",
    "(?:только|лишь) (?:по подписке|для подписчиков|подписчикам)",
    r"(?:会員限定|有料会員)(?:の|限定|記事|です)|続きを読むには|残り[:： ]?\d+文字",
    "(?:유료 ?회원|구독자).{0,6}(?:전용|기사)|로그인 후.{0,10}(?:보실|읽)"
    "|(?:기사|콘텐츠|본문|전문|글은).{0,12}로그인 후.{0,10}이용",
)


def is_notice(text: str) -> bool:
    """Whether a line, without white space around it, is such a notice."""
    return (
        len(text) <= LONGEST
        and not text.endswith(("?", "？"))
        and any(sign in text for sign in SIGNS)
        and _notice().search(re.sub(LABEL, "", text)) is not None
    )


def is_sure(text: str) -> bool:
    """Whether it can be nothing else: a line of several clauses, or an item, may be prose about such a thing."""
    return len(re.findall("[，,、；;]", text)) <= 1 and not text.startswith(("-", "*", "#", ">", "|", "•"))


@cache
def _notice() -> re.Pattern[str]:
    return re.compile("|".join(NOTICES))
