"""The hooks, run by the real pre-commit in a real git repository, without a network.

pre-commit clones a repository that holds this project as it is now, makes the hooks' environment with virtualenv and
installs the project there with pip: all as a user has it, but for what would be downloaded. pip may use no index; it
finds the build backend and the dependencies in the environment that runs the tests, through PYTHONPATH, and builds the
project without an environment of its own for that. So what is not tested is that the dependencies can be downloaded.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path

import pytest

from tests.shell import ENVIRONMENT

pytest.importorskip("pre_commit")

ROOT = Path(__file__).parent.parent
HOOKS = "corpus-lint", "corpus-lint-fix", "corpus-lint-against", "corpus-lint-all"
MASKED = "根据xx省的统一部署，各地认真贯彻落实会议精神。\n"
CLEAN = "根据浙江省的统一部署，各地认真贯彻落实会议精神。\n"
READINGS = (
    "網(wǎng)絡(luò)的發(fā)展對(duì)學(xué)習(xí)的影響(xiǎng)很大，"
    "我們(men)應(yīng)該(gāi)認(rèn)真對(duì)待這個(gè)問(wèn)題(tí)。\n"
)


class Repository:
    """A repository of a user who has the hooks."""

    def __init__(self, folder: Path, environment: dict[str, str]) -> None:
        self.folder = folder
        self._environment = environment
        self.git("init", "-q", "-b", "main")

    def write(self, name: str, content: str | bytes) -> Path:
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    def git(self, *arguments: str) -> str:
        done = self._run("git", *arguments)
        assert done.returncode == 0, done.stdout.decode()
        return done.stdout.decode()

    def configure(self, source: Path, *hooks: str) -> None:
        revision = self._run("git", "-C", str(source), "rev-parse", "HEAD").stdout.decode().strip()
        listed = "".join(f"      - id: {hook}\n" for hook in hooks)
        self.write(".pre-commit-config.yaml", f"repos:\n  - repo: {source}\n    rev: {revision}\n    hooks:\n{listed}")
        self.git("add", ".pre-commit-config.yaml")

    def commit(self) -> tuple[int, str]:
        """Commit what is staged, with the hooks that `pre-commit install` put there."""
        done = self._run("git", "commit", "-q", "-m", "x")
        return done.returncode, done.stdout.decode()

    def pre_commit(self, *arguments: str) -> tuple[int, str]:
        done = self._run(sys.executable, "-m", "pre_commit", *arguments)
        return done.returncode, done.stdout.decode()

    def _run(self, *command: str) -> subprocess.CompletedProcess[bytes]:
        return subprocess.run(
            command,
            cwd=self.folder,
            env=self._environment,
            check=False,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )


@pytest.fixture(scope="module")
def environment(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    return {
        **kept,
        **ENVIRONMENT,
        "PRE_COMMIT_HOME": str(tmp_path_factory.mktemp("pre-commit")),
        "PIP_NO_INDEX": "1",
        "PIP_NO_BUILD_ISOLATION": "0",  # pip reads it as the value of the opposite: no isolation
        "PIP_DISABLE_PIP_VERSION_CHECK": "1",
        "PYTHONPATH": sysconfig.get_paths()["purelib"],
    }


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory, environment: dict[str, str]) -> Path:
    """A repository that holds the project as it is now."""
    folder = tmp_path_factory.mktemp("project")
    for name in ("lint", "rules"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("pyproject.toml", "README.md", "LICENSE", ".pre-commit-hooks.yaml"):
        shutil.copy(ROOT / name, folder / name)
    repository = Repository(folder, environment)
    repository.git("add", "-A")
    assert repository.commit()[0] == 0
    return folder


@pytest.fixture
def user(tmp_path: Path, environment: dict[str, str]) -> Repository:
    return Repository(tmp_path, environment)


def test_commits(user: Repository, source: Path) -> None:
    user.configure(source, "corpus-lint")
    assert user.pre_commit("install")[0] == 0
    user.write("语料/第一章 终稿.txt", CLEAN)
    user.git("add", "-A")
    status, out = user.commit()
    assert status == 0, out

    user.write("语料/第一章 终稿.txt", CLEAN + MASKED)
    user.git("add", "-A")
    status, out = user.commit()
    assert status == 1
    assert "语料/第一章 终稿.txt:2:3: PLH001" in out
    assert "1 document in 1 file read" in out, "only what has changed is linted"

    # The staged hunk is mended, the unstaged one adds damage: what is committed is clean.
    user.write("语料/第一章 终稿.txt", CLEAN + CLEAN.replace("浙江", "江苏"))
    user.git("add", "-A")
    unstaged = CLEAN + CLEAN.replace("浙江", "江苏") + "\n" * 20 + MASKED
    path = user.write("语料/第一章 终稿.txt", unstaged)
    status, out = user.commit()
    assert status == 0, out
    assert path.read_text() == unstaged
    # And the other way round.
    user.git("add", "-A")
    path.write_text(unstaged.replace("xx省", "湖南省"))
    status, out = user.commit()
    assert status == 1
    assert "终稿.txt:23:3: PLH001" in out
    assert "湖南省" in path.read_text()


def test_what_only_looks_binary_is_not_passed_over(user: Repository, source: Path) -> None:
    user.configure(source, "corpus-lint")
    user.write("a.jsonl", b'{"text": "one\\u0000two", "note": "\x7f"}\n{"text": "' + MASKED.strip().encode() + b'"}\n')
    user.write("b.txt", MASKED.encode("utf-16"))
    user.write("README.txt", MASKED)
    user.git("add", "-A")
    status, out = user.pre_commit("run")
    assert status == 1
    assert "a.jsonl:2:" in out
    assert "b.txt:1:3: PLH001" in out
    assert "README.txt" not in out.replace("1 excluded", ""), "excluded files are passed, and left out again"


def test_fixing(user: Repository, source: Path) -> None:
    user.configure(source, "corpus-lint-fix")
    path = user.write("a.txt", READINGS)
    user.git("add", "-A")
    status, out = user.pre_commit("run")
    assert status == 1
    assert "files were modified by this hook" in out
    assert "(wǎng)" not in path.read_text()
    user.git("add", "-A")
    status, out = user.pre_commit("run")
    assert status == 0, out


def test_the_reporting_hook_changes_nothing(user: Repository, source: Path) -> None:
    user.configure(source, "corpus-lint", "corpus-lint-all")
    path = user.write("a.txt", READINGS)
    user.write("untracked.txt", MASKED)
    user.git("add", "a.txt")
    status, out = user.pre_commit("run")
    assert status == 1
    assert "files were modified" not in out
    assert "untracked.txt" not in out, "what git does not track is not committed, and not linted"
    assert path.read_text() == READINGS


def test_six_thousand_files(user: Repository, source: Path) -> None:
    user.configure(source, "corpus-lint", "corpus-lint-all")
    for number in range(6000):
        user.write(
            f"语料/{number % 60}/第{number}号 文件.txt", MASKED if number == 4321 else CLEAN + f"第{number}号文件。\n"
        )
    user.git("add", "-A")
    status, out = user.pre_commit("run", "corpus-lint", "--all-files")
    assert status == 1
    assert out.count("PLH001 ") == 1
    assert "语料/1/第4321号 文件.txt:1:3: PLH001" in out
    read = [int(line.split()[0].replace(",", "")) for line in out.splitlines() if " read, " in line]
    assert sum(read) == 6000
    assert len(read) > 1, "the files are split over several processes: nothing may hang on their being one"
    status, out = user.pre_commit("run", "corpus-lint-all", "--all-files")
    assert status == 1
    assert "语料/1/第4321号 文件.txt:1:3: PLH001" in out
    assert "6,000 documents in 6,000 files read" in out
