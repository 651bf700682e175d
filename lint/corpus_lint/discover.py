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

_SPECIAL = frozenset("*?[")
"""What in a glob stands for something else."""

CLOSED = "the folder cannot be read: give yourself the right to, or exclude it"
UNOPENED = b"warning: could not open directory '"
"""What git says of a folder that it cannot read, before the folder's path below the work tree."""


class Found(NamedTuple):
    """What discovery says of one path: a file to lint, or why it is left out.

    ``skipped`` is a reason ("hidden", "not a corpus file", "excluded", "another repository", which is of all files in
    a folder) and ``failed`` an error message.
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
    """Each file once, in the order of the paths, files of a folder in order of their names, links behind them.

    So a file goes by its own name where that is there, too. A link to a file that is left out counts by its own.

    Args:
        paths: files and folders; ``-`` is standard input.
        include: globs of file names, or of paths below ``root`` when they hold a slash.
        exclude: likewise; what they match is left out.
        root: the folder to which globs with a slash are relative.
        force_exclude: whether exclusion holds for named files too, as hooks need.
        tracked: whether of a folder in a git work tree only the files that git tracks are linted.
    """
    seen: set[tuple[str, str, bool]] = set()
    folders: dict[str, str] = {}
    for path in paths:
        for found, is_plain in _discover(path, include, exclude, root, force_exclude, tracked):
            identity = (*_identity(found.path, folders, is_plain=is_plain), bool(found.skipped))
            if identity not in seen:
                seen.add(identity)
                yield found


def _identity(path: str, folders: dict[str, str], *, is_plain: bool) -> tuple[str, str]:
    """The real path in two parts, with a memory for folders: asking for a file's costs as much as reading it.

    ``is_plain`` says that the last part is a name and no link.
    """
    if path == STANDARD_INPUT:
        return "", path
    folder, name = os.path.split(path)
    if not is_plain and (name in ("", os.curdir, os.pardir) or os.path.islink(path)):
        return os.path.split(os.path.realpath(path))
    if folder not in folders:
        folders[folder] = os.path.realpath(folder)
    return folders[folder], name


def _discover(
    path: str, include: Sequence[str], exclude: Sequence[str], root: str, force_exclude: bool, tracked: bool
) -> Iterator[tuple[Found, bool]]:
    """What there is, and whether it is known that its last part is a name and no link."""
    if path == STANDARD_INPUT:
        yield Found(path), False
    elif os.path.isdir(path):
        walk, beginning = names_in(path, tracked=tracked), os.path.join(path, "")
        for name in sorted(walk.names, key=walk.links.__contains__):
            inside = os.path.normpath(beginning + name)
            skipped = ""
            if name.startswith(".") or "/." in name:
                skipped = "hidden"
            elif matches(inside, exclude, root):
                skipped = "excluded"
            elif not matches(inside, include, root):
                skipped = "not a corpus file"
            yield Found(inside, skipped), name not in walk.links
        for folder in walk.nested:
            yield Found(os.path.normpath(beginning + folder), skipped="another repository"), False
        for folder in walk.closed:
            inside = os.path.normpath(beginning + folder)
            if not matches(os.path.join(inside, "any file"), exclude, root):
                yield Found(inside, failed=CLOSED), False
    elif not os.path.exists(path):
        yield Found(path, failed="there is no such file or folder"), False
    elif force_exclude and matches(path, exclude, root):
        yield Found(path, skipped="excluded"), False
    else:
        yield Found(path), False


def matches(path: str, globs: Sequence[str], root: str) -> bool:
    """Whether a glob matches the file's name or, when it holds a slash, its path below ``root``.

    ``**`` and ``*`` both match across folders in a glob with a slash; ``folder/`` means all that is in it. Capitals
    make no difference.
    """
    known = _known(tuple(globs))
    name = os.path.basename(path).lower()
    if name.endswith(known.ends) or name.startswith(known.starts) or known.other.match(name):
        return True
    below = ""
    for glob in known.paths:
        from fnmatch import fnmatchcase

        below = below or os.path.relpath(os.path.abspath(path), root).replace(os.sep, "/").lower()
        if glob.endswith("/"):
            if f"/{below}".startswith(f"/{glob}") or f"/{glob}" in f"/{below}":
                return True
        elif fnmatchcase(below, glob):
            return True
    return False


class _Globs(NamedTuple):
    """Globs, in lower case, by what is asked of a path.

    Attributes:
        ends: how a name may end: ``*.txt`` and the like, which most are, and for which no expression is needed.
        starts: how it may begin: ``readme*``.
        other: an expression for all other globs of names.
        paths: the globs with a slash.
    """

    ends: tuple[str, ...]
    starts: tuple[str, ...]
    other: re.Pattern[str]
    paths: list[str]


@cache
def _known(globs: tuple[str, ...]) -> _Globs:
    import re
    from fnmatch import translate

    ends, starts, other, paths = [], [], [], []
    for glob in map(str.lower, globs):
        if "/" in glob:
            paths.append(glob)
        elif glob.startswith("*") and not _SPECIAL.intersection(glob[1:]):
            ends.append(glob[1:])
        elif glob.endswith("*") and not _SPECIAL.intersection(glob[:-1]):
            starts.append(glob[:-1])
        else:
            other.append(translate(glob))
    return _Globs(tuple(ends), tuple(starts), re.compile("|".join(other) or r"(?!)"), paths)


class Walk(NamedTuple):
    """What is in a folder, by paths relative to it.

    Attributes:
        names: the files, sorted.
        links: what of them is a link.
        closed: folders that cannot be read.
        nested: repositories of their own, submodules too, of whose files git says nothing.
    """

    names: list[str]
    links: set[str]
    closed: list[str]
    nested: list[str]


def names_in(folder: str, *, tracked: bool) -> Walk:
    """The files in a folder, sorted: git's list where git knows the folder.

    Links to nowhere are among them, so that they are told of; pipes, devices and linked folders are not.
    """
    walk = _git_files(folder, tracked)
    if walk is not None:
        return walk
    names, links, closed, _ = walk = Walk([], set(), [], [])
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
                if entry.is_file(follow_symlinks=False):
                    names.append(name)
                elif entry.is_dir(follow_symlinks=False):
                    if not entry.name.startswith("."):
                        waiting.append(name)
                elif entry.is_symlink() and _may_be_file(entry.path):
                    names.append(name)
                    links.add(name)
    names.sort()
    return walk


def _may_be_file(link: str) -> bool:
    """Whether a link leads to a file, or to nothing."""
    try:
        return stat.S_ISREG(os.stat(link).st_mode)
    except OSError:
        return True


def _git_files(folder: str, tracked: bool) -> Walk | None:
    """What git tracks or, unless ``tracked``, would track below the folder, and what it cannot open or leaves alone.

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
    names, links, closed, nested = walk = Walk([], set(), [], [])
    for line in listed.stderr.splitlines():
        if line.startswith(UNOPENED):
            below = os.fsdecode(line[len(UNOPENED) : line.rindex(b"'")])
            closed.append(os.path.relpath(os.path.join(place, below), os.path.abspath(folder)))
    for name in sorted({os.fsdecode(name) for name in listed.stdout.split(b"\0") if name}):
        file = os.path.join(folder, name)
        is_link = os.path.islink(file)
        if is_link:
            links.add(name)
        if os.path.isfile(file) or (is_link and _may_be_file(file)):
            names.append(name)
        elif os.path.isdir(file) and not is_link:
            nested.append(name)
    return walk
