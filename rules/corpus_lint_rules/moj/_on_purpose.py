"""Misread text that is shown on purpose: as an example, in a text about encodings."""

from __future__ import annotations

NEAR = 100
"""Characters before and behind a damaged place in which words may say that it is shown on purpose."""
SHORTEST = 2
"""Characters of a word that stands near its damaged form on purpose, and not because it is frequent."""
ABOUT = (
    "乱码|亂碼|编码|編碼|解码|解碼|字[符元]集|文字化け|文字コード|깨[지진]|인코딩|кодиров|кракозябр"
    "|(?i:mojibake|encoding|charset|decoded|code ?page|utf-?8|unicode|windows-125|iso-8859|latin-1|cp125)"
    r"|\b(?:GB[K2]\w*|Big5|BIG5)"
)
BECOMES = (
    "变成|變成|变为|變為|成了|[代取]替|替代|取代|写[成作]|寫[成作]|记作|記作|呈现|呈現|显示[为成]|顯示[為成]|读[成作]|讀[成作]|当成|當成|看[到见見]|出现|出現|[显顯]示的|になる|になっ|と表示"
    "|превраща|отобража"
    r"|(?i:\b(?:becom\w*|became|turn(?:s|ed)? into|comes? out as|look(?:s|ed)? like|appear(?:s|ed)?|show(?:s|n|ed)?"
    r"|displayed|rendered|instead of|see|replace[sd]?|garbled|wird zu|devient|aparece)\b)"
)
"""What a sentence says of a sign that has become another."""
JOINING = (
    "for|instead of|rather than|für|statt|als|pour|au lieu de|por|en lugar de|em vez de|per|invece di|вместо|から"
    "|→|->|=>|="
)
"""What stands between a damaged sign and the right one."""
OPENING, CLOSING = "“‘「『\"'《", "”’」』\"'》"


def word(text: str, start: int, end: int, content: str) -> str:
    """The word that stands there when a place of a text is ``content``, as far as its letters are no Han characters."""
    from corpus_lint import expressions as re

    letters = r"[A-Za-z\u00c0-\u052f’'-]*"
    before = re.search(f"{letters}$", text[max(0, start - NEAR) : start])
    behind = re.match(letters, text[end : end + NEAR])
    return (before[0] if before else "") + content + (behind[0] if behind else "")


def is_shown(text: str, start: int, end: int, right: str = "") -> bool:
    """Whether the damage is shown on purpose.

    That is in a line about encodings, as inline code, or where the line says what becomes of what: alone in quotation
    marks, or with the ``right`` word near it.
    """
    from corpus_lint import expressions as re

    near = text[max(0, start - NEAR) : end + NEAR]
    if right and re.match(rf"\W?\s*(?:{JOINING})\s*\W?{re.escape(right)}(?!\w)", text[end : end + NEAR]):
        return True
    if re.search(ABOUT, near) or (text.count("`", 0, start) % 2 == 1 and "`" in text[end:]):
        return True
    is_quoted = text[start - 1 : start] in tuple(OPENING) and text[end : end + 1] in tuple(CLOSING)
    is_beside = len(right) >= SHORTEST and right in near
    return (is_quoted or is_beside) and re.search(BECOMES, near) is not None
