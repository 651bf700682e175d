"""What the command understands: its options, as `argparse` is told of them when `plain_arguments` does not suffice."""

from __future__ import annotations

from types import SimpleNamespace

from . import __version__, plain_arguments
from .config import OUTPUT_FORMATS
from .formats import FORMATS

TYPE_CHECKING = False
if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence


def parse(argv: Sequence[str] | None) -> argparse.Namespace:
    """What the arguments say; None stands for those of the process.

    Raises:
        SystemExit: they are wrong, or ask for help or the version.
    """
    plain = plain_arguments.parse(argv, OUTPUT_FORMATS)
    if plain is None:
        return make_parser().parse_args(argv)
    return SimpleNamespace(**plain)  # type: ignore[return-value]


def make_parser() -> argparse.ArgumentParser:
    """All that the command understands, with what ``--help`` says of it."""
    import argparse

    parser = argparse.ArgumentParser(
        prog="corpus-lint",
        # All options would fill a screen above what is wrong with one of them.
        usage="corpus-lint [OPTIONS] [PATH]...",
        description="Find what spoils a text corpus: mojibake, boilerplate, mixed scripts, placeholders, duplicates.",
        # Of a known width: asking for the terminal's imports what nobody else needs.
        formatter_class=lambda prog: argparse.HelpFormatter(prog, width=100),
        epilog="Exit status: 0 nothing (new) found, 1 something found, 2 something could not be done.",
    )
    add = parser.add_argument
    add("paths", nargs="*", metavar="PATH", help="files and folders; - is standard input; default: the current folder")
    fixing = parser.add_argument_group("fixing")
    add = fixing.add_argument
    add("--fix", action="store_true", help="mend what can be mended safely, in the files")
    add("--unsafe-fixes", action="store_true", help="mend also where the result wants a look")
    add("--diff", action="store_true", help="show what fixing would change, and write nothing")
    rules = parser.add_argument_group("rules")
    add = rules.add_argument
    add("--select", metavar="RULES", help="use only these: codes, beginnings of codes or names, with commas between")
    add("--ignore", metavar="RULES", help="do not use these")
    add("--pedantic", action="store_true", default=None, help="show findings of less than high confidence too")
    add("--list-rules", action="store_true", help="list the rules that are used and exit")
    add("--explain", metavar="RULE", help="explain a rule and exit")
    files = parser.add_argument_group("files")
    add = files.add_argument
    add(
        "--field",
        metavar="FIELD",
        dest="fields",
        action="append",
        help="field of records that holds text, as in messages.content or *.answer; may be given more than once "
        "(default: text, else those that read like text)",
    )
    add("--text-field", metavar="FIELD", dest="fields", action="append", help=argparse.SUPPRESS)
    add("--format", choices=FORMATS, help="format of the files, instead of guessing it by name and content")
    add(
        "--stdin-filename",
        metavar="NAME",
        default="-",
        help="what standard input is called, and its format guessed from",
    )
    add("--exclude", metavar="GLOB", action="append", default=[], help="leave these out, besides those configured")
    add("--force-exclude", action="store_true", default=None, help="leave excluded files out even when they are named")
    add("--tracked", action="store_true", default=None, help="of folders in git, only files that git tracks")
    add("--against", metavar="ROOT", help="look for what the files repeat of all corpus files below this folder, too")
    add("-j", "--jobs", metavar="N", type=int, help="processes that lint at once (default: processors, for much text)")
    add(
        "--no-cache",
        action="store_false",
        dest="cache",
        default=None,
        help="neither use nor keep results of earlier runs",
    )
    shards = parser.add_argument_group("several machines")
    add = shards.add_argument
    add("--shard", metavar="K/N", help="lint only the K-th of N parts of the files, and keep what is found for --merge")
    add("--parts", metavar="DIR", help="the folder in which parts are kept (default: corpus-lint-parts)")
    add(
        "--merge",
        action="store_true",
        help="the PATHs are parts, or folders of parts: report on all as one run",
    )
    gate = parser.add_argument_group("only what is new")
    add = gate.add_argument
    add("--baseline", metavar="FILE", help="the findings in this file are known and do not count")
    add("--baseline-accept", action="store_true", help="write what is there now to the baseline")
    add("--baseline-prune", action="store_true", help="remove from the baseline what is gone, and add nothing")
    since = gate.add_mutually_exclusive_group()
    since.add_argument("--new-since", metavar="REV", help="findings that were there at this git revision do not count")
    since.add_argument(
        "--new-since-merge-base", metavar="REV", help="likewise, at the last common ancestor of REV and HEAD"
    )
    add("--fail-on", choices=("note", "warning", "error"), help="severity from which on findings fail (default: note)")
    add(
        "--max-share",
        metavar="RULES=SHARE",
        action="append",
        default=[],
        help="such findings fail only when more than this share of documents has them: BOI=0.01",
    )
    output = parser.add_argument_group("output and configuration")
    add = output.add_argument
    add("--output-format", choices=OUTPUT_FORMATS, help="form of the report (default: full)")
    add(
        "--output",
        metavar="FORMAT=FILE",
        action="append",
        default=[],
        help="write a report to a file, too; may be given more than once",
    )
    add("--redact", action="store_true", default=None, help="do not quote the corpus, in reports and baseline")
    add("--statistics", action="store_true", help="show how many findings each rule has instead of the findings")
    add("--config", metavar="FILE", help="the configuration file, instead of the nearest one")
    add("--isolated", action="store_true", help="ignore all configuration files")
    add("-V", "--version", action="version", version=f"corpus-lint {__version__}")
    return parser
