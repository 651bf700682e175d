"""Configuration: ``corpus-lint.toml``, ``.corpus-lint.toml`` or ``[tool.corpus-lint]`` in ``pyproject.toml``.

The nearest file upwards from the working directory counts, alone; the command line wins over it.
"""

from __future__ import annotations

import os

from . import cache
from .discover import EXCLUDE, INCLUDE
from .options import ConfigurationError, read
from .packs import DEFAULT_PACKS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Annotated, Any, Literal

FILES = ("corpus-lint.toml", ".corpus-lint.toml", "pyproject.toml")
OUTPUT_FORMATS = ("full", "concise", "json", "jsonl", "sarif", "github", "gitlab", "junit")


class Settings:
    """What can be configured; every key with its default."""

    packs: Annotated[list[str], "Python packages that hold rules"] = list(DEFAULT_PACKS)
    select: Annotated[list[str], "codes, beginnings of codes or names of the rules to use; empty: all"] = []
    ignore: Annotated[list[str], "likewise, of the rules not to use"] = []
    pedantic: Annotated[bool, "whether findings of less than high confidence count too"] = False
    include: Annotated[list[str], "globs of the file names in a folder that are corpus"] = list(INCLUDE)
    exclude: Annotated[list[str], "globs of the file names in a folder that are not; replaces the default"] = list(
        EXCLUDE
    )
    extend_exclude: Annotated[list[str], "globs to exclude besides; with a slash they are paths"] = []
    force_exclude: Annotated[bool, "whether exclusion holds for files named on the command line too"] = False
    tracked: Annotated[bool, "whether of a folder in git only the files that git tracks are linted"] = False
    text_field: Annotated[
        str, "the field of records that holds the text; empty: `text`, else those that read like text; `fields` wins"
    ] = ""
    fields: Annotated[
        list[str], "the fields of records that hold texts: `a.b` is b in a, or in every element of a; `*` is every key"
    ] = []
    jobs: Annotated[int, "processes that lint at once; 0: one for each processor, when there is much to do"] = 0
    cache: Annotated[bool, "whether results are kept for files that have not changed by the next run"] = True
    cache_size: Annotated[int, "megabytes that the results kept may take, for all corpora together"] = 512
    format: Annotated[
        Literal["", "text", "markdown", "jsonl", "json", "csv", "tsv", "parquet", "arrow", "warc"],
        "the format of all files; empty: each file's own, by its name, else its content",
    ] = ""
    output_format: Annotated[
        Literal["full", "concise", "json", "jsonl", "sarif", "github", "gitlab", "junit"], "the form of the report"
    ] = "full"
    baseline: Annotated[str, "the file of known findings, which do not count; its path from the configuration"] = ""
    against: Annotated[str, "the folder of the whole corpus, which passages are held against; its path likewise"] = ""
    redact: Annotated[bool, "whether reports and the baseline leave out what the corpus says"] = False
    fail_on: Annotated[
        Literal["note", "warning", "error"], "how severe a finding must be to make the exit status 1"
    ] = "note"
    max_share: Annotated[
        dict[str, float],
        "for each code, beginning of codes or name, the share of documents that may have such findings: 0.01 is 1 %",
    ] = {}
    per_file_ignores: Annotated[dict[str, list[str]], "for each glob, the rules to ignore in the files it matches"] = {}
    rules: Annotated[dict[str, dict[str, Any]], "for each rule's code, its options"] = {}
    rule: Annotated[list[dict[str, Any]], "rules of your own, one table each: code, pattern or phrases, message"] = []

    # What follows has no annotation and so is no key.
    root = "."
    """The folder that globs with a slash are relative to: where the configuration lies."""
    path = ""
    """The configuration file; empty when there is none."""

    @property
    def named_fields(self) -> list[str]:
        """The fields of records that hold texts; none when each file is to be asked."""
        return list(dict.fromkeys(self.fields)) or ([self.text_field] if self.text_field else [])


def load(path: str | None = None, *, isolated: bool = False) -> Settings:
    """The settings of a configuration file.

    Args:
        path: the file; None looks for the nearest one.
        isolated: whether no file is looked for.

    Raises:
        ConfigurationError: the file cannot be read, is no TOML, or has a key or value that is not known.
    """
    if path is None:
        found = None if isolated else _nearest(os.getcwd())
        if found is None:
            return Settings()
        path, data = found
    else:
        try:
            with open(path, "rb") as file:
                data = file.read()
        except OSError as error:
            raise ConfigurationError(f"{path}: {error.strerror}") from error
    table = _table(data, path)
    if table is None:
        raise ConfigurationError(f"{path}: there is no table [tool.corpus-lint]")
    try:
        settings: Settings = read(Settings, table)
    except ConfigurationError as error:
        raise ConfigurationError(placed(error, path)) from None
    settings.path = path
    settings.root = os.path.dirname(os.path.abspath(path))
    for name in ("baseline", "against"):
        if getattr(settings, name):
            setattr(settings, name, os.path.relpath(os.path.join(settings.root, getattr(settings, name))))
    return settings


def placed(error: ConfigurationError, path: str) -> str:
    """What is told of an error in a configuration file: the file, the line of the key to blame, the message."""
    from .toml_lines import line_of

    if not path or not error.keys:
        return str(error)
    outer = ("tool", "corpus-lint") if os.path.basename(path) == "pyproject.toml" else ()
    try:
        with open(path, encoding="utf-8-sig") as file:
            line = line_of(file.read(), (*outer, *error.keys))
    except (OSError, ValueError):
        line = 0
    return f"{path}:{line}: {error}" if line else f"{path}: {error}"


def _nearest(folder: str) -> tuple[str, bytes] | None:
    """The nearest configuration file upwards, with its bytes; a ``pyproject.toml`` counts when it has our table.

    Raises:
        ConfigurationError: one on the way cannot be read, or names this tool and is no TOML.
    """
    while True:
        for name in FILES:
            path = os.path.join(folder, name)
            try:
                with open(path, "rb") as file:
                    data = file.read()
            except OSError as error:
                if os.path.lexists(path):  # to lint by other rules than it says would be worse than to stop
                    raise ConfigurationError(f"{path}: {error.strerror}; mend it, or use --isolated") from None
                continue
            if name != "pyproject.toml" or (b"corpus-lint" in data and _table(data, path) is not None):
                return path, data
        parent = os.path.dirname(folder)
        if parent == folder:
            return None
        folder = parent


def _table(data: bytes, path: str) -> dict[str, Any] | None:
    """The table of settings in the file; of ``pyproject.toml`` its part for this tool, None when it has none.

    A parsed table is cached by content: importing the parser costs more than reading it again.

    Raises:
        ConfigurationError: the file is no TOML.
    """
    import marshal

    stored = cache.read("config", data)
    if stored is not None:
        table: dict[str, Any] = marshal.loads(stored)
    else:
        import tomllib

        try:
            # Editors of Windows put a byte-order mark in front, which TOML does not know.
            table = tomllib.loads(data.decode("utf-8-sig"))
        except UnicodeDecodeError as error:
            line = data.count(b"\n", 0, error.start) + 1
            raise ConfigurationError(f"{path}:{line}: not valid TOML: not UTF-8; save the file as UTF-8") from None
        except tomllib.TOMLDecodeError as error:
            raise ConfigurationError(f"{path}{_line_told(error)}: not valid TOML: {error}") from None
        try:  # noqa: SIM105 - importing contextlib costs a fifth of a bare start
            cache.write("config", data, marshal.dumps(table))
        except ValueError:
            pass  # dates and times cannot be kept; nothing of ours holds one
    if os.path.basename(path) != "pyproject.toml":
        return table
    own = table.get("tool", {}).get("corpus-lint")
    return own if isinstance(own, dict) else None


def _line_told(error: ValueError) -> str:
    """The line that the parser names, as it follows a path; empty for the end of the file."""
    import re

    told = re.search(r"\(at line (\d+)", str(error))
    return f":{told[1]}" if told else ""
