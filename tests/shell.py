"""A folder to work in, with git, and the command to run there."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path
from typing import Any

import pytest

from corpus_lint.cli import main

ENVIRONMENT = {
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_SYSTEM": os.devnull,
    "GIT_AUTHOR_NAME": "A",
    "GIT_AUTHOR_EMAIL": "a@example.org",
    "GIT_COMMITTER_NAME": "A",
    "GIT_COMMITTER_EMAIL": "a@example.org",
}


class Workshop:
    """A folder with the rules of the test pack; names may hold folders."""

    def __init__(self, folder: Path, capture: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
        self.folder = folder
        self._capture = capture
        monkeypatch.chdir(folder)
        for name in [name for name in os.environ if name.startswith("GIT_")]:
            monkeypatch.delenv(name)
        for name, value in ENVIRONMENT.items():
            monkeypatch.setenv(name, value)
        self.write("corpus-lint.toml", 'packs = ["tests.pack"]\n')

    def write(self, name: str, content: str | bytes) -> Path:
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    def read(self, name: str) -> str:
        return (self.folder / name).read_bytes().decode()

    def replace(self, name: str, old: str, new: str) -> None:
        text = self.read(name)
        assert old in text, (name, old)
        self.write(name, text.replace(old, new, 1))

    def run(self, *arguments: str) -> tuple[int, str, str]:
        status = main(arguments)
        captured = self._capture.readouterr()
        return status, captured.out, captured.err

    def found(self, *arguments: str) -> list[tuple[str, int, str]]:
        """File, line and text of what counts; the exit status agrees."""
        status, out, err = self.run("--output-format", "json", *arguments)
        found: list[dict[str, Any]] = json.loads(out)
        assert status == bool(found), (status, out, err)
        return [(Path(item["filename"]).as_posix(), item["line"], item["text"]) for item in found]

    def git(self, *arguments: str, check: bool = True) -> str:
        done = subprocess.run(["git", *arguments], cwd=self.folder, capture_output=True, check=False)
        assert not check or done.returncode == 0, (arguments, done.stdout, done.stderr)
        return done.stdout.decode()

    def commit(self, message: str = "x") -> None:
        self.git("add", "-A")
        self.git("commit", "-q", "-m", message)
