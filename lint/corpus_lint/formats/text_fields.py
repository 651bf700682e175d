"""Which fields of a file hold its texts, where nobody has said so: ``text``, else those whose values read like text.

A field reads like text when a good part of its values are sentences, or nearly, and they are not a choice out of few,
as labels are. The beginning of the file decides, so that whoever reads the file, or a piece of it, decides alike.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from .. import expressions as re
from . import USUAL_FIELDS
from .record import EVERY

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

WORDS = 4
"""Words of a value, at least, that reads like text; of scripts with little or no space two letters count as one."""

WORDS_ALONE = 40
"""Words of a field's only value that reads like text, at least."""

READING = 4
"""Of a field's different values one in so many, at least, reads like text."""

ALIKE = 10
"""How often a value stands in a field of texts, at most and on average; labels and fixed prompts stand more often."""

SHAPES = (
    ({"role", "content"}, ("content",)),
    ({"from", "value"}, ("value",)),
    ({"type", "text"}, ("text",)),
    ({"instruction", "output"}, ("instruction", "input", "output")),
    ({"instruction", "response"}, ("instruction", "context", "response")),
    ({"prompt", "completion"}, ("prompt", "completion")),
    ({"prompt", "response"}, ("prompt", "response")),
    ({"chosen", "rejected"}, ("prompt", "chosen", "rejected")),
)
"""The keys by which a shape of training data is known, and which of its fields are texts, however short: messages of
OpenAI and ShareGPT, the parts of such messages, Alpaca, Dolly, prompts with completions, and preferences."""

FIELDS = 10
"""Fields of texts, at most: where there are more, the names are names of things, and the file no list of records."""

_TOKEN = re.compile(r'"((?:[^"\\\n]|\\.)*+)"(\s*:)?|[\[\]{}]')
_WORD = re.compile(r"(?:^|\s)[^\w\s]*[^\W\d_]{2}")
_UNSPACED = re.compile("[\u0e01-\u0eff\u1000-\u109f\u1780-\u17ff\u3041-\u30ff\u3400-\u9fff\uac00-\ud7a3\uf900-\ufaff]")
_CODE = ('{"', '[{"', '["')
_KEY_WORDS = re.compile(r"(?i)keywords?|tags?|labels?")


def of_json(head: bytes, *, is_lines: bool) -> Sequence[str]:
    """The fields of texts in records of JSON that begin so; ``is_lines`` when each has a line.

    They are the usual ones where there is such a field, and where none reads like text.
    """
    values: dict[tuple[str, ...], list[str]] = {}
    text = _decoded(head)
    for part in text.split("\n") if is_lines else (text,):
        for path, value in _strings(part):
            if ".".join(path) in USUAL_FIELDS:
                return USUAL_FIELDS
            values.setdefault(path, []).append(value)
    return of_values({".".join(path): found for path, found in _without_ids(values).items()})


def of_values(values: Mapping[str, Sequence[str]]) -> Sequence[str]:
    """The fields of texts among those that have these values, as `of_json`."""
    if any(name in values for name in USUAL_FIELDS):
        return USUAL_FIELDS
    known = _of_shapes(values)
    found = [name for name, given in values.items() if name and _is_text(name, given, is_known=name in known)]
    return found if 0 < len(found) <= FIELDS else USUAL_FIELDS


def _of_shapes(names: Iterable[str]) -> set[str]:
    """Those of the fields that are texts in one of the `SHAPES`."""
    objects: dict[str, set[str]] = {}
    for name in names:
        above, dot, key = name.rpartition(".")
        objects.setdefault(above + dot, set()).add(key)
    return {
        above + text for above, keys in objects.items() for needed, texts in SHAPES if needed <= keys for text in texts
    }


_Values = dict[tuple[str, ...], list[str]]


def _without_ids(values: _Values) -> _Values:
    """The values by paths in which ``*`` stands for keys that are no names of fields, but of records."""
    of_keys: dict[str, _Values] = {}
    for path, found in values.items():
        of_keys.setdefault(path[0] if path else "", {})[path[1:]] = found
    of_keys = {key: _without_ids(inner) if any(inner) else inner for key, inner in of_keys.items()}
    is_listed = () not in values and _are_ids(of_keys)
    together: _Values = {}
    for key, inner in of_keys.items():
        for path, found in inner.items():
            whole = (EVERY if is_listed else key, *path) if key or path else ()
            together.setdefault(whole, []).extend(found)
    return together


def _are_ids(of_keys: Mapping[str, _Values]) -> bool:
    """Whether keys are ids: what they lead to is alike, and they are numbered, or more than fields are."""
    if len(of_keys) < 2:
        return False
    first, *others = list(of_keys.values())[:-1]  # the last may be cut
    alike = set(first).intersection(*others)
    is_numbered = all(any(map(str.isdigit, key)) for key in of_keys)
    is_long = len(of_keys) > FIELDS
    # Of values that are no objects little is alike.
    return (is_numbered or is_long) if alike - {()} else (is_numbered and is_long and bool(alike))


def words(value: str) -> int:
    """Words of a value, about; 0 for one that is the code of something."""
    if value.startswith(_CODE):
        return 0
    rest, letters = _UNSPACED.subn("", value)
    return len(_WORD.findall(rest)) + letters // 2


def _is_text(name: str, given: Sequence[str], *, is_known: bool) -> bool:
    """Whether a field with these values holds texts; of one that is known to, only labels and fixed prompts do not."""
    given = [value for value in given if value]
    different = set(given)
    if not given or len(given) > ALIKE * len(different):
        return False
    counts = [count for value in different if (count := words(value)) >= WORDS]
    return is_known or (
        len(counts) * READING >= len(different)
        and (len(counts) > 1 or sum(counts) >= WORDS_ALONE)
        and not _KEY_WORDS.fullmatch(name.rpartition(".")[2])
    )


def _strings(text: str) -> Iterator[tuple[tuple[str, ...], str]]:
    """The strings of JSON and the keys on the way to them; what is no JSON costs only itself."""
    import json

    keys: list[str | None] = []  # of each open object the last key, of each open list None
    for token in _TOKEN.finditer(text):
        sign = token[0]
        if sign in "[{":
            keys.append("" if sign == "{" else None)
            continue
        if sign in "]}":
            del keys[-1:]
            continue
        try:
            said = json.loads(f'"{token[1]}"', strict=False) if "\\" in token[1] else token[1]
        except ValueError:
            continue
        if token[2] is None or not keys or keys[-1] is None:
            yield tuple([key for key in keys if key is not None]), said
        else:
            keys[-1] = said


def _decoded(head: bytes) -> str:
    """The text of bytes that may end amid a character."""
    try:
        return head.decode()
    except UnicodeDecodeError as error:
        if error.start > len(head) - 4:
            return head[: error.start].decode()
    from ..decode import decode

    return decode(head)[0]
