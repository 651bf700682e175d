"""BOI012: what a language model said to its user, and the marks of its prompt."""

from __future__ import annotations

from typing import TYPE_CHECKING

from corpus_lint.finding import Applicability, Confidence, Finding, Fix
from corpus_lint.rule import Bad, Good, RegionRule, expression, literals

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from corpus_lint.document import Document, Line
    from corpus_lint.rule import Trigger

    from ._assistant import Saying

MESSAGES = {
    "mark": "a mark of a chat model's prompt; take the prompt apart, or drop the document",
    "field": "a heading of a prompt for a language model; take the prompt apart, or drop the document",
    "self": "a language model speaks of itself: the text was generated, and what was asked for is missing; drop it",
    "opening": "a language model hands over what was asked for; delete the line, and know that the text was generated",
    "closing": "a language model asks for more; delete the line, and know that the text was generated",
}


class AssistantResidue(RegionRule):
    """What a language model said to its user, or the marks of its prompt, stand in the text.

    Somebody let a model write a page and pasted the answer as it came: `As an AI language model, I cannot…`,
    作为一个人工智能语言模型，我…, `Sure! Here is an essay about…:`, and, out of the plumbing of such models,
    `<|im_start|>`, `[INST]`, `</think>`, `【4†source】`, `turn0search3`. A model that reads it learns to
    call itself somebody else's product, to refuse, and to write the marks at which its own prompts end.

    Marks are certain; headings such as `### Instruction:` when a document has two different ones. What a model says of
    itself counts in the first person and at the beginning of a sentence, in eleven languages. The line with which it
    hands over may be written by a person: it is of medium confidence, unless the document has another sign; the one
    with which it asks for more counts only then. Left alone: quotations, and code; in a text about language models the
    confidence is medium, and so it is for a single mark at the end of a text, by which training data says where an
    answer stops.

    Deleting a line that hands over or asks for more is unsafe. Else there is no fix: where a model speaks of itself
    what was asked for is missing, and a prompt has to be taken apart. Whoever lints conversations on purpose ignores
    this rule for them.
    """

    code = "BOI012"
    name = "assistant-residue"
    examples = (
        Bad("渔港很早就醒了。\n⟦作为一个人工智能语言模型，我⟧没有亲身经历，但我可以描述。\n中午，摊子都空了。"),
        Bad(
            "⟦当然可以！以下是一篇关于渔港的作文：⟧\n渔港很早就醒了。\n⟦希望这篇作文对您有所帮助！如果您还有其他问题，请随时告诉我。⟧\n",
            "渔港很早就醒了。\n",
        ),
        Bad("The lamps move along the quay. ⟦As an AI language model, I⟧ do not have personal experiences."),
        Bad(
            "⟦Sure! Here is a short essay about the harbour:⟧\nLamps move along the quay.\n"
            "⟦I hope this helps! Let me know if you would like me to make it longer.⟧",
            "Lamps move along the quay.",
        ),
        Bad("⟦<|im_start|>⟧user\n早市几点开门？⟦<|im_end|>⟧"),
        Bad("⟦### Instruction:⟧\n把句子翻译成英文。\n⟦### Response:⟧\nThe market opens at four."),
        Bad("⟦<think>⟧用户问的是时间，回答四点。⟦</think>⟧早市四点开门。"),
        Bad("早市四点开门⟦【4†source】⟧，六点散市。"),
        Bad("早市四点开门。⟦citeturn0search3⟧\n六点散市。⟦turn0search1turn2view0⟧"),
        Good("The function is called upturn0view1, its file turn_0_search."),
        Bad("⟦Als KI-Sprachmodell kann ich⟧ dazu keine Meinung haben."),
        Good(
            '有人把“作为一个人工智能语言模型，我无法……”也抄了进去。论文里出现过 "As an AI language model, I cannot"。'
        ),
        Good("作为人工智能专业的学生，我们要打好基础。作为一名教师，我很高兴。"),
        Good("As an artist, I paint. The AI said, “As an AI, I have no fear.”"),
        Good("模型的提示以 `<|im_start|>` 开头。\n```\n<|im_end|>\n```"),
        Good("如果您有任何问题，请随时联系我们。\n以下是今天的菜单：\n当然，这是一件好事。"),
        Good("Here are the numbers you asked for.\nLet me know if you need anything else."),
        Good("### Instruction:\n先把鱼洗净。"),
    )

    def make_triggers(self) -> Sequence[Trigger]:
        """What every such line has."""
        from ._assistant import EXPRESSIONS, SIGNS

        return (*literals(SIGNS), *map(expression, EXPRESSIONS))

    def check_lines(self, document: Document, lines: Sequence[Line]) -> Iterable[Finding]:
        """One finding for each thing that was said."""
        from . import _assistant as assistant

        found = [
            (line, saying)
            for line in lines
            for saying in assistant.sayings(line.text)
            if not document.markup.in_code(line.start + saying.start)
        ]
        headings = {line.text.strip() for line, saying in found if saying.kind == "field"}
        if len(headings) < 2:
            found = [(line, saying) for line, saying in found if saying.kind != "field"]
        kinds = {saying.kind for _, saying in found}
        if not kinds - {"closing"}:
            return
        is_shown = assistant.is_about_models(_without(document.text, found))
        for line, saying in found:
            is_alone = len(found) == 1 and _is_end(document, line, saying)
            is_alone |= saying.kind == "opening" and len(kinds) == 1
            yield _finding(line, saying, is_sure=not (is_shown or is_alone))


def _is_end(document: Document, line: Line, saying: Saying) -> bool:
    """Whether a mark ends the document, as data for training a model says on purpose where an answer stops."""
    return saying.kind == "mark" and not document.text[line.start + saying.end :].strip()


def _finding(line: Line, saying: Saying, *, is_sure: bool) -> Finding:
    from . import _deletion as deletion

    fix: Fix | None = None
    if saying.kind in ("opening", "closing"):
        fix = deletion.delete_line(line, lambda text: False, Applicability.UNSAFE)
    confidence = None if is_sure else Confidence.MEDIUM
    found = Finding(saying.start, saying.end, MESSAGES[saying.kind], fix, confidence=confidence)
    return found.shifted(line.start)


def _without(text: str, found: Sequence[tuple[Line, Saying]]) -> str:
    """The text without what was said in it, which names models, too."""
    pieces = []
    position = 0
    for start, end in sorted((line.start + saying.start, line.start + saying.end) for line, saying in found):
        pieces.append(text[position:start])
        position = max(position, end)
    return " ".join((*pieces, text[position:]))
