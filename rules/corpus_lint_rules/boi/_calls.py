"""Short lines that ask their reader to go somewhere: the texts of buttons and of links."""

from __future__ import annotations

from functools import cache

from corpus_lint import expressions as re

from . import _forms as forms

LONGEST_CALL = 45
CALL_STARTS = frozenset("ABCDEFGIJLMPRSTUVW")
LINK_ENDS = "»›→►▶⟩❯>＞▼▾⌄"
LINK_STARTS = "«‹←◄◀⟨❮"
LINK = (
    r"[«‹←◄◀⟨❮]\s?[^«‹←◄◀⟨❮»›→►▶⟩❯。！？]{2,40}|[^«‹←◄◀⟨❮»›→►▶⟩❯。！？<>]{2,40}\s?[»›→►▶⟩❯▼▾⌄]"
    r"|[^«‹←◄◀⟨❮»›→►▶⟩❯。！？<>]{2,40}\s?[>＞]{2,3}|[\u2e80-\U0010ffff]{2,24} ?[>＞]"
)
"""A short text with an arrow that leads elsewhere."""
CALLS = (
    r"back to",
    r"add to",
    r"get (?:quote|price)",
    r"get (?:an?|the|your|my) (?:free )?(?:quote|estimate|demo|app|guide|newsletter)",
    r"more (?:info|information|about|in|on)",
    r"sign (?:up|in|out)",
    r"log (?:in|out)",
    r"start (?:now|free|(?:a|your) free)",
    r"request (?:an?|the|info|information|quote|demo|access|service)",
    r"submit",
    r"subscribe",
    r"unsubscribe",
    r"toggle",
    r"show (?:all|more|less|only|menu|submenu|comments)",
    r"visit (?:our|the|site|website|page|store)",
    r"load",
    r"see (?:it|the|all|more|our)",
    r"check price",
    r"last edited",
    r"image credit",
    r"photo courtesy",
    r"please (?:enter|select|choose|fill|log|sign|wait)",
    r"skip",
    r"enter (?:your|an?)",
    r"sort by",
    r"donate",
    r"go to",
    r"return to",
    r"speak to",
    r"talk to (?:an?|our|sales)",
    r"written by",
    r"become an?",
    r"browse (?:all|our|by|the)",
    r"view (?:all|more|our|on|full|the|details|cart|profile|as|company|latest)",
    r"explore (?:all|our|the|more)",
    r"shop (?:all|by|now|the|our|sale|new)",
    r"jump to",
    r"read (?:the|more|full|article|entire|less|our|customer|story|reviews?)",
    r"learn more",
    r"find (?:a store|out|a location)",
    r"discover more",
    r"download (?:our|the|now|pdf|app)",
    r"watch (?:the|now|video|webinar)",
    r"join (?:our|us|now|free)",
    r"contact (?:us|our|sales)",
    r"follow (?:us|me|on)",
    r"share (?:this|on|via|the)",
    r"try (?:it|now|for free|free)",
    r"book (?:now|online|an? (?:demo|call|appointment|tour))",
    r"schedule an? (?:demo|call|appointment|consultation|tour)",
    r"register (?:now|here)",
    r"open (?:menu|submenu|media|navigation)",
    r"close (?:menu|navigation|search|modal)",
)
LEADS = (
    r"(?-i:(?:View|Explore|Browse|Shop|Request|Visit|Submit|Download) "
    r"(?:(?:the|all|our|your|more|a|an|my) )*[A-Z0-9][\w&'’-]*"
    r"(?: (?:[A-Z0-9&][\w&'’-]*|and|of|for|in|on|to|the|by|with))*)[!→>]?"
    r"|(?-i:[A-Z][\w'’-]*(?: (?:[A-Z][\w'’-]*|an?|the|to|of|for|with|in|on|and|your|our)){1,6} (?:Today|Now|Free)[!.]?)"
)
"""The same with the name of what it leads to. Of such lines 12 % stood in the main text of labelled pages."""
CALL = rf"(?-i:(?=[A-Z]))(?:{'|'.join(CALLS)})\b[^.!?:]{{0,36}}"
"""A short line that asks to go somewhere or to do something: a button, or the text of a link. In a thousand labelled
pages (WCXB) 3 % of such lines stood in the main text, most of them buttons there, too."""


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


def is_call(text: str) -> bool:
    """Whether a line asks its reader to go somewhere, as buttons in English do."""
    return 3 < len(text) <= LONGEST_CALL and text[0] in CALL_STARTS and _compiled(CALL).fullmatch(text) is not None


def is_lead(text: str) -> bool:
    """Whether a line leads to something by its name, as ``View Full Menu``."""
    return 3 < len(text) <= LONGEST_CALL and text[0] in CALL_STARTS and _compiled(LEADS).fullmatch(text) is not None


def is_link(text: str) -> bool:
    """Whether a line has the arrow of a link behind it or in front of it."""
    return (
        2 < len(text) <= forms.LONG_WIDTH
        and (text[-1] in LINK_ENDS or text[0] in LINK_STARTS)
        and (_compiled(LINK).fullmatch(text) is not None and _compiled(forms.CODE).search(text) is None)
    )
