"""SCR003 beyond its examples: in which order Arabic presentation forms stand."""

import unicodedata

import pytest

from corpus_lint.document import Document
from corpus_lint.finding import Applicability, Finding
from corpus_lint_rules.scr.compatibility_form import CompatibilityForm

READ = "ﻓﺘﺤﺖ ﻣﻜﺘﺒﺔ ﻓﻲ ﺍﻟﻤﺪﻳﻨﺔ"
ORDINARY = "فتحت مكتبة في المدينة"


def findings(text: str) -> list[Finding]:
    """What the rule says of a document."""
    return list(CompatibilityForm().check(Document(text)))


def test_forms_as_they_are_read_are_written_safely() -> None:
    """NFKC is all that such a line lacks."""
    (found,) = findings(READ)
    assert found.fix is not None
    assert found.fix.applicability is Applicability.SAFE
    assert unicodedata.normalize("NFKC", READ) == ORDINARY


@pytest.mark.parametrize(
    ("line", "turned"),
    [
        (READ[::-1], ORDINARY),
        ("ﻲﻓ 1948 ﺔﻨﺳ (Haifa) ﺖﺤﺘﻓ", "فتحت (Haifa) سنة 1948 في"),
        ("See ﺔﺒﺘﻜﻣ there", "See مكتبة there"),
    ],
)
def test_forms_that_stand_backwards_are_not_written_as_they_stand(line: str, turned: str) -> None:
    """NFKC alone would leave the words backwards, in letters that no longer show it."""
    (found,) = findings(line)
    assert found.fix is not None
    assert found.fix.applicability is Applicability.UNSAFE
    assert "backwards" in found.message
    assert Document(line).edited(found.fix.edits).text == turned


def test_a_line_that_does_not_show_its_order_has_that_of_its_document() -> None:
    """ﺩﺍﺭ has letters that join none behind them: it looks the same in both orders."""
    assert [found.fix and found.fix.applicability for found in findings("ﺩﺍﺭ")] == [Applicability.UNSAFE]
    *_, last = findings(f"{READ}\nﺩﺍﺭ")
    assert last.fix is not None
    assert last.fix.applicability is Applicability.SAFE
    *_, last = findings(f"{READ[::-1]}\nﺭﺍﺩ")
    assert last.fix is not None
    assert last.fix.edits[0].content == "دار"


def test_one_form_among_ordinary_letters_has_no_order() -> None:
    """A keyboard has typed the ligature; the word around it is as it is read."""
    (found,) = findings("هذا هو اﻷسهل")
    assert found.fix is not None
    assert found.fix.applicability is Applicability.SAFE


@pytest.mark.parametrize(
    "line",
    [
        "蘒\uf914桗\u2f1f敳瑥渠慬楡猠慬敡搠",
        "Die Straﬂe war leer.\nDer Hund bellte und beruﬂ sich auf M‰nner.",
        "pﬁedposlední vìrsi√n je dÛleûit· pro ˙pravu",
    ],
)
def test_in_misread_text_nothing_is_written_safely(line: str) -> None:
    """The forms are bytes that were read wrongly; another character is other bytes, and nobody can read them again."""
    fixes = [found.fix for found in findings(line)]
    assert all(fix is None or fix.applicability is Applicability.UNSAFE for fix in fixes)
