"""DUP003: a document that is the same text as another."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from corpus_lint.finding import Confidence, Finding, Related
from corpus_lint.rule import Bad, Good, RepeatRule

if TYPE_CHECKING:
    from collections.abc import Iterable

    from corpus_lint.document import Document
    from corpus_lint.repeats import Duplicate

_PAGE = (
    "去年三月，镇农技站与十二个村的种粮大户商定，把分散的农机登记造册，谁家先熟就先帮谁家收割。\n"
    "服务队不收定金，油料由村里垫付，秋后按亩结算。\n"
)


class DuplicateDocument(RepeatRule):
    """A document is the same text as an earlier one.

    A page that a corpus has twice weighs twice in training, and when one copy lies in the training set and the other in
    the test set, the test measures memory. The letters and digits are compared, folded: another script (traditional,
    simplified), another width, other marks, spaces or line breaks, or readings that a converter wrote behind the
    characters make no other document. A copy that is the same to the last byte is said to be.

    The finding sits on the first line of the later document and refers to the first one: ten thousand copies of a page
    give one finding a copy. What such a copy shares with other documents is not told again (DUP002), nor is what it
    repeats of itself.

    Of records with several fields the whole is compared, and told of once. A field by itself is found with medium
    confidence when another record has it beside other fields: a paragraph has several questions by design, a prompt
    several answers.

    Left alone are documents that say too little to be a text (`shortest`), such as an empty form or a greeting, and
    documents that differ in a letter: those are DUP002's, which tells how much they share.

    There is no fix: which of the copies goes is the maintainer's policy; the JSON output has both places, and
    docs/duplicates.md shows a script that deletes by one.
    """

    code = "DUP003"
    name = "duplicate-document"

    class Options:
        """The options of the rule."""

        shortest: Annotated[int, "least weight of a document: a letter or digit counts 1, a Han character 3"] = 60

    options: Options

    examples = (
        Bad((_PAGE, "另一篇文章，写的是渔港。\n", _PAGE.replace("去年", "⟦去年").replace("收割。", "收割。⟧"))),
        # Another script, other marks and line breaks.
        Bad(
            (
                _PAGE,
                "⟦去年三月,鎮農技站與十二個村的種糧大戶商定,把分散的農機登記造冊,誰家先熟就先幫誰家收割。服務隊不收定金,"
                "油料由村裡墊付,秋後按畝結算。⟧\n",
            )
        ),
        Bad(
            (
                "The ferry left the island at six every morning, loaded with milk, letters and three children.\n",
                "\n⟦THE FERRY left the island at six every morning,⟧\nloaded with milk, letters and three children\n",
            )
        ),
        Good((_PAGE, _PAGE.replace("十二", "十三"))),
        Good(("好的，谢谢。\n", "好的，谢谢。\n")),
        Good(("", "")),
    )

    def check_duplicate(self, duplicate: Duplicate) -> Iterable[Finding]:
        """A finding on the first line of the later document."""
        if duplicate.weight < self.options.shortest:
            return
        later, earlier = duplicate.document, duplicate.earlier
        unit = "document" if later.record is None else "field" if duplicate.is_field else "record"
        likeness = (
            f"the same text as an earlier {unit}, character for character"
            if duplicate.is_identical
            else f"the same text as an earlier {unit} but for marks, spaces, width, script or readings"
        )
        yield Finding(
            *_first_line(later),
            f"this {unit} is {likeness}; keep one of them, or a model learns the text by heart",
            confidence=Confidence.MEDIUM if duplicate.is_field else Confidence.HIGH,
            related=(Related(earlier, *_first_line(earlier)),),
            likeness=duplicate.likeness,
        )


def _first_line(document: Document) -> tuple[int, int]:
    """From where to where the first line goes that says anything."""
    text = document.text
    start = len(text) - len(text.lstrip())
    end = next((at for at in range(start, len(text)) if text[at] in "\r\n"), len(text))
    return start, end
