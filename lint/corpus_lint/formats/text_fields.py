"""Which fields of a file hold its texts, where nobody has said so: ``text``, else those whose values read like text.

A field reads like text when a good part of its values are sentences, or nearly, and they are not a choice out of few,
as labels are. The beginning of the file decides, so that whoever reads the file, or a piece of it, decides alike.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from .. import expressions as re
from . import USUAL_FIELDS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

WORDS = 4
"""Words of a value, at least, that reads like text; of scripts with little or no space two letters count as one."""

WORDS_ALONE = 40
"""Words of a field's only value that reads like text, at least."""

READING = 4
"""Of a field's different values one in so many, at least, reads like text."""

ALIKE = 10
"""How often a value stands in a field of texts, at most and on average; labels and fixed prompts stand more often."""

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
    values: dict[str, list[str]] = {}
    text = _decoded(head)
    for part in text.split("\n") if is_lines else (text,):
        for path, value in _strings(part):
            if path in USUAL_FIELDS:
                return USUAL_FIELDS
            values.setdefault(path, []).append(value)
    return of_values(values)


def of_values(values: Mapping[str, Sequence[str]]) -> Sequence[str]:
    """The fields of texts among those that have these values, as `of_json`."""
    if any(name in values for name in USUAL_FIELDS):
        return USUAL_FIELDS
    found = [name for name, given in values.items() if name and _is_text(name, given)]
    return found if 0 < len(found) <= FIELDS else USUAL_FIELDS


def words(value: str) -> int:
    """Words of a value, about; 0 for one that is the code of something."""
    if value.startswith(_CODE):
        return 0
    rest, letters = _UNSPACED.subn("", value)
    return len(_WORD.findall(rest)) + letters // 2


def _is_text(name: str, given: Sequence[str]) -> bool:
    different = set(given)
    counts = [count for value in different if (count := words(value)) >= WORDS]
    return (
        len(counts) * READING >= len(different)
        and (len(counts) > 1 or sum(counts) >= WORDS_ALONE)
        and len(given) <= ALIKE * len(different)
        and not _KEY_WORDS.fullmatch(name.rpartition(".")[2])
    )


def _strings(text: str) -> Iterator[tuple[str, str]]:
    """The strings of JSON and the paths to them, as ``--field`` takes them; what is no JSON costs only itself."""
    import json

    keys: list[str | None] = []  # of each open object the last key, of each open list None
    for token in _TOKEN.finditer(text):
        sign = token[0]
        if sign in "[{":
            keys.append("" if sign == "{" else None)
        elif sign in "]}":
            del keys[-1:]
        elif token[2] is None or not keys or keys[-1] is None:
            try:
                yield ".".join(key for key in keys if key is not None), json.loads(f'"{token[1]}"', strict=False)
            except ValueError:
                continue
        else:
            keys[-1] = token[1]


def _decoded(head: bytes) -> str:
    """The text of bytes that may end amid a character."""
    try:
        return head.decode()
    except UnicodeDecodeError as error:
        if error.start > len(head) - 4:
            return head[: error.start].decode()
    from ..decode import decode

    return decode(head)[0]
