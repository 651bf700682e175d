"""What is written down is what the tool does."""

from __future__ import annotations

import re
import runpy
import subprocess
from pathlib import Path

import pytest

from corpus_lint.arguments import make_parser
from corpus_lint.cli import main

ROOT = Path(__file__).parent.parent


def test_the_rule_reference_is_that_of_the_rules() -> None:
    made = runpy.run_path(str(ROOT / "docs" / "make_rules.py"))
    assert (ROOT / "docs" / "rules.md").read_text("utf-8") == made["reference"](), "run python docs/make_rules.py"


def test_the_keys_are_those_of_the_configuration() -> None:
    made = runpy.run_path(str(ROOT / "docs" / "make_configuration.py"))
    page = (ROOT / "docs" / "configuration.md").read_text("utf-8")
    assert made["page"](page) == page, "run python docs/make_configuration.py"


def test_every_option_is_described_in_the_documentation() -> None:
    pages = "\n".join(path.read_text("utf-8") for path in [ROOT / "README.md", *(ROOT / "docs").glob("*.md")])
    options = {option for action in make_parser()._actions for option in action.option_strings if option[:2] == "--"}
    hidden = {"--text-field", "--help", "--version"}
    assert [option for option in sorted(options - hidden) if not re.search(rf"{option}\b(?!-)", pages)] == []


def test_the_golden_report_is_that_of_the_seeds(capsys, monkeypatch) -> None:  # type: ignore[no-untyped-def]
    """``corpus-lint --isolated --output-format concise seeds > tests/golden/seeds.txt`` writes it anew."""
    monkeypatch.chdir(ROOT)
    assert main(["--isolated", "--output-format", "concise", "seeds"]) == 1
    assert capsys.readouterr().out == (ROOT / "tests" / "golden" / "seeds.txt").read_text("utf-8")


def test_the_fixed_seeds_are_the_golden_ones(capsys, monkeypatch) -> None:  # type: ignore[no-untyped-def]
    """The diff of ``corpus-lint --isolated --diff seeds`` is kept as ``tests/golden/seeds.diff``."""
    monkeypatch.chdir(ROOT)
    main(["--isolated", "--diff", "seeds"])
    assert capsys.readouterr().out == (ROOT / "tests" / "golden" / "seeds.diff").read_text("utf-8")


def test_the_readme_shows_the_real_output(capsys, monkeypatch) -> None:  # type: ignore[no-untyped-def]
    monkeypatch.chdir(ROOT)
    shown = re.search(r"```console\n\$ corpus-lint seeds\n(.*?)```", (ROOT / "README.md").read_text("utf-8"), re.DOTALL)
    assert shown is not None
    main(["--isolated", "seeds"])
    out = capsys.readouterr().out
    for part in shown[1].split("[…]\n"):
        assert part in out


def test_the_project_passes_its_own_hook(capsys, monkeypatch) -> None:  # type: ignore[no-untyped-def]
    yaml = pytest.importorskip("yaml")
    config = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text("utf-8"))
    hook = next(hook for hook in config["repos"][0]["hooks"] if hook["id"] == "corpus-lint")
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False)
    names = [n for n in listed.stdout.split("\n") if re.search(hook["files"], n) and not re.search(hook["exclude"], n)]
    if not names:
        pytest.skip("this is no checkout")
    monkeypatch.chdir(ROOT)
    assert main([*hook["entry"].split()[1:], *names]) == 0, capsys.readouterr().out


def test_tables_made_from_the_data_of_others_are_in_the_notice() -> None:
    """A table says so in its head or, where it has none, the script that makes it does."""
    notice = (ROOT / "NOTICE").read_text("utf-8")
    told = {name: {*origins.split(", ")} for name, origins in re.findall(r"(?m)^((?:lint|rules)/\S+) +(.+)$", notice)}
    origins = {"OpenCC", "jieba", "pypinyin"}
    tables = [ROOT / name for name in told] + [*(ROOT / "rules").rglob("*.txt"), *(ROOT / "rules").rglob("*.toml")]
    for table in tables:
        head = "".join(
            line for line in table.read_bytes().decode("utf-8", "replace").splitlines(True)[:10] if line[0] == "#"
        )
        if head:
            name = table.relative_to(ROOT).as_posix()
            assert {origin for origin in origins if origin in head} == told.get(name, set()) & origins, name
    assert {origin for each in told.values() for origin in each} <= set(re.findall(r"(?m)^(\w+), https://", notice))
