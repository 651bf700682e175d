"""What encodings are called."""

from __future__ import annotations

NAMES = {
    "gb18030": "GBK (GB 18030)",
    "cp950": "Big5",
    "big5hkscs": "Big5 (HKSCS)",
    "cp932": "Shift-JIS (Windows-31J)",
    "euc_jp": "EUC-JP",
    "cp949": "EUC-KR (Windows-949)",
    "johab": "Johab",
    "utf-8": "UTF-8",
    "utf-16-le": "UTF-16 (little endian)",
    "utf-16-be": "UTF-16 (big endian)",
    "utf-32-le": "UTF-32 (little endian)",
    "utf-32-be": "UTF-32 (big endian)",
    "koi8-r": "KOI8-R",
    "koi8-u": "KOI8-U",
    "mac-roman": "Mac Roman",
    "mac-cyrillic": "Mac Cyrillic",
}


def encoding_name(encoding: str) -> str:
    """What people call a Python codec."""
    if encoding in NAMES:
        return NAMES[encoding]
    if encoding.startswith("iso"):
        return encoding.replace("iso8859", "ISO 8859")
    if encoding.startswith("cp125") or encoding == "cp874":
        return f"Windows-{encoding[2:]}"
    return encoding.upper().replace("CP", "code page ")
