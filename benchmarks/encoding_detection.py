"""How often the encoding of bytes is told right, beside chardet: ``python benchmarks/encoding_detection.py FOLDER``.

FOLDER holds UTF-8 texts (``.txt``, in any depth) in any languages. Pieces of them are written in every encoding that
is at home with their script; whoever gives back the same text is right. For each size the table shows the per cent
right of corpus-lint and of ``chardet.detect``, and how many wrong answers corpus-lint was sure of. With ``--damaged``
each piece has lost one byte or got one too many, and whoever names the encoding is right.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from collections import defaultdict
from pathlib import Path

import chardet

from corpus_lint.census import count
from corpus_lint.decode import decode

SIZES = (60, 200, 2_000, 50_000)
WIDE = ("utf-16-le", "utf-16-be")
SUPERSETS = {
    "shift_jis": "cp932",
    "euc-kr": "cp949",
    "euc_kr": "cp949",
    "big5": "cp950",
    "gb2312": "gb18030",
    "gbk": "gb18030",
}


def encodings_of(text: str) -> tuple[str, ...]:
    """The encodings in which people wrote texts of this script."""
    census = count(text[:20_000])
    if census.hangul > census.all_han:
        return ("cp949", *WIDE)
    if census.kana * 5 > census.all_han:
        return ("cp932", "euc_jp", *WIDE)
    if census.all_han > census.letter // 2:
        traditional = census.traditional > census.simplified
        return ("cp950", "gbk trad.", *WIDE) if traditional else ("gbk", "gb18030", *WIDE)
    letters = [character for character in text[:20_000] if character.isalpha()]
    if sum("а" <= character <= "ё" for character in letters) * 2 > len(letters):
        return ("cp1251", "koi8-r", *WIDE)
    central = sum(character in "ąćęłńśźżčďěňřšťůžőűăţşđľĺŕ" for character in letters)
    return ("cp1250" if central * 100 > len(letters) else "cp1252", *WIDE)


def pieces(text: str, encoding: str, size: int, number: int, chance: random.Random) -> list[bytes]:
    """Stretches of about ``size`` bytes from anywhere in the text, each with something outside ASCII."""
    found: list[bytes] = []
    # Half as many characters as bytes are enough where every character takes two.
    for _ in range(number * 3):
        start = chance.randrange(max(1, len(text) - size // 2))
        piece = text[start : start + size].encode(encoding, "ignore")[:size]
        while piece:
            try:
                clean = piece.decode(encoding)
                break
            except UnicodeDecodeError as error:
                piece = piece[: error.start]
        else:
            continue
        is_long_enough = len(piece) >= size * 0.8 or size > 2_000
        if is_long_enough and not clean.isascii() and sum(not c.isascii() for c in clean) >= 3:
            found.append(piece)
        if len(found) == number:
            break
    return found


def right_of_chardet(data: bytes, text: str) -> bool:
    name = (chardet.detect(data)["encoding"] or "").lower()
    try:
        return data.decode(SUPERSETS.get(name, name)) == text
    except (LookupError, UnicodeDecodeError):
        return False


def damaged(data: bytes, codec: str, chance: random.Random) -> bytes:
    """The data with one byte less or more, so that it can no longer be decoded; empty when that takes too long."""
    for _ in range(20):
        place = chance.randrange(len(data))
        byte = chance.choice((b"", b"\xff", b"\x80"))
        worse = data[:place] + byte + data[place + (not byte) :]
        try:
            worse.decode(codec)
        except UnicodeDecodeError:
            return worse
    return b""


def named_by_chardet(data: bytes) -> str:
    name = (chardet.detect(data)["encoding"] or "").lower()
    return SUPERSETS.get(name, name).replace("-", "_")


def main(argv: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--number", type=int, default=60, help="pieces of each encoding and size (60)")
    parser.add_argument("--damaged", action="store_true", help="one byte of each piece lost or put in")
    parser.add_argument("--show", action="store_true", help="print every wrong answer")
    arguments = parser.parse_args(argv)
    chance = random.Random(1)
    texts: dict[str, list[str]] = defaultdict(list)
    for path in sorted(arguments.folder.rglob("*.txt")):
        text = path.read_text("utf-8-sig", errors="ignore")[:400_000]
        encodings = encodings_of(text)
        if arguments.damaged:
            # In a single-byte encoding and in UTF-16 a byte more or less is no bad byte.
            encodings = ("utf-8", *(name for name in encodings if name not in WIDE and not name.startswith("cp125")))
        for encoding in encodings:
            if encoding != "koi8-r" or not arguments.damaged:
                texts[encoding].append(text)
    print(f"{'':12}" + "".join(f"{f'{size:,} B':>26}" for size in SIZES))
    print(f"{'':12}" + f"{'ours  chardet  sure+wrong':>26}" * len(SIZES))
    spent = [0.0, 0.0]
    for encoding in sorted(texts):
        codec = encoding.split()[0]
        row = f"{encoding:12}"
        for size in SIZES:
            number = arguments.number if size < 50_000 else max(6, arguments.number // 10)
            each = -(-number // len(texts[encoding]))
            samples = [p for text in texts[encoding] for p in pieces(text, codec, size, each, chance)]
            ours = theirs = overconfident = 0
            for piece in chance.sample(samples, min(number, len(samples))):
                clean = piece.decode(codec)
                if arguments.damaged:
                    piece = damaged(piece, codec, chance)
                started = time.process_time()
                text, decoding = decode(piece)
                between = time.process_time()
                if arguments.damaged:
                    wanted = SUPERSETS.get(codec, codec).replace("-", "_")
                    theirs += not piece or named_by_chardet(piece) == wanted
                    ours += not piece or (decoding.known and decoding.encoding.replace("-", "_") == wanted)
                    continue
                theirs += right_of_chardet(piece, clean)
                spent[0] += between - started
                spent[1] += time.process_time() - between
                ours += text == clean
                overconfident += text != clean and decoding.sure
                if text != clean and arguments.show:
                    at = next((i for i, pair in enumerate(zip(clean, text, strict=False)) if pair[0] != pair[1]), 0)
                    was, now = clean[max(0, at - 20) : at + 40], text[max(0, at - 20) : at + 40]
                    print(f"  {encoding}: {decoding.encoding} sure={decoding.sure}: {was!r} {now!r}")
            total = max(1, min(number, len(samples)))
            row += f"{100 * ours / total:12.0f}{100 * theirs / total:8.0f}{overconfident:6}"
        print(row)
    if not arguments.damaged:
        print(f"CPU seconds: ours {spent[0]:.1f}, chardet {spent[1]:.1f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
