"""Which encoding bytes are in that are not UTF-8: each candidate's reading of samples is priced as text.

All candidates explain the same bytes, so that their costs in bits (`corpus_lint.languages`) can be compared, that of
damaged UTF-8 among them. chardet is asked only when the two best are close.
"""

from __future__ import annotations

from codecs import getincrementaldecoder

from . import expressions as re
from .languages import ALPHABETS, ASCII_BITS, CONTROL, ENTER, LATIN, Shape, language
from .named_tuple import NamedTuple

WINDOWS = 16
SAMPLE_SIZES = (4096, 16384)
"""Bytes looked at: at first, and when that did not settle it."""
SETTLED = 150.0
"""Bits by which the best must be ahead to look at no more."""

CLEAR = 14.0
"""Bits by which the best must be ahead of every other reading to be sure: 1 in 16,000."""
CLOSE = 30.0
"""Bits within which chardet is asked."""
WITNESS = 10.0
"""Bits that chardet's word is worth at most."""
BAD_BYTE = 15.0
"""Bits of a byte that is no character of the encoding."""
NOISE = 6.9
"""Bits of a byte above 0x7f that means nothing."""

GAIN = 0.5
"""Bits for each byte above 0x7f by which a reading that is sure must be cheaper than noise."""

DOUBT = 2.0
"""Bits for each byte above 0x7f by which a line may be dearer than noise when its neighbours are in that encoding."""

VARIETY = 8
"""Different letters of an alphabet that a reading needs to be sure."""

HIGH = re.compile(rb"[\x80-\xff]")
HIGH_RUN = re.compile(rb"[\x80-\xff]+")
SYNCHRONOUS = re.compile(rb"[\x00-\x2f]")
"""Bytes that are never the second of a pair in any of the multi-byte encodings other than UTF-16."""


class Candidate(NamedTuple):
    """An encoding, what it costs to expect it, and the languages that are written in it."""

    encoding: str
    prior: float
    languages: tuple[str, ...]


_CYRILLIC = ("Russian", "Ukrainian", "Bulgarian", "Serbian")
_WEST = (
    "English",
    "French",
    "German",
    "Spanish",
    "Portuguese",
    "Italian",
    "Swedish",
    "Danish",
    "Icelandic",
    "Dutch",
    "Catalan",
)
_CENTRE = ("Polish", "Czech", "Slovak", "Hungarian", "Romanian", "Croatian", "German")
_CHINESE = ("Chinese", "traditional Chinese", "Han characters")
_EAST_ASIAN = (*_CHINESE, "Japanese", "Korean")

CANDIDATES = (
    Candidate("gb18030", 0, _CHINESE),
    Candidate("cp950", 1, ("traditional Chinese", "Han characters")),
    Candidate("big5hkscs", 3, ("traditional Chinese", "Han characters")),
    Candidate("cp932", 2, ("Japanese",)),
    Candidate("euc_jp", 3, ("Japanese",)),
    Candidate("cp949", 2, ("Korean",)),
    Candidate("johab", 9, ("Korean",)),
    Candidate("cp1252", 2, _WEST),
    Candidate("cp1251", 3, _CYRILLIC),
    Candidate("koi8-r", 5, ("Russian",)),
    Candidate("koi8-u", 9, ("Ukrainian",)),
    Candidate("cp866", 8, ("Russian",)),
    Candidate("cp1250", 4, _CENTRE),
    Candidate("iso8859-2", 6, _CENTRE),
    Candidate("cp1253", 5, ("Greek",)),
    Candidate("cp1254", 5, ("Turkish",)),
    Candidate("cp1255", 6, ("Hebrew",)),
    Candidate("cp1256", 6, ("Arabic", "Persian")),
    Candidate("cp1257", 6, ("Lithuanian", "Latvian", "Estonian")),
    Candidate("cp1258", 9, ("Vietnamese",)),
    Candidate("cp874", 5, ("Thai",)),
    Candidate("iso8859-5", 8, _CYRILLIC),
    Candidate("mac-cyrillic", 9, _CYRILLIC),
    Candidate("cp855", 11, _CYRILLIC),
    Candidate("iso8859-7", 6, ("Greek",)),
    Candidate("iso8859-6", 9, ("Arabic",)),
    Candidate("mac-roman", 9, _WEST),
    Candidate("cp850", 9, _WEST),
    Candidate("cp852", 10, _CENTRE),
)
MULTIBYTE = 7
"""Candidates of more than one byte a character; they come first."""
EVERY_LANGUAGE = (*_EAST_ASIAN, *ALPHABETS, *LATIN)
UTF_8 = Candidate("utf-8", 0, EVERY_LANGUAGE)
UTF_16 = (Candidate("utf-16-le", 3, EVERY_LANGUAGE), Candidate("utf-16-be", 4, EVERY_LANGUAGE))

WITNESSED = {
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "big5": "cp950",
    "shift_jis": "cp932",
    "shift_jisx0213": "cp932",
    "shift_jis_2004": "cp932",
    "euc_jis_2004": "euc_jp",
    "euc_kr": "cp949",
    "iso8859-1": "cp1252",
    "iso8859-15": "cp1252",
    "iso8859-9": "cp1254",
    "iso8859-11": "cp874",
    "tis-620": "cp874",
    "iso8859-8": "cp1255",
    "utf-16": "utf-16-le",
}


class Guess(NamedTuple):
    """The likeliest encoding; None when the bytes are no text in any. ``sure`` when no other comes near."""

    encoding: str | None
    sure: bool


class Reading(NamedTuple):
    """What the samples say in one encoding, and at what price.

    ``is_varied`` is False for few letters of an alphabet repeated, as lines drawn with characters read.
    """

    encoding: str
    text: str
    bits: float
    bad: int
    is_varied: bool


def guess(data: bytes) -> Guess:
    """The encoding of bytes that are not UTF-8 throughout and have no byte-order mark.

    Samples are judged, wherever there are bytes outside ASCII; all bytes of what is shorter.
    """
    for size in SAMPLE_SIZES:
        samples = _samples(data, size)
        readings = [_read(candidate, samples) for candidate in (UTF_8, *CANDIDATES)]
        readings += _read_utf16(data, samples, size)
        best, margin = _best(readings, data)
        if margin > SETTLED or len(data) <= size:
            break
    is_contested = False
    if margin < CLOSE:
        witness = _witness(samples)
        readings = [r._replace(bits=r.bits - WITNESS) if r.encoding == witness else r for r in readings]
        best, margin = _best(readings, data)
        is_contested = witness != best.encoding and not _reads_the_same(witness, best.encoding, data)
    noise = _noise(samples)
    if _is_no_text(best, noise):
        return Guess(_out_of_step(samples), False)
    gain = (noise - best.bits) / max(1, sum(len(HIGH.findall(sample.data)) for sample in samples))
    return Guess(best.encoding, margin >= CLEAR and gain > GAIN and best.is_varied and not is_contested)


def guess_wide(data: bytes) -> str | None:
    """The UTF-16 that bytes with NUL bytes or other controls surely are; None when they are not."""
    samples = [Sample(data[: SAMPLE_SIZES[0]], whole=len(data) <= SAMPLE_SIZES[0])]
    best, margin = _best([_read(candidate, samples) for candidate in (UTF_8, *UTF_16)], data)
    is_clean = best.bad == 0 and len(CONTROL.findall(best.text)) * 50 <= len(best.text)
    is_sure = margin >= CLEAR and is_clean and best.bits < len(best.text) * 2 * NOISE
    return best.encoding if best.encoding != "utf-8" and is_sure else None


def _out_of_step(samples: list[Sample]) -> str | None:
    """The double-byte encoding in which a stretch without ASCII makes sense once one of its bytes is left out.

    A lost byte puts all that follows out of step, up to the next byte that is no half of a pair; in a short text that
    may be most of it.
    """
    stretch = max((part for sample in samples for part in SYNCHRONOUS.split(sample.data)), key=len)
    noise = _noise([Sample(stretch, whole=True)])
    prices = [(_price_out_of_step(stretch, candidate), candidate) for candidate in CANDIDATES[:MULTIBYTE]]
    bits, best = min(prices)
    is_text = len(stretch) >= 32 and bits + BAD_BYTE + len(stretch) * GAIN < noise
    return best.encoding if is_text else None


def _price_out_of_step(data: bytes, candidate: Candidate) -> float:
    """What the bytes cost without the one whose loss makes them cheapest."""
    price = language(candidate.languages[0]).bits
    steps: list[tuple[int, float]] = []
    for at in range(len(data)):
        width = 1 if data[at] < 0x80 else 2
        character = data[at : at + width].decode(candidate.encoding, "replace")
        cost = ASCII_BITS if width == 1 else price(character) if len(character) == 1 else BAD_BYTE
        steps.append((width, cost))
    behind = [0.0] * (len(data) + 2)
    for at in range(len(data) - 1, -1, -1):
        width, cost = steps[at]
        behind[at] = cost + behind[at + width]
    before, at, best = 0.0, 0, behind[0]
    while at < len(data):
        best = min(best, before + behind[at + 1])
        width, cost = steps[at]
        before += cost
        at += width
    return best + candidate.prior


def is_plausible(data: bytes, encoding: str) -> bool:
    """Whether a line may be in an encoding in which the lines around it are: it need not be likely text by itself."""
    samples = [Sample(data, whole=True)]
    reading = _read(next(candidate for candidate in CANDIDATES if candidate.encoding == encoding), samples)
    return reading.bad == 0 and reading.bits <= _noise(samples) + DOUBT * len(HIGH.findall(data))


def means_something(data: bytes, encoding: str) -> bool:
    """Whether bytes read as UTF-16 are likelier text than noise."""
    sample = Sample(data[: SAMPLE_SIZES[0]], whole=False)
    candidate = next(candidate for candidate in UTF_16 if candidate.encoding == encoding)
    reading = _read(candidate, [sample])
    return reading.bad == 0 and reading.bits <= len(reading.text) * 2 * NOISE + candidate.prior


def _is_no_text(best: Reading, noise: float) -> bool:
    """Whether even the best reading is full of bytes that it cannot explain."""
    if best.encoding == "utf-8":
        valid = best.text.replace("\ufffd", "")
        explained = len(valid.encode()) - len(valid) + sum(not character.isascii() for character in valid)
        return best.bad >= 20 and best.bad > explained
    return best.bad > 0 and best.bits > noise + 20


class Sample(NamedTuple):
    """A stretch of the data that begins between two characters; ``whole`` when it surely ends so, too."""

    data: bytes
    whole: bool


def _samples(data: bytes, size: int) -> list[Sample]:
    """Stretches of the data, of ``size`` bytes in all, chosen where there are bytes outside ASCII."""
    if len(data) <= size:
        return [Sample(data, whole=True)]
    samples: list[Sample] = []
    position = 0
    window = size // WINDOWS
    for number in range(WINDOWS):
        position = max(position, number * len(data) // WINDOWS)
        high = HIGH.search(data, position)
        if high is None:
            break
        start = _synchronised(data, max(high.start() - 64, position), size)
        if start is None:
            continue
        end = _synchronised(data, start + window, window)
        samples.append(Sample(data[start : end or start + window], whole=end is not None))
        position = start + window
    if _size(samples) < size // 2:
        samples.insert(0, Sample(data[:size], whole=False))
    return samples


def _size(samples: list[Sample]) -> int:
    return sum(len(sample.data) for sample in samples)


def _synchronised(data: bytes, position: int, reach: int) -> int | None:
    """The first offset from ``position`` on at which a character surely begins; None when there is none near."""
    if position <= 0:
        return 0
    found = SYNCHRONOUS.search(data, position, position + reach)
    return found.end() if found else None


def _read(candidate: Candidate, samples: list[Sample]) -> Reading:
    pieces = []
    for sample in samples:
        decoder = getincrementaldecoder(candidate.encoding)("replace")
        pieces.append(decoder.decode(sample.data, final=sample.whole))
    text = "\n".join(pieces)
    bad = text.count("\ufffd")
    shape = Shape(text.replace("\ufffd", ""))
    bits, name = min((shape.bits(language(name)), name) for name in candidate.languages)
    is_varied = name not in ALPHABETS or len(shape.counts) >= VARIETY
    return Reading(candidate.encoding, text, bits + bad * BAD_BYTE + candidate.prior, bad, is_varied)


def _read_utf16(data: bytes, samples: list[Sample], size: int) -> list[Reading]:
    """UTF-16 without a byte-order mark, read from windows at even offsets and scaled to the other samples."""
    if len(data) <= size:
        windows = [Sample(data, whole=True)]
    else:
        step = len(data) // WINDOWS // 2 * 2
        windows = [Sample(data[i : i + size // WINDOWS], whole=False) for i in range(0, step * WINDOWS, step)]
    scale = _size(samples) / max(1, _size(windows))
    readings = (_read(candidate, windows) for candidate in UTF_16)
    return [reading._replace(bits=reading.bits * scale) for reading in readings]


def _best(readings: list[Reading], data: bytes) -> tuple[Reading, float]:
    """The cheapest reading, and by how many bits the next that reads differently is dearer."""
    ordered = sorted(readings, key=lambda reading: reading.bits)
    best = ordered[0]
    for other in ordered[1:]:
        if other.text != best.text or not _same(best.encoding, other.encoding, data):
            return best, other.bits - best.bits
    return best, 1000.0


def _same(one: str, other: str, data: bytes) -> bool:
    """Whether all of the data reads the same in two encodings, as far as that is cheap to know."""
    both = {one, other}
    if both & {candidate.encoding for candidate in CANDIDATES[MULTIBYTE:]} == both:
        present = bytes(byte for byte in range(0x80, 0x100) if byte in data)
        return present.decode(one, "replace") == present.decode(other, "replace")
    return True


def _witness(samples: list[Sample]) -> str | None:
    """The candidate that chardet names."""
    import chardet

    told = chardet.detect(b"\n".join(sample.data for sample in samples)[:4096])["encoding"]
    if told is None:
        return None
    name = told.lower().replace("windows-", "cp").replace("iso-8859", "iso8859")
    return WITNESSED.get(name.replace("-", "_"), WITNESSED.get(name, name))


def _reads_the_same(one: str | None, other: str, data: bytes) -> bool:
    if one is None:
        return True
    try:
        return data.decode(one) == data.decode(other)
    except (LookupError, UnicodeDecodeError):
        return False


def _noise(samples: list[Sample]) -> float:
    """What the samples would cost if the bytes outside ASCII meant nothing at all."""
    data = b"\n".join(sample.data for sample in samples)
    high = len(HIGH.findall(data))
    return high * NOISE + len(HIGH_RUN.findall(data)) * ENTER + (len(data) - high) * ASCII_BITS
