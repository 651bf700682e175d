"""SCR005: its option, which examples cannot set."""

from corpus_lint import testing
from corpus_lint.finding import Confidence
from corpus_lint_rules.scr.unexpected_script import UnexpectedScript


def found(text: str, *expected: str) -> list[str]:
    options = UnexpectedScript.Options()
    options.expected_scripts = expected  # type: ignore[misc]
    results = testing.find(UnexpectedScript(options), text)
    assert all(result.finding.confidence is Confidence.HIGH for result in results)
    return [text[result.finding.start : result.finding.end] for result in results]


def test_expected_scripts() -> None:
    text = "中文与 English。\nРусский текст здесь\nかな、カナ\n½ ℃ Ａ１"
    assert found(text, "Han", "Latin") == ["Русский текст здесь", "かな、カナ"]
    assert found(text, "Han", "Latin", "Cyrillic", "Hiragana", "Katakana") == []


def test_names_in_any_case() -> None:
    assert found("ไทย", "thai") == []
    assert found("ไทย", "han") == ["ไทย"]


def test_misread_text_is_of_no_script() -> None:
    line = "Дед открыл дверь и вышел на крыльцо, чтобы посмотреть на реку."
    text = f"{line}\n" * 20 + line.encode("cp1251").decode("cp932", "ignore")
    assert testing.find(UnexpectedScript, text) == []
