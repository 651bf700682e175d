"""Discovery: from the paths that a user names to the files that are linted.

A named file is linted whatever it is called. Of a folder, the files whose names look like a corpus are, in a git work
tree those that git tracks or would track; hidden ones and those of an excluded name are not.
"""

from __future__ import annotations

import os
import stat
from functools import cache

from .named_tuple import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    import re
    from collections.abc import Iterable, Iterator, Sequence

_PLAIN = ("*.txt", "*.text", "*.md", "*.markdown")
_RECORDS = ("*.jsonl", "*.ndjson", "*.json", "*.csv", "*.tsv", "*.tab", "*.warc", "*.wet")
_TEXT = (*_PLAIN, *_RECORDS)
_PACKED = tuple(f"{glob}.{suffix}" for glob in _TEXT for suffix in ("gz", "bz2", "xz", "zst"))
INCLUDE = (*_TEXT, *_PACKED, "*.parquet", "*.pq", "*.arrow", "*.feather", "*.ipc")
"""Names of corpus files in a folder."""

EXCLUDE = ("README*", "LICENSE*", "LICENCE*", "COPYING*", "NOTICE*", "CHANGELOG*", "CONTRIBUTING*", "CODE_OF_CONDUCT*")
"""Names of files that are about a corpus, or about a repository, and not of it."""

STANDARD_INPUT = "-"

CLOSED = "the folder cannot be read: give yourself the right to, or exclude it"
UNOPENED = b"warning: could not open directory '"
"""What git says of a folder that it cannot read, before the folder's path below the work tree."""


class Found(NamedTuple):
    """What discovery says of one path: a file to lint, or why it is left out.

    ``skipped`` is a reason ("hidden", "not a corpus file", "excluded") and ``failed`` an error message.
    """

    path: str
    skipped: str = ""
    failed: str = ""


def discover(
    paths: Iterable[str],
    *,
    include: Sequence[str] = INCLUDE,
    exclude: Sequence[str] = EXCLUDE,
    root: str = ".",
    force_exclude: bool = False,
    tracked: bool = False,
) -> Iterator[Found]:
    """Each file once, in the order of the paths, files of a folder in order of their names.

    Args:
        paths: files and folders; ``-`` is standard input.
        include: globs of file names, or of paths below ``root`` when they hold a slash.
        exclude: likewise; what they match is left out.
        root: the folder to which globs with a slash are relative.
        force_exclude: whether exclusion holds for named files too, as hooks need.
        tracked: whether of a folder in a git work tree only the files that git tracks are linted.
    """
    seen: set[tuple[str, str]] = set()
    folders: dict[str, str] = {}
    for path in paths:
        for found in _discover(path, include, exclude, root, force_exclude, tracked):
            identity = _identity(found.path, folders) if found.path != STANDARD_INPUT else ("", STANDARD_INPUT)
            if identity not in seen:
                seen.add(identity)
                yield found


def _identity(path: str, folders: dict[str, str]) -> tuple[str, str]:
    """The real path in two parts, with a memory for folders: asking for a file's costs as much as reading it."""
    folder, name = os.path.split(path)
    if name in ("", os.curdir, os.pardir) or os.path.islink(path):
        return os.path.split(os.path.realpath(path))
    if folder not in folders:
        folders[folder] = os.path.realpath(folder)
    return folders[folder], name


def _discover(
    path: str, include: Sequence[str], exclude: Sequence[str], root: str, force_exclude: bool, tracked: bool
) -> Iterator[Found]:
    if path == STANDARD_INPUT:
        yield Found(path)
    elif os.path.isdir(path):
        closed: list[str] = []
        for name in names_in(path, tracked=tracked, closed=closed):
            if name.startswith(".") or "/." in name:
                yield Found(os.path.normpath(os.path.join(path, name)), skipped="hidden")
                continue
            inside = os.path.normpath(os.path.join(path, name))
            if matches(inside, exclude, root):
                yield Found(inside, skipped="excluded")
            elif not matches(inside, include, root):
                yield Found(inside, skipped="not a corpus file")
            else:
                yield Found(inside)
        for folder in closed:
            inside = os.path.normpath(os.path.join(path, folder))
            if not matches(os.path.join(inside, "any file"), exclude, root):
                yield Found(inside, failed=CLOSED)
    elif not os.path.exists(path):
        yield Found(path, failed="there is no such file or folder")
    elif force_exclude and matches(path, exclude, root):
        yield Found(path, skipped="excluded")
    else:
        yield Found(path)


def matches(path: str, globs: Sequence[str], root: str) -> bool:
    """Whether a glob matches the file's name or, when it holds a slash, its path below ``root``.

    ``**`` and ``*`` both match across folders in a glob with a slash; ``folder/`` means all that is in it. Capitals
    make no difference.
    """
    from fnmatch import fnmatchcase

    names, paths = _parted(tuple(globs))
    if names.match(os.path.basename(path)):
        return True
    below = ""
    for glob in paths:
        below = below or os.path.relpath(os.path.abspath(path), root).replace(os.sep, "/").lower()
        if glob.endswith("/"):
            if f"/{below}".startswith(f"/{glob}") or f"/{glob}" in f"/{below}":
                return True
        elif fnmatchcase(below, glob):
            return True
    return False


@cache
def _parted(globs: tuple[str, ...]) -> tuple[re.Pattern[str], list[str]]:
    """An expression for all globs of file names at once, and the globs with a slash."""
    import re
    from fnmatch import translate

    names = "|".join(translate(glob) for glob in globs if "/" not in glob)
    return re.compile(names or r"(?!)", re.IGNORECASE), [glob.lower() for glob in globs if "/" in glob]


def names_in(folder: str, *, tracked: bool, closed: list[str] | None = None) -> list[str]:
    """Paths of the files in a folder, relative to it, sorted: git's list where git knows the folder.

    Links to nowhere are among them, so that they are told of; pipes, devices and linked folders are not. The folders in
    it that cannot be read are added to ``closed``, likewise.
    """
    closed = [] if closed is None else closed
    listed = _git_files(folder, tracked, closed)
    if listed is not None:
        return listed
    names: list[str] = []
    waiting = [""]
    while waiting:
        place = waiting.pop()
        try:
            entries = os.scandir(os.path.join(folder, place) if place else folder)
        except OSError:
            closed.append(place)
            continue
        with entries:
            for entry in entries:
                name = f"{place}/{entry.name}" if place else entry.name
                if entry.is_dir(follow_symlinks=False):
                    if not entry.name.startswith("."):
                        waiting.append(name)
                elif entry.is_file(follow_symlinks=False) or (entry.is_symlink() and _may_be_file(entry.path)):
                    names.append(name)
    return sorted(names)


def _may_be_file(link: str) -> bool:
    """Whether a link leads to a file, or to nothing."""
    try:
        return stat.S_ISREG(os.stat(link).st_mode)
    except OSError:
        return True


def _git_files(folder: str, tracked: bool, closed: list[str]) -> list[str] | None:
    """What git tracks or, unless ``tracked``, would track below the folder; what git could not open goes to ``closed``.

    None without git, outside a work tree or in an ignored folder.
    """
    place = os.path.abspath(folder)
    while not os.path.exists(os.path.join(place, ".git")):
        parent = os.path.dirname(place)
        if parent == place:
            return None
        place = parent
    import subprocess

    command = ["git", "-c", "core.quotepath=off", "ls-files", "-z", "--cached"]
    if not tracked:
        command += ["--others", "--exclude-standard"]
    try:
        if subprocess.run(["git", "check-ignore", "-q", "."], cwd=folder, check=False).returncode == 0:
            return None
        environment = {**os.environ, "LC_ALL": "C"}
        listed = subprocess.run(command, cwd=folder, check=True, capture_output=True, env=environment)
    except (OSError, subprocess.CalledProcessError):
        return None
    for line in listed.stderr.splitlines():
        if line.startswith(UNOPENED):
            below = os.fsdecode(line[len(UNOPENED) : line.rindex(b"'")])
            closed.append(os.path.relpath(os.path.join(place, below), os.path.abspath(folder)))
    names = {os.fsdecode(name) for name in listed.stdout.split(b"\0") if name}
    return sorted(name for name in names if os.path.isfile(os.path.join(folder, name)))
