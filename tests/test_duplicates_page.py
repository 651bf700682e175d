"""The script that docs/duplicates.md shows does what the page says."""

from __future__ import annotations

import json
import os
import random
import re
import subprocess
import sys
from pathlib import Path

from corpus_lint.finding import Likeness
from tests.planted import prose
from tests.shell import ENVIRONMENT

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
        "near.txt": f"{own[:150]}改{own[151:]}",
    }
    (tmp_path / "keep").mkdir()
    for name, text in files.items():
        (tmp_path / name).write_bytes(text.encode())
    command = [sys.executable, "-c", code, *files]
    done = subprocess.run(command, cwd=tmp_path, env={**os.environ, **ENVIRONMENT}, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()
    left = {name: path.read_bytes().decode() for name in files if (path := tmp_path / name).exists()}
    without = f"{other[::-1]}\n\n{own[::-1]}\r\n"
    assert left == {
        "a.txt": first,
        "c.txt": files["c.txt"],
        "d.txt": without,
        "keep/e.txt": first,
        "near.txt": files["near.txt"],
    }


def test_the_page_names_the_fields_of_a_likeness(tmp_path: Path) -> None:
    shown, rest = PAGE.read_text("utf-8").split("```json\n", 1)[1].split("\n```", 1)
    documented = json.loads(f"{{{shown}}}")["likeness"]
    assert tuple(documented) == Likeness._fields
    assert all(f"`{name}`" in rest for name in (*Likeness._fields, "exact", "folded", "near"))
    page = prose(random.Random(5), 300).strip() + "\n"
    for name, text in {"a": page, "b": page, "c": f"{page[:150]}改{page[151:]}"}.items():
        (tmp_path / f"{name}.txt").write_text(text, "utf-8")
    reports = ["json", "sarif"]
    command = [sys.executable, "-m", "corpus_lint", "--isolated", "--select", "DUP", "--pedantic"]
    outputs = [option for form in reports for option in ("--output", f"{form}={form}.json")]
    subprocess.run([*command, *outputs, "."], cwd=tmp_path, env={**os.environ, **ENVIRONMENT}, check=False)
    found, log = (json.loads((tmp_path / f"{form}.json").read_text("utf-8")) for form in reports)
    assert [(one["code"], one["likeness"]["kind"]) for one in found] == [("DUP003", "exact"), ("DUP002", "near")]
    assert [one["properties"]["likeness"] for one in log["runs"][0]["results"]] == [one["likeness"] for one in found]
    assert 0.98 < found[1]["likeness"]["similarity"] < 1
    assert all(one["likeness"].keys() == documented.keys() for one in found)
