"""What a page costs before its first character is looked at: no module is imported that it does not need."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

CHINESE = "春天来了，村里的人把去年收好的种子搬到院子里晒。老李坐在门口，一边抽烟一边看天色，说今年的雨水会多一些。\n"
ENGLISH = "In spring the people of the village carry their seed into the yard, where it dries until the first rain.\n"
HEAVY = (
    "numpy",
    "regex",
    "typing",
    "argparse",
    "hyperscan",
    "msgspec",
    "dataclasses",
    "tempfile",
    "concurrent.futures",
)
"""Modules each of which takes as long to import as all that a clean page needs of this package, or half of that."""


@pytest.mark.parametrize("text", [CHINESE, ENGLISH], ids=["zh", "en"])
def test_a_clean_page_imports_nothing_heavy(text: str, tmp_path: Path) -> None:
    (tmp_path / "page.txt").write_text(text, "utf-8")
    code = "import sys; from corpus_lint.__main__ import main; print(main(), *sys.modules)"
    command = [sys.executable, "-S", "-c", code, "--isolated", "--no-cache", "page.txt"]
    for _ in range(2):  # what the first run compiles the second finds in the cache folder
        ran = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False, env=_environment())
    status, *imported = ran.stdout.splitlines()[-1].split()
    assert status == "0", ran.stdout + ran.stderr
    assert {*HEAVY}.isdisjoint(imported), {*HEAVY}.intersection(imported)


def _environment() -> dict[str, str]:
    """This environment, in which what is installed is found without `site`, which may import anything."""
    import os

    return {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
