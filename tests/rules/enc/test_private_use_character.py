"""ENC006: a table of private-use characters is one finding, however long it is."""

from __future__ import annotations

from corpus_lint.document import Document
from corpus_lint_rules.enc.private_use_character import PrivateUseCharacter

TEXT = "的诈骗电话\ue4b2客服头娫捦伪装"


def findings(text: str) -> list[tuple[int, int]]:
    found = PrivateUseCharacter().check(Document(text))
    return sorted((finding.start, finding.occurrences) for finding in found)


def test_a_table_of_an_input_method_is_one_finding() -> None:
    table = "".join(f"ybhx {chr(0xE000 + number)}\n" for number in range(400))
    assert findings(table) == [(5, 400)]
    assert findings(table + TEXT) == [(5, 400), (len(table) + 5, 1)]


def test_a_few_lines_that_end_with_one_are_told_one_by_one() -> None:
    assert findings("Menu \ue005\n" * 3) == [(5, 1), (12, 1), (19, 1)]
    assert findings("\ue005 Home \ue006\n" * 2) == [(0, 2), (9, 2)]
