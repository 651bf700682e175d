"""Revisions: what was found already in the files as git has them at a revision.

Only the versions that matter are linted: of files that have findings now and that have changed, and of files that
were removed, which may have gone on under other names. Nothing is guessed: what cannot be resolved is an error.
"""

from __future__ import annotations

import os
import subprocess
from typing import TYPE_CHECKING

from .named_tuple import NamedTuple
from .options import ConfigurationError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from .baseline import Entry
    from .diagnostic import Diagnostic

    Relint = Callable[[Sequence[tuple[str, str]]], list[Diagnostic]]

FILE_MODES = (b"100644", b"100755")
CONVERTING = ("text", "eol", "crlf", "filter", "working-tree-encoding", "ident")
"""Attributes by which a file in the work tree may have other bytes than in git."""


class _Changes(NamedTuple):
    """What has changed since the revision: paths from the top of the work tree.

    ``earlier`` gives for a changed file the path that it had, ``removed`` are files that are no longer there, and
    ``blobs`` the objects of all files of the revision.
    """

    earlier: dict[str, str]
    removed: list[str]
    blobs: dict[str, str]


class Revision:
    """A commit to compare with.

    Args:
        name: what git resolves to a commit.
        merge_base: whether its last common ancestor with ``HEAD`` is meant.

    Raises:
        ConfigurationError: there is no git, no work tree or no such commit; the message says what to fetch.
    """

    def __init__(self, name: str, *, merge_base: bool = False) -> None:
        self._option = f"--new-since{'-merge-base' if merge_base else ''} {name}"
        top = _git("rev-parse", "--show-toplevel")
        if top is None:
            raise ConfigurationError(f"{self._option}: the working directory is in no git work tree")
        self._top = os.fsdecode(top.removesuffix(b"\n"))
        commit = _git("rev-parse", "--verify", "--quiet", f"{name}^{{commit}}")
        if commit is None or name.startswith("-"):
            raise ConfigurationError(f"{self._option}: git knows no commit `{name}`; {_to_fetch(name)}")
        self._commit = commit.decode().strip()
        if merge_base:
            base = _git("merge-base", self._commit, "HEAD")
            if base is None:
                raise ConfigurationError(
                    f"{self._option}: git sees no common ancestor of `{name}` and HEAD; {_to_fetch(name)}"
                )
            self._commit = base.decode().split()[0]

    def known(self, diagnostics: Sequence[Diagnostic], others: Sequence[Diagnostic], relint: Relint) -> list[bool]:
        """For each finding whether it was there at the revision.

        Args:
            diagnostics: findings in the files as they are now.
            others: findings that are known otherwise: what they were at the revision, no other finding can have been.
            relint: lints files, each given by its path and by the name that it goes by.

        Raises:
            ConfigurationError: a file is not in the work tree, or git fails.
        """
        places = {name: self._inside(name) for d in (*diagnostics, *others) for name in _files(d)}
        changes = self._changes()
        changed = {*changes.earlier, *changes.removed}
        unchanged = {name for name, place in places.items() if place in changes.blobs and place not in changed}
        is_old = [all(name in unchanged for name in _files(diagnostic)) for diagnostic in diagnostics]
        wanted: dict[str, str] = {}
        for diagnostic, old in zip(diagnostics, is_old, strict=True):
            for name in () if old else _files(diagnostic):
                earlier = changes.earlier.get(places[name], places[name])
                if earlier in changes.blobs:
                    wanted.setdefault(earlier, name)
        found = self._lint(wanted, changes.blobs, relint)
        names = set(wanted.values())
        # Findings of unchanged files that were linted again are their own earlier selves: they come first.
        first = [d for d, old in zip(diagnostics, is_old, strict=True) if old and d.place.filename in names]
        first += [diagnostic for diagnostic in others if diagnostic.place.filename in names]
        asked = [diagnostic for diagnostic, old in zip(diagnostics, is_old, strict=True) if not old]
        answers = self._match([*first, *asked], found, set())[len(first) :]
        gone = {path: os.path.relpath(os.path.join(self._top, path)) for path in changes.removed if path not in wanted}
        if gone and not all(answers):
            found += self._lint(gone, changes.blobs, relint)
            answers = self._match([*first, *asked], found, set(gone.values()))[len(first) :]
        answer = iter(answers)
        return [old or next(answer) for old in is_old]

    def _match(self, diagnostics: Sequence[Diagnostic], earlier: Sequence[Diagnostic], gone: set[str]) -> list[bool]:
        from .baseline import Scope, entry, subtract
        from .identity import Identity

        def entries(found: Sequence[Diagnostic]) -> list[Entry]:
            return [entry(d.place.filename, d.code, d.identity or Identity("", "")) for d in found]

        linted = {diagnostic.place.filename for diagnostic in (*diagnostics, *earlier)} - gone
        scope = Scope(linted, lambda file: file in gone, lambda code: True)
        return [number is not None for number in subtract(entries(earlier), entries(diagnostics), scope)]

    def _inside(self, name: str) -> str:
        """The file's path from the top of the work tree, where it really is; of a link out of it, the link's."""
        folder, base = os.path.split(os.path.abspath(name))
        top = os.path.realpath(self._top)
        inside = os.path.relpath(os.path.realpath(name), top)
        if _is_outside(inside):
            inside = os.path.relpath(os.path.join(os.path.realpath(folder), base), top)
        if name == "-" or _is_outside(inside):
            hint = "name it with --stdin-filename" if name == "-" else "leave it out"
            raise ConfigurationError(f"{self._option}: {name} is not in the work tree {self._top}; {hint}")
        return inside.replace(os.sep, "/")

    def _changes(self) -> _Changes:
        listed = self._ask("ls-tree", "-r", "-z", "--full-tree", self._commit)
        blobs: dict[str, str] = {}
        for line in listed.split(b"\0"):
            if line:
                about, _, raw = line.partition(b"\t")
                mode, _, digest = about.split()
                if mode in FILE_MODES:
                    blobs[os.fsdecode(raw)] = digest.decode()
        options = ("--no-ext-diff", "--no-textconv", "--ignore-submodules=all", "-l0")
        changed = self._ask("diff", "--name-status", "-z", "--find-renames", *options, self._commit, "--")
        earlier: dict[str, str] = {}
        removed: list[str] = []
        words = iter(os.fsdecode(changed).split("\0"))
        for status in words:
            if not status:
                break
            path = next(words)
            if status[0] in "RC":
                earlier[next(words)] = path
            elif status[0] == "D":
                removed.append(path)
            else:
                earlier[path] = path
        return _Changes(earlier, [path for path in removed if path in blobs], blobs)

    def _lint(self, wanted: dict[str, str], blobs: dict[str, str], relint: Relint) -> list[Diagnostic]:
        """The findings in earlier versions of files; ``wanted`` gives for their paths the names they go by now."""
        if not wanted:
            return []
        import tempfile

        with tempfile.TemporaryDirectory(prefix="corpus-lint-") as folder:
            copies = []
            for number, (path, data) in enumerate(self._contents(list(wanted), blobs)):
                copy = os.path.join(folder, str(number))
                with open(copy, "wb") as file:
                    file.write(data)
                copies.append((copy, wanted[path]))
            return relint(copies)

    def _contents(self, paths: Sequence[str], blobs: dict[str, str]) -> Iterator[tuple[str, bytes]]:
        """The bytes of files at the revision, as git would put them into the work tree."""
        converted = self._converted(paths)
        plain = [path for path in paths if path not in converted]
        for path in converted:
            yield path, self._ask("cat-file", "--filters", f"--path={path}", blobs[path])
        if not plain:
            return
        with subprocess.Popen(
            ["git", "cat-file", "--batch"], cwd=self._top, stdin=subprocess.PIPE, stdout=subprocess.PIPE
        ) as batch:
            assert batch.stdin is not None
            assert batch.stdout is not None
            for path in plain:
                batch.stdin.write(f"{blobs[path]}\n".encode())
                batch.stdin.flush()
                head = batch.stdout.readline().split()
                if len(head) != 3:
                    raise ConfigurationError(f"{self._option}: git cannot give {path} as it was; {_to_fetch('REV')}")
                data = batch.stdout.read(int(head[2]))
                batch.stdout.read(1)
                yield path, data
            batch.stdin.close()

    def _converted(self, paths: Sequence[str]) -> list[str]:
        """Those of the paths that git may convert on their way into the work tree."""
        if not paths:
            return []
        automatic = (_git("config", "--get", "core.autocrlf") or b"false").strip() not in (b"false", b"input")
        if automatic:
            return list(paths)
        asked = b"".join(os.fsencode(path) + b"\0" for path in paths)
        told = self._ask("check-attr", "-z", "--stdin", *CONVERTING, given=asked).split(b"\0")
        values = zip(told[::3], told[2::3], strict=False)
        some = {os.fsdecode(path) for path, value in values if value not in (b"unspecified", b"unset")}
        return [path for path in paths if path in some]

    def _ask(self, *arguments: str, given: bytes = b"") -> bytes:
        done = subprocess.run(
            ["git", "-c", "core.quotepath=off", *arguments],
            cwd=self._top,
            input=given,
            capture_output=True,
            check=False,
        )
        if done.returncode:
            said = done.stderr.decode("utf-8", "replace").strip()
            raise ConfigurationError(f"{self._option}: git {arguments[0]} failed: {said}")
        return done.stdout


def _is_outside(path: str) -> bool:
    """Whether a path leads out of the folder that it is relative to."""
    return path.split(os.sep)[0] == os.pardir or os.path.isabs(path)


def _files(diagnostic: Diagnostic) -> list[str]:
    """The files that a finding is about."""
    return [diagnostic.place.filename, *(place.filename for place in diagnostic.related)]


def _git(*arguments: str) -> bytes | None:
    """What git says in the working directory; None when it fails or is not there."""
    try:
        return subprocess.run(["git", *arguments], capture_output=True, check=True).stdout
    except (OSError, subprocess.CalledProcessError):
        return None


def _to_fetch(name: str) -> str:
    remote, slash, branch = name.partition("/")
    what = f"git fetch {remote} {branch}" if slash else f"git fetch origin {name}"
    shallow = _git("rev-parse", "--is-shallow-repository")
    if shallow is not None and shallow.strip() == b"true":
        return (
            f"this clone is shallow: run `git fetch --unshallow` (with actions/checkout: `fetch-depth: 0`), or `{what}`"
        )
    return f"is it spelt right? run `{what}` to have it here"
