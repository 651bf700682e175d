"""Colours on a terminal, and how wide a text stands there."""

from __future__ import annotations

from .. import expressions as re

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ..finding import Severity

_WIDE = (
    r"[\u3000-\u3029\u3041-\u3096\u309b-\u30ff\u3105-\u312f\u3190-\u31e3\u3250-\u4dbf\u4e00-\u9fff\uac00-\ud7a3"
    r"\uf900-\ufa6d\uff01-\uff60\uffe0-\uffe6]"
)
_NARROW = (
    r"[ -~\xa0-\xac\xae-\u02ff\u0391-\u03a1\u03a3-\u0482\u048a-\u052f\u1e00-\u1eff\u2010-\u2027\u2030-\u205e"
    r"\u20a0-\u20bf\u2100-\u218b\u2190-\u2319\u2400-\u2426\u2460-\u25fc\ue000-\uf8ff\uff61-\uff9f\ufffd]"
)
"""Characters whose cells are certain, whatever stands beside them."""

_COLOURS = {"error": "1;31", "warning": "1;33", "note": "1;34"}


class Style:
    """ANSI colours, or none."""

    def __init__(self, colour: bool) -> None:
        self._colour = colour

    def bold(self, text: str) -> str:
        """In bold."""
        return self._paint("1", text)

    def cyan(self, text: str) -> str:
        """In cyan, for what can be fixed."""
        return self._paint("36", text)

    def faint(self, text: str) -> str:
        """In the colour of margins."""
        return self._paint("34", text)

    def severity(self, severity: Severity, text: str) -> str:
        """In the colour of a severity."""
        return self._paint(_COLOURS[severity.value], text)

    def _paint(self, code: str, text: str) -> str:
        return f"\x1b[{code}m{text}\x1b[0m" if self._colour else text


def visible(text: str) -> str:
    """The text with every character that shows nothing, or moves the cursor, replaced by one that shows.

    Each character stays one character, so that offsets hold.
    """
    return "".join(map(_visible, text)) if not text.isprintable() else text


def _visible(character: str) -> str:
    if character.isprintable():
        return character
    code = ord(character)
    if character == "\t" or character.isspace():
        return " "
    if code < 0x20:
        return chr(0x2400 + code)
    if code == 0x7F:
        return "\u2421"
    return "\ufffd"


def file_name(name: str) -> str:
    """A file's name on one line of a terminal: control characters, line ends and what is no UTF-8 as escapes."""
    return name if name.isprintable() else "".join(map(_in_name, name))


def _in_name(character: str) -> str:
    import unicodedata

    # Any program may give a file a name; spaces such as U+3000 are common in them and must stay to be copied.
    if character.isprintable() or unicodedata.category(character) == "Zs":
        return character
    return ascii(character)[1:-1]


def width(text: str) -> int:
    """Cells that a text takes on a terminal."""
    if re.fullmatch(f"(?:{_NARROW}|{_WIDE})*", text):
        return len(text) + len(re.findall(_WIDE, text))
    from wcwidth import wcswidth  # a third of a run on a page, for characters that few pages have

    cells = wcswidth(text)
    return len(text) if cells < 0 else cells
