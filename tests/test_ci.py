"""The GitHub action's script, and the examples of docs/: what is written there works."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path
from typing import Any

import pytest

from corpus_lint import baseline

ROOT = Path(__file__).parent.parent


def action() -> dict[str, Any]:
    yaml = pytest.importorskip("yaml")
    loaded: dict[str, Any] = yaml.safe_load((ROOT / "action.yml").read_text())
    return loaded


def arguments(tmp_path: Path, **inputs: str) -> list[str]:
    """What the action calls the command with."""
    step = action()["runs"]["steps"][-1]
    given = {name: inputs.get(name, "") for name in step["env"]}
    command = tmp_path / "corpus-lint"
    command.write_text('#!/bin/sh\nprintf "%s\\n" "$@"\n')
    command.chmod(0o755)
    path = f"{tmp_path}{os.pathsep}{os.environ['PATH']}"
    done = subprocess.run(
        ["bash", "-euo", "pipefail", "-c", step["run"]],
        env={**given, "PATH": path},
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout.splitlines()


def test_the_action_calls_the_command(tmp_path: Path) -> None:
    assert arguments(tmp_path, PATHS=".") == ["--output-format", "github", "--", "."]
    assert arguments(
        tmp_path,
        PATHS="语料\nb c.txt\n$(touch x)",
        SINCE="auto",
        BASE="main",
        BASELINE="corpus.baseline",
        FAIL_ON="error",
        SARIF="out.sarif",
        ARGS="--pedantic\n--exclude\n*.md",
    ) == [
        "--output-format",
        "github",
        "--new-since-merge-base=origin/main",
        "--baseline=corpus.baseline",
        "--fail-on=error",
        "--output=sarif=out.sarif",
        "--pedantic",
        "--exclude",
        "*.md",
        "--",
        "语料",
        "b c.txt",
        "$(touch x)",
    ]
    assert "--new-since-merge-base=" not in "".join(arguments(tmp_path, PATHS=".", SINCE="auto"))


def test_every_input_of_the_action_is_used() -> None:
    loaded = action()
    used = "".join(str(step.get("env", "")) for step in loaded["runs"]["steps"])
    assert all(f"inputs.{name} " in used for name in loaded["inputs"])
    assert all("${{" not in step.get("run", "") for step in loaded["runs"]["steps"]), "inputs would be run"


def test_the_line_in_the_documentation_is_one() -> None:
    text = (ROOT / "docs" / "baseline.md").read_text()
    (line,) = [line for line in text.splitlines() if line.startswith('{"file"')]
    (known,) = baseline.parse('{"corpus-lint-baseline": 1}\n' + line, "x").entries
    assert known.reason


@pytest.mark.parametrize("name", ["baseline.md", "ci.md"])
def test_options_in_the_documentation_exist(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    import re

    from corpus_lint.arguments import make_parser

    known = {option for action in make_parser()._actions for option in action.option_strings}
    named = set(re.findall(r"(?<![\w-])--[a-z-]+[a-z]", (ROOT / "docs" / name).read_text()))
    assert named <= known, named - known
