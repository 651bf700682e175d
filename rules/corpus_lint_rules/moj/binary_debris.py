"""MOJ007 binary-debris."""

from __future__ import annotations

from typing import TYPE_CHECKING

from corpus_lint.finding import Applicability, Confidence, Edit, Finding, Fix, Severity
from corpus_lint.rule import Bad, DocumentRule, Good, literals

if TYPE_CHECKING:
    from collections.abc import Iterable

    from corpus_lint.census import Census
    from corpus_lint.document import Document

SWAPPED = "琀椀渀漀爀猀"
"""Letters one of which any English text has, in UTF-16 with their two bytes swapped."""
LIGATURES = ("昀昀椀", "昀昀氀", "昀昀", "昀椀", "昀氀", "昀琀", "昀樀", "琀椀", "琀琀", "吀栀")
"""ffi, ffl, ff, fi, fl, ft, fj, ti, tt and Th in the same way: a font has one glyph for them, and names it so."""
PACKED = "\u2065\u2072\u2073"
"""What e, r and s with a space behind them are as one character of UTF-16: no character has these numbers."""


class BinaryDebris(DocumentRule):
    r"""Bytes that never were text stand in it: fill bytes (`烫烫烫烫烫`), a binary file (`ࡱ>`), characters all lost.

    A program wrote memory that it had not filled (烫 is the byte CC twice, read as GBK; 屯 is CD), a file of Word,
    PDF or zip was kept as if it were text, or all characters of a text became U+FFFD or question marks. Nothing can
    be learned from it, and in a corpus it is copied a thousandfold.

    Each kind is one finding a document, on the first place. Found are runs of fill characters, signatures of the
    commonest file formats, a document of which one character in ten is U+FFFD, lines of question marks, a byte-order
    mark read as GBK (`锘縤mport`), UTF-16 with swapped bytes (`䠀攀氀氀漀`; in words of a PDF file often the letters of
    a ligature only: `昀椀nal`), and English read as UTF-16 (`畂桳栠摩`).

    Left alone are short runs and those that are spoken of (the joke about 烫烫烫), 锘 as the element nobelium, and
    names of formats in prose. Runs of five to fifteen fill characters and single lines of question marks have medium
    confidence.

    Only the byte-order mark, swapped bytes and English can be repaired: safely, as reading the result wrongly again
    gives the same characters; but unsafe where no small words of English show in which order two bytes made one
    character. For the rest there is no fix: drop the document, or extract it from its source again.

    Source: the fill bytes are those of Microsoft's C runtime under a debugger; the signatures are those that each
    format's specification gives.
    """

    code = "MOJ007"
    name = "binary-debris"
    wants_some_of = ("replacement",)
    severity = Severity.ERROR
    explains = True

    triggers = literals(
        (
            *(character * 5 for character in "烫屯葺铪ÌÍýþﾍﾌ"),
            *("ࡱ", "ÐÏ\x11à¡±", "ÐÏà¡±", "邢\x11唷", "邢唷", "bjbj", "%PDF-", "PK\x03\x04", "[Content_Types].xml"),
            *("IHDR", "JFIF", "Exif", "{\\rtf1", "\x7fELF", "be run in DOS mode", "锘", "????????"),
            *SWAPPED,
            *("昀昀", "昀氀", "昀樀", "吀栀"),
            *PACKED,
        )
    )

    examples = (
        Bad("输出：⟦烫烫烫烫烫烫烫烫烫烫烫烫烫烫烫烫⟧虉", None),
        Bad("姓名：⟦屯屯屯屯屯屯屯屯屯屯⟧\n年龄：烫烫烫烫烫烫", None),
        Bad("\ufffd\ufffd\x11⟦\u0871⟧\x1a\ufffd>\0\x03\0\ufffd\ufffd\t\0", None),
        Bad("⟦%PDF-1.4⟧\n1 0 obj\n<< /Type /Catalog >>\nendobj\n", None),
        Bad("⟦锘縤⟧mport os", "import os"),
        Bad("⟦䠀攀氀氀漀⟧，世界", "Hello，世界"),
        Bad(
            "早市\n⟦瑁映癩\u2065桴\u2065楦獲\u2074潢瑡\u2073潣敭椠\u206e⟧\n开市",
            "早市\nAt five the first boats come in \n开市",
        ),
        Bad("Les ⟦昀椀⟧bres sont 昀氀ottées, e昀昀ec琀椀vement.", "Les fibres sont flottées, effectivement."),
        Good("纪昀椅上，昀氀二字，琀椀 之名。"),
        Bad("中⟦" + "\ufffd" * 20 + "⟧文", None),
        Bad("⟦?????? ???, ????? ???????? ?? ???.⟧\n??? ????? ?? ??????? ???? ????? ???????\n", None),
        Good("手持两把锟斤拷，口中疾呼烫烫烫烫烫。脚踏千朵屯屯屯屯屯，笑看万物锘锘锘。"),
        Good("烫烫烫！快放下\n未初始化的栈会输出“烫烫烫烫烫烫烫烫烫烫”这样的乱码"),
        Good("锕系元素：锿、镄、钔、锘、铹；锘(No)的原子序数是102"),
        Good("PDF 文件以 %PDF-1.4 开头，zip 以 PK 开头，JPEG 里有 JFIF 和 Exif 字样"),
        Good("为什么????????\n????-??-?? ??:??:??\n攀登、栀子花、最近、一刀、戀愛"),
    )

    def wants(self, census: Census) -> bool:
        """Whether so many characters are lost that the document is no text."""
        if not census.replacement:
            return False
        from ._debris import SHARE, SOLID

        return census.replacement >= SOLID and census.replacement * SHARE >= sum(census)

    def check(self, document: Document) -> Iterable[Finding]:
        """One finding for each kind of debris."""
        from ._debris import debris

        for found in debris(document.text):
            message = found.what[0].upper() + found.what[1:]
            if found.number > 1 and not found.edits and "U+FFFD" not in message:
                message += f", here and in {found.number - 1} more place{'s' if found.number > 2 else ''}"
            fix = None
            if found.edits:
                applicability = Applicability.SAFE if found.is_known else Applicability.UNSAFE
                fix = Fix("decode it again", tuple(Edit(*edit) for edit in found.edits), applicability)
                message += "; decode it again."
            else:
                message += "; remove it, or extract the document again."
            confidence = None if found.is_sure else Confidence.MEDIUM
            yield Finding(found.start, found.end, message, fix, occurrences=found.number, confidence=confidence)
