"""What a run lays aside goes with it, or with the next run when it was killed."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pytest

from corpus_lint import scratch
from corpus_lint.scratch import Scratch

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="there are no such locks")

KILLED = """
import os, signal
from corpus_lint.scratch import Scratch
mine = Scratch()
open(os.path.join(mine.name, "texts"), "w").write("text")
print(mine.name, flush=True)
if os.fork():
    os.kill(os.getpid(), signal.SIGKILL)
else:
    os.read(0, 1)
    os._exit(0)
"""


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr(tempfile, "tempdir", None)
    return tmp_path


def test_a_folder_goes_with_its_run(folder: Path) -> None:
    mine = Scratch()
    assert Path(mine.name).parent == folder
    del mine
    assert not any(folder.iterdir())


def test_the_folder_of_a_killed_run_is_taken_away_when_its_last_process_has_ended(folder: Path) -> None:
    with subprocess.Popen([sys.executable, "-c", KILLED], stdin=-1, stdout=-1, text=True) as killed:
        assert killed.stdout is not None
        left = Path(killed.stdout.readline().strip())
        killed.wait()
        mine = Scratch()
        assert (left / "texts").exists(), "a process of it is still at work"
    other = Scratch()
    for _ in range(100):
        if not left.exists():
            break
        time.sleep(0.05)
        scratch.clean()
    assert not left.exists()
    assert os.path.isdir(mine.name)
    assert os.path.isdir(other.name)


def test_what_others_have_laid_aside_stays(folder: Path) -> None:
    for name in ("corpus-lint-run-new", "other"):
        (folder / name).mkdir()
    scratch.clean()
    assert sorted(path.name for path in folder.iterdir()) == ["corpus-lint-run-new", "other"]
