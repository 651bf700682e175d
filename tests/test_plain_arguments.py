"""What is understood without `argparse` is what it understands."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus_lint import plain_arguments
from corpus_lint.arguments import make_parser
from corpus_lint.config import OUTPUT_FORMATS

WORDS = [
    *plain_arguments.SWITCHES,
    *plain_arguments.VALUES,
    *(f"{option}=x" for option in plain_arguments.VALUES),
    *("a", "b/c.txt", "-", "--", "", "-x", "--help", "--sel", "--fail-on", "-j2", "-j=2", "2", "json", "x=y", "-1"),
    *("--jobs=3", "--output-format=json", "--select=", "--new-since", "--merge", "--explain", "--fix=1", "a b"),
]


def both(arguments: list[str]) -> bool:
    """Whether the arguments were understood, and if so, as by `argparse`."""
    found = plain_arguments.parse(arguments, OUTPUT_FORMATS)
    if found is not None:
        assert found == vars(make_parser().parse_args(arguments))
    return found is not None


@given(st.lists(st.sampled_from(WORDS), max_size=6))
def test_any(arguments: list[str]) -> None:
    both(arguments)


@pytest.mark.parametrize(
    "line",
    [
        "",
        "a b",
        "--fix a.txt",
        "--isolated --no-cache --jobs 1 --output-format concise a.txt",
        "a b --field x --field y.z --exclude * --exclude=b -j 4 --select MOJ,ENC001 --ignore=DUP",
        "- --stdin-filename x.md --baseline base.toml --max-share BOI=0.01 --output json=a.json --redact",
    ],
)
def test_what_most_calls_are_made_of(line: str) -> None:
    assert both(line.split())


@pytest.mark.parametrize("line", ["a --fix b", "--jobs x a", "--output-format no", "--help", "--select", "-j2"])
def test_what_is_left_to_argparse(line: str) -> None:
    assert not both(line.split())


def test_what_is_wrong_with_an_option_is_told_in_two_lines(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        make_parser().parse_args(["--fail-on", "bad"])
    assert ended.value.code == 2
    usage, told = capsys.readouterr().err.splitlines()
    assert usage == "usage: corpus-lint [OPTIONS] [PATH]..."
    assert told.startswith("corpus-lint: error: argument --fail-on: invalid choice: 'bad'")
