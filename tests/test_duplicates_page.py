"""The script that docs/duplicates.md shows does what the page says."""

from __future__ import annotations

import os
import random
import re
import subprocess
import sys
from pathlib import Path

from tests.shell import ENVIRONMENT
from tests.test_passages import prose

PAGE = Path(__file__).parent.parent / "docs" / "duplicates.md"


def test_the_script_deletes_by_its_policy(tmp_path: Path) -> None:
    (code,) = re.findall(r"```python\n(.*?)```", PAGE.read_text("utf-8"), re.DOTALL)
    code = code.replace('["corpus-lint",', f'[{sys.executable!r}, "-m", "corpus_lint", "--isolated",')
    chance = random.Random(3)
    first, own, other, shared = (prose(chance, 300).strip() + "\n" for _ in range(4))
    files = {
        "a.txt": first,
        "b.txt": f" {first}",
        "c.txt": f"{own}\n{shared}{other}",
        "d.txt": f"{other[::-1]}\n{shared}\n{own[::-1]}\r\n",
        "keep/e.txt": first,
    }
    (tmp_path / "keep").mkdir()
    for name, text in files.items():
        (tmp_path / name).write_bytes(text.encode())
    command = [sys.executable, "-c", code, *files]
    done = subprocess.run(command, cwd=tmp_path, env={**os.environ, **ENVIRONMENT}, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()
    left = {name: path.read_bytes().decode() for name in files if (path := tmp_path / name).exists()}
    without = f"{other[::-1]}\n\n{own[::-1]}\r\n"
    assert left == {"a.txt": first, "c.txt": files["c.txt"], "d.txt": without, "keep/e.txt": first}
