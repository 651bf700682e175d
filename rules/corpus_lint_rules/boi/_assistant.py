"""What a language model says of itself and to its user, and the marks by which its prompts are written."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from corpus_lint import expressions as re
from corpus_lint.named_tuple import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

SIGNS = (
    *("<|im_", "<|end", "<|eot", "<|begin", "<|start", "<|user", "<|assistant", "<|system", "INST]", "SYS>>"),
    *("_of_turn>", "think>", "oaicite", "†", "### Instruction:", "### Input:", "### Response:", "### Human:"),
    *("### Assistant:", "截至我的", "截止我的", "截止到我的", "言語モデル", "私はAI", "언어 모델", "언어모델"),
    *("language model", "Language Model", "s an AI", "m an AI", "just an AI", "only an AI", "s an artificial intell"),
    *("my knowledge", "my training", "y last ", "y latest ", "Sprachmodell", "Als KI", "modèle de langage"),
    *("tant qu'IA", "tant qu’IA", "modelo de lenguaje", "modelo de linguagem", "языковая модель", "модель ИИ"),
    *(
        "mô hình ngôn ngữ",
        "随时告诉我",
        "随时向我",
        "随时提问",
        "随时问我",
        "隨時告訴我",
        "隨時向我",
        "隨時提問",
        "隨時問我",
    ),
    *("Sure!", "Sure,", "Certainly!", "Certainly,", "Of course!", "Of course,", "Absolutely!", "Absolutely,"),
    *("et me know if you", "eel free to ask", "eel free to let me"),
)
EXPRESSIONS = (
    "turn[0-9]{1,2}(?:search|view|news|fetch|file|image)[0-9]",
    "(?:作为|作為|身为|身為|我是|我只是)[^\n]{0,100}(?:AI|人工智|语言模型|語言模型)",
    "(?:当然|當然|好的|没问题|沒問題)[^\n]{0,16}(?:以下|下面|这|這)(?:是|为|為)",
)
"""One of these, or a match of these, every line has that is looked at."""
MARK = (
    r"<\|(?:im_(?:start|end|sep)|endof(?:text|prompt)|(?:begin|end)_of_text|(?:start|end)_header_id|eot_id|system|user"
    r"|assistant|end)\|>|<</?SYS>>|\[/?INST\]|<(?:start|end)_of_turn>|^\s*<think>|</think>"
    r"|\ue200?(?<![\w])(?:cite)?(?:\ue202?turn\d{1,2}(?:search|view|news|fetch|file|image)\d{1,2})+(?![\w])\ue201?"
    r"|:contentReference\[oaicite:\d+\](?:\{index=\d+\})?|【\d+(?::\d+)?†[^】\n]{1,40}】"
)
"""What the templates of chat models write between what is said, and what their search writes for a source."""
FIELD = r"^\s*### (?P<field>Instruction|Input|Response|Human|Assistant):"
"""A heading of a prompt; a document has two of them."""
MODEL = (
    r"(?:一[个個款名位种種])?(?:由.{1,12}(?:开发|開發|训练|訓練)的)?(?:AI|人工智[能慧]|大?型?[语語]言模型)"
    r"(?:AI|大?型?[语語]言模型|模型|助[手理]|程[序式]|系[统統]|聊天[机機]器人)*"
)
"""What a model is in Chinese."""
SELF = (
    rf"(?:作为|作為|身为|身為){MODEL}[，,]\s*我(?![们們])",
    rf"我(?:只)?是{MODEL}[，,。]",
    r"(?:截至|截止到?)我的(?:知识|知識|最后|最後|训练)",
    r"(?i:\bas an? (?:AI|artificial intelligence|(?:large )?language model)\b[\w ]{0,40}, I\b)",
    r"(?i:\bI(?:['’]m| am) (?:just |only |sorry, but as )?an AI (?:language model|assistant|chatbot)\b)",
    r"(?i:\b(?:as of|up to) my (?:last|latest|knowledge|training)[\w -]{0,24}(?:update|cut-?off|data)\b)",
    r"(?i:\bAls KI(?:-\w+)?,? (?:kann|habe|bin|darf) ich\b|\bAls (?:großes )?Sprachmodell,? \w+ ich\b)",
    r"(?i:\bEn tant qu(?:e modèle de langage|['’]IA)\b[^.\n]{0,40}, je\b)",
    r"(?i:\bComo (?:un |um )?modelo de (?:lenguaje|linguagem)\b[^.\n]{0,40}, )",
    r"\bКак (?:большая )?(?:языковая модель|модель ИИ)\b[^.\n]{0,40}, я\b",
    r"\b[Яя] (?:—|-|всего лишь)? ?языковая модель\b",
    r"(?:AI|人工知能)?言語モデル(?:として|である|なので|ですので)|私はAI(?:言語モデル|アシスタント)",
    r"(?:AI|인공지능) ?언어 ?모델(?:로서|이기|이므로)",
    r"(?i:\bLà một mô hình ngôn ngữ\b[^.\n]{0,40}, tôi\b)",
)
"""What it says of itself, in the first person."""
OPENING = (
    r"^(?:当然|當然|好的|没问题|沒問題)(?:可以|了|啦)?[！!，,。～~]\s*(?:以下|下面|这|這)[是为為].{2,60}[：:]$",
    r"^(?:Sure|Certainly|Of course|Absolutely)[!,] *(?i:here(?:['’]s| is| are)|below is)\b.{2,120}:$",
)
"""The line with which it hands over what was asked for."""
CLOSING = (
    r"^(?:希望.{0,20}(?:帮助|幫助|启发|啟發|用)[！!。，,]?\s*)?(?:如果|若|如)(?:您|你)?[^。！？\n]{0,30}[，,]\s*(?:请|請|欢迎)?"
    r"(?:随时(?:告诉我|向我|提问|问我)|隨時(?:告訴我|向我|提問|問我))(?![们們])[^。！？\n]{0,12}[！!。]?$",
    r"^(?i:I hope (?:this|that|it)[\w ]{0,24}helps?[\w ]{0,12}[!.] )?(?i:please )?(?i:let me know if you(?:['’]d like"
    r"| would like| want| need| have)|feel free to (?:ask|let me know))\b[^.!?\n]{0,90}[.!?]$",
)
"""The line with which it asks for more."""
ABOUT = (
    r"(?i)tokeni[sz]|分词器|分詞器|special token|特殊(?:标记|標記|符号|token)|ChatML|chat template|对话模板|對話模板"
    r"|system prompt|prompt template|提示[词詞]|ChatGPT|GPT-\d|\bLLMs?\b|大(?:语言)?模型|大型語言模型"
    r"|人工智能(?:生成|写)|AI(?:生成|写作)"
)
"""What a text names that speaks of such models, and may show what they say."""
OPENING_QUOTES, CLOSING_QUOTES = "“「『‘«„", "”」』’»“"
SENTENCE_BEFORE = (
    r"(?:^|[。！？!?.：:；;…\n*#>-]|抱歉[，,]|对不起[，,]|對不起[，,]|[Ss]orry,(?: but)?|[Hh]owever,|但是?|然而，?)\s*$"
)


class Saying(NamedTuple):
    """What a model said in a line, from ``start`` to ``end``.

    ``kind`` is "mark", "field", "self", "opening" or "closing".
    """

    start: int
    end: int
    kind: str


def sayings(text: str) -> Iterator[Saying]:
    """What is said in a line, in order of kinds; one of each, all of the marks."""
    for match in _compiled(MARK).finditer(text):
        if text.count("`", 0, match.start()) % 2 == 0:
            yield Saying(*match.span(), "mark")
    if field := _compiled(FIELD).search(text):
        yield Saying(*field.span(), "field")
    for match in _compiled("|".join(SELF)).finditer(text):
        if not _is_quoted(text, match.start()) and _compiled(SENTENCE_BEFORE).search(text[: match.start()]):
            yield Saying(*match.span(), "self")
            break
    stripped = text.strip()
    for kind, patterns in (("opening", OPENING), ("closing", CLOSING)):
        if stripped and any(_compiled(pattern).search(stripped) for pattern in patterns):
            start = text.index(stripped)
            yield Saying(start, start + len(stripped), kind)


def is_about_models(text: str) -> bool:
    """Whether a text speaks of language models."""
    return _compiled(ABOUT).search(text) is not None


def _is_quoted(text: str, position: int) -> bool:
    """Whether a quotation is open at a place of a line."""
    before = text[:position]
    depth = sum(map(before.count, OPENING_QUOTES)) - sum(map(before.count, CLOSING_QUOTES))
    return depth > 0 or before.count('"') % 2 == 1


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)
