"""Which encoding bytes are in: clean, beside chardet; damaged, where chardet is lost."""

from __future__ import annotations

import random

import chardet
import pytest

from corpus_lint.decode import decode

LINES = {
    "gb18030": (
        "近年来，电信网络诈骗案件时有发生，给人民群众的财产安全带来了很大的损失。",
        "学校组织了一次活动，三百多名学生和家长到场，听民警讲解常见的手法。",
        "一位老人说，她差点把养老的钱都转走，多亏银行的工作人员拦住了她。",
    ),
    "cp950": (
        "近年來，電信網路詐騙案件時有發生，給人民群眾的財產安全帶來了很大的損失。",
        "學校舉辦了一次活動，三百多名學生和家長到場，聽警察講解常見的手法。",
        "一位老人說，她差點把養老的錢都轉走，多虧銀行的工作人員攔住了她。",
    ),
    "cp932": (
        "近年、電話を使った詐欺が増えており、多くの人が大切なお金を失っています。",
        "学校では先週、生徒と保護者のために説明会が開かれ、警察官が手口を紹介しました。",
    ),
    "euc_jp": (
        "近年、電話を使った詐欺が増えており、多くの人が大切なお金を失っています。",
        "学校では先週、生徒と保護者のために説明会が開かれ、警察官が手口を紹介しました。",
    ),
    "cp949": (
        "최근 전화를 이용한 사기가 늘어나 많은 사람들이 소중한 재산을 잃고 있습니다.",
        "지난주 학교에서는 학생과 학부모를 위한 설명회가 열렸고, 경찰이 수법을 소개했습니다.",
    ),
    "cp1251": ("В последние годы всё чаще случаются мошенничества по телефону, и люди теряют сбережения.",),
    "koi8-r": ("На прошлой неделе в школе прошло собрание, на котором полицейский рассказал о приёмах.",),
    "cp1252": ("L'année dernière, l'école a organisé une réunion où des élèves ont été prévenus à temps.",),
}
SAME = {"gb2312": "gb18030", "big5": "cp950", "shift_jis": "cp932", "euc-jp": "euc_jp", "euc-kr": "cp949"}


def text_of(encoding: str, size: int) -> bytes:
    """About so many bytes of lines in changing order."""
    chance = random.Random(size)
    lines: list[bytes] = []
    while sum(map(len, lines)) < size:
        lines.append(chance.choice(LINES[encoding]).encode(encoding))
    return b"\n".join(lines)


@pytest.mark.parametrize("size", [200, 2_000, 50_000])
@pytest.mark.parametrize("encoding", LINES)
def test_clean_bytes(encoding: str, size: int) -> None:
    data = text_of(encoding, size)
    text, decoding = decode(data)
    assert text == data.decode(encoding)
    assert decoding.bad == ()


@pytest.mark.parametrize("size", [300, 40_000])
@pytest.mark.parametrize("encoding", ["gb18030", "cp950", "cp932", "euc_jp", "cp949", "utf-8"])
@pytest.mark.parametrize("damage", ["byte put in", "byte lost", "first byte lost"])
def test_one_bad_byte(encoding: str, size: int, damage: str) -> None:
    data = text_of("gb18030", size).decode("gb18030").encode() if encoding == "utf-8" else text_of(encoding, size)
    place = next(i for i in range(len(data) // 3, len(data)) if data[i] >= 0x80)
    worse = {
        "byte put in": data[:place] + b"\xff" + data[place:],
        "byte lost": data[:place] + data[place + 1 :],
        "first byte lost": data[1:],
    }[damage]
    _, decoding = decode(worse)
    assert decoding.encoding == encoding
    assert decoding.known


def test_where_chardet_is_lost() -> None:
    """A single bad byte in 40 KB of GBK: chardet names a Cyrillic encoding or none."""
    data = text_of("gb18030", 40_000)
    worse = data[:20_000] + b"\xff" + data[20_000:]
    told = chardet.detect(worse)["encoding"] or ""
    assert SAME.get(told.lower(), told.lower()) != "gb18030", "chardet has learned it: say so in the documentation"
    assert decode(worse)[1].encoding == "gb18030"


def test_a_sign_that_never_stands_in_a_word_is_no_letter() -> None:
    text = "".join(f"- ``option_{number}`` \u2020 is not supported by all servers\n" for number in range(400))
    assert decode(text.encode("cp1252"))[0] == text
