"""Bytes to text and back."""

from __future__ import annotations

import random
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus_lint.decode import decode, encode, looks_binary
from corpus_lint.source import Decoding

SIMPLIFIED = "近年来，电信网络诈骗案件时有发生，给人民群众的财产安全带来了很大的损失。\n为此，学校组织了这次活动。\n"
TRADITIONAL = "為了防範電信詐騙，學校舉辦了這次活動，請同學們提高警覺，不要相信陌生人的電話。\n"
JAPANESE = "この文書は日本語で書かれています。エンコーディングを調べるためのテキストです。\n"
KOREAN = "이 문서는 한국어로 작성되었습니다. 인코딩을 확인하기 위한 글입니다.\n"
RUSSIAN = "Этот текст написан по-русски, чтобы проверить, верно ли определяется кодировка.\n"
FRENCH = "Le texte a été écrit en français, où les élèves étudient à l'école près du château.\n"
POLISH = "Wreszcie wszyscy mogą się przekonać, że źródła są już dostępne również dla dzieci.\n"
GREEK = "Το κείμενο αυτό γράφτηκε στα ελληνικά για να ελεγχθεί η κωδικοποίηση.\n"
THAI = "ข้อความนี้เขียนเป็นภาษาไทยเพื่อทดสอบการเข้ารหัสของตัวอักษร\n"
HEBREW = "הטקסט הזה נכתב בעברית כדי לבדוק את הקידוד של הקובץ\n"

ENCODED = [
    (SIMPLIFIED, "gbk"),
    (SIMPLIFIED + "𠮷野家", "gb18030"),
    (TRADITIONAL, "big5"),
    (TRADITIONAL, "gbk"),
    (JAPANESE, "cp932"),
    (JAPANESE, "euc_jp"),
    (KOREAN, "cp949"),
    (RUSSIAN, "cp1251"),
    (RUSSIAN, "koi8-r"),
    (RUSSIAN, "cp866"),
    (RUSSIAN, "mac-cyrillic"),
    (FRENCH, "cp1252"),
    (POLISH, "cp1250"),
    (POLISH, "iso8859-2"),
    (GREEK, "cp1253"),
    (HEBREW, "cp1255"),
    (THAI, "cp874"),
    (SIMPLIFIED, "utf-16"),
    (SIMPLIFIED, "utf-16-le"),
    (SIMPLIFIED, "utf-16-be"),
    (SIMPLIFIED, "utf-32"),
    (RUSSIAN, "utf-16-le"),
    ("Plain English as some Windows programs save it.\r\n", "utf-16-le"),
    ("Plain English as some Windows programs save it.\r\n", "utf-16-be"),
    ("English, and one 😀.", "utf-32-le"),
]


@pytest.mark.parametrize(("text", "encoding"), ENCODED, ids=[f"{encoding}-{text[:4]}" for text, encoding in ENCODED])
@pytest.mark.parametrize("times", [1, 400])
def test_encodings(text: str, encoding: str, times: int) -> None:
    data = (text * times).encode(encoding)
    decoded, decoding = decode(data)
    assert decoded == text * times
    assert decoding.exact
    assert decoding.bad == ()
    assert encode(decoded, decoding) == data
    if times > 1:
        assert decoding.sure


@pytest.mark.parametrize("text", ["中文语料", "电信诈骗", "今天天气很好", "一百零八"])
def test_a_few_characters_of_gbk(text: str) -> None:
    assert decode(text.encode("gbk"))[0] == text


@pytest.mark.parametrize("text", ["", "a", "中文", "a\r\nb\rc\n", "中\0文", "\0", "x" * 100_000, "\u2028\x85"])
def test_utf8_is_untouched(text: str) -> None:
    assert decode(text.encode()) == (text, Decoding())


def test_utf8_imports_nothing() -> None:
    code = (
        "import sys; from corpus_lint.decode import decode; decode('中文'.encode()); "
        "assert not {'corpus_lint.guess', 'corpus_lint.languages', 'chardet', 'numpy', 'threading'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-S", "-c", f"import sys; sys.path[:] = {sys.path!r}; {code}"], check=True)


def test_byte_order_marks() -> None:
    mark = b"\xef\xbb\xbf"
    assert decode(mark + b"a") == ("a", Decoding(bom=mark))
    assert decode(mark * 2 + b"a") == ("a", Decoding(bom=mark * 2))
    assert decode(mark) == ("", Decoding(bom=mark))
    text, decoding = decode(mark + (SIMPLIFIED * 3).encode("gbk"))
    assert (text, decoding.encoding, decoding.bom) == (SIMPLIFIED * 3, "gb18030", mark)
    for encoding in ("utf-16", "utf-32"):
        text, decoding = decode("a中".encode(encoding))
        assert text == "a中"
        assert decoding.sure
        assert encode(text, decoding) == "a中".encode(encoding)


def test_a_word_may_begin_like_a_mark() -> None:
    text = "яющиеся операциями записи, поэтому мы не будем их здесь подробно рассматривать."
    assert text.encode("cp1251").startswith(b"\xff\xfe")
    assert decode(text.encode("cp1251"))[0] == text
    for strange in ("ꆈꌠꁱꂷ", "\ue000\ue001", "x", "བོད་ཡིག"):
        assert decode(strange.encode("utf-16"))[0] == strange


def test_damaged_utf8_stays_utf8() -> None:
    clean = (SIMPLIFIED * 50).encode()
    place = clean.index("络".encode(), 3000)
    cut = clean[: place + 2] + clean[place + 3 :]
    text, decoding = decode(cut)
    assert decoding.encoding == "utf-8"
    assert decoding.exact
    assert decoding.known
    assert encode(text, decoding) == cut
    (bad,) = decoding.bad
    assert cut[bad.start : bad.end] == bad.data == clean[place : place + 2]
    assert bad.line == cut[: bad.start].count(b"\n") + 1
    assert text[bad.offset] == chr(0xDC00 + bad.data[0])

    more = b"".join(b"\xe6" + line for line in clean.splitlines(keepends=True))
    assert decode(more)[1].encoding == "utf-8"
    assert len(decode(more)[1].bad) == 100


def test_one_bad_byte_in_gbk() -> None:
    clean = (SIMPLIFIED * 200).encode("gbk")
    start = clean.index(b"\n") + 1
    data = clean[:start] + b"\xff" + clean[start:]
    text, decoding = decode(data)
    assert decoding.encoding == "gb18030"
    assert [(bad.start, bad.end, bad.line) for bad in decoding.bad] == [(start, start + 1, 2)]
    assert decoding.bad_count == 1
    assert decoding.exact
    assert encode(text, decoding) == data


@pytest.mark.parametrize("first", [TRADITIONAL.encode("gbk"), b""])
def test_half_utf8_is_not_read_as_one_other_encoding(first: bytes) -> None:
    data = first + SIMPLIFIED.encode("gbk") * 20 + SIMPLIFIED.encode() * 20
    text, decoding = decode(data)
    assert decoding.encoding == "utf-8"
    assert SIMPLIFIED in text


def test_encode_refuses_what_the_encoding_has_not() -> None:
    _, decoding = decode((TRADITIONAL * 5).encode("big5"))
    with pytest.raises(UnicodeEncodeError):
        encode("简体", decoding)


def test_drawn_lines_prove_no_encoding() -> None:
    lines = "├── trees\n│   └── a\n" * 8
    assert not decode(lines.encode("euc_jp"))[1].sure
    assert not decode(lines.encode("koi8-r"))[1].sure


def test_what_is_no_text_is_known_to_be_none() -> None:
    data = random.Random(0).randbytes(5000)
    text, decoding = decode(data)
    assert not decoding.sure
    assert not decoding.known
    assert encode(text, decoding) == data


ANY_BYTES = st.one_of(
    st.binary(max_size=300),
    st.lists(
        st.one_of(
            st.sampled_from([text.encode(encoding) for text, encoding in ENCODED]),
            st.text(max_size=20).map(lambda text: text.encode("utf-8", "surrogatepass")),
            st.binary(max_size=4),
        ),
        max_size=6,
    ).map(b"".join),
)


@given(ANY_BYTES)
def test_never_raises_and_is_exact_where_it_says_so(data: bytes) -> None:
    text, decoding = decode(data)
    if decoding.exact:
        assert encode(text, decoding) == data
    if decoding.encoding == "utf-8":
        assert decoding.exact


@given(ANY_BYTES)
def test_bad_places(data: bytes) -> None:
    text, decoding = decode(data)
    assert bool(decoding.bad) == bool(decoding.bad_count)
    assert decoding.bad_count == sum(bad.end - bad.start for bad in decoding.bad)
    position, pieces = len(decoding.bom), []
    for bad in decoding.bad:
        assert bad.start >= position
        assert data[bad.start : bad.end].startswith(bad.data)
        pieces.append(data[position : bad.start].decode(decoding.encoding))
        assert sum(map(len, pieces)) == bad.offset
        before = text[: bad.offset].replace("\r\n", "\n").replace("\r", "\n")
        assert bad.line == before.count("\n") + 1
        width = 1 if bad.offset + 1 == len(text) else _width(text, bad.offset)
        pieces.append(text[bad.offset : bad.offset + width])
        position = bad.end
    pieces.append(data[position:].decode(decoding.encoding))
    assert "".join(pieces) == text


def _width(text: str, offset: int) -> int:
    """Characters that stand in for one bad place: they are no text."""
    end = offset
    while end < len(text) and (0xD800 <= ord(text[end]) < 0xE000 or text[end] == "\ufffd"):
        end += 1
    return end - offset


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=200))
def test_utf8_text_stays_that_text(text: str) -> None:
    data = text.encode()
    decoded, decoding = decode(data)
    assert encode(decoded, decoding) == data
    if "\0" not in text and text.isprintable() and not text.startswith("\ufeff"):
        assert decoded == text


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"plain",
        "中文".encode(),
        SIMPLIFIED.encode("gbk"),
        SIMPLIFIED.encode("utf-16-le"),
        SIMPLIFIED.encode("utf-16")[:-1],
        b"text\0 with a stray NUL, " + b"and more text after it. " * 9,
        b"\x1b[31mred\x1b[0m and \x1b[1mbold\x1b[0m",
        (SIMPLIFIED * 9).encode()[:-1],
        "门类\x05\x06\x08，齐全\x07\x08。".encode() * 9,
        "正文".encode() + bytes(500),
    ],
)
def test_text(data: bytes) -> None:
    assert not looks_binary(data)


@pytest.mark.parametrize(
    "data",
    [
        b"\x7fELF\x02\x01\x01\0\0\0",
        b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR",
        b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n",
        b"PK\x03\x04\x14\0\x06\0",
        random.Random(0).randbytes(4096),
        b"abc\0\0\1" * 50,
        bytes(100),
    ],
)
def test_binary(data: bytes) -> None:
    assert looks_binary(data)


@pytest.mark.parametrize("text", ["हेडर पैरामीटर\n", "שלום עולם\n", "ภาษาไทย ก\n"])
def test_a_short_file_with_a_mark_and_zero_bytes_is_utf16(text: str) -> None:
    assert decode(b"\xff\xfe" + text.encode("utf-16-le"))[1].encoding == "utf-16-le"


def test_private_characters_in_a_short_text_show_a_lost_byte() -> None:
    text = "用于测试观测值的累积分布函数，如果是字符串，应该是分布的名称，这里还有几句话。"
    data = text.encode("gb18030")
    assert decode(data)[1].sure
    places = [
        at
        for at in range(len(data))
        if "\ue000" <= max((data[:at] + data[at + 1 :]).decode("gb18030", "ignore")) < "\uf900"
    ]
    assert places
    for at in places:
        assert not decode(data[:at] + data[at + 1 :])[1].sure
