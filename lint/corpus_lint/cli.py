"""The command line: ``corpus-lint [OPTIONS] [PATH]...``."""

from __future__ import annotations

import argparse
import os
import sys
from typing import IO, TYPE_CHECKING

from . import __version__
from .config import OUTPUT_FORMATS, Settings, load
from .options import ConfigurationError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from .run import Outcome

CLEAN, FOUND, TROUBLE = 0, 1, 2


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command.

    Returns:
        0 when nothing was found, 1 when something was, 2 when something could not be done.
    """
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
    arguments = _parser().parse_args(argv)
    try:
        settings = _settings(arguments)
        if arguments.list_rules or arguments.explain:
            return _describe(settings, arguments.explain)
        return _lint(arguments, settings)
    except ConfigurationError as error:
        print(f"corpus-lint: error: {error}", file=sys.stderr)
        return TROUBLE
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return FOUND
    except KeyboardInterrupt:
        print("corpus-lint: interrupted; files are as they were or fixed whole", file=sys.stderr)
        return TROUBLE


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="corpus-lint",
        description="Find what spoils a text corpus: mojibake, boilerplate, mixed scripts, placeholders, duplicates.",
        epilog="Exit status: 0 nothing found, 1 something found, 2 something could not be done.",
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
    add("--list-rules", action="store_true", help="list the rules and exit")
    add("--explain", metavar="RULE", help="explain a rule and exit")
    files = parser.add_argument_group("files")
    add = files.add_argument
    add("--text-field", metavar="KEY", help="key of the text in the records of .jsonl files (default: text)")
    add(
        "--stdin-filename",
        metavar="NAME",
        default="-",
        help="what standard input is called, and its format guessed from",
    )
    add("--exclude", metavar="GLOB", action="append", default=[], help="leave these out, besides those configured")
    add("--force-exclude", action="store_true", default=None, help="leave excluded files out even when they are named")
    output = parser.add_argument_group("output and configuration")
    add = output.add_argument
    add("--output-format", choices=OUTPUT_FORMATS, help="form of the report (default: full)")
    add("--statistics", action="store_true", help="show how many findings each rule has instead of the findings")
    add("--config", metavar="FILE", help="the configuration file, instead of the nearest one")
    add("--isolated", action="store_true", help="ignore all configuration files")
    add("-V", "--version", action="version", version=f"corpus-lint {__version__}")
    return parser


def _settings(arguments: argparse.Namespace) -> Settings:
    settings = load(arguments.config, isolated=arguments.isolated)
    if arguments.select:
        settings.select = _names(arguments.select)
    if arguments.ignore:
        settings.ignore = [*settings.ignore, *_names(arguments.ignore)]
    settings.extend_exclude = [*settings.extend_exclude, *arguments.exclude]
    for name in ("pedantic", "text_field", "output_format", "force_exclude"):
        value = getattr(arguments, name)
        if value is not None:
            setattr(settings, name, value)
    return settings


def _names(text: str) -> list[str]:
    return [name.strip() for name in text.split(",") if name.strip()]


def _describe(settings: Settings, selector: str | None) -> int:
    from . import explain, packs

    rules = packs.load(settings.packs)
    sys.stdout.write(explain.listing(rules) if selector is None else explain.page(packs.find(rules, selector)))
    return CLEAN


def _lint(arguments: argparse.Namespace, settings: Settings) -> int:
    from .finding import Applicability
    from .run import Fixing, run

    fix = None
    if arguments.fix or arguments.unsafe_fixes or arguments.diff:
        applicability = Applicability.UNSAFE if arguments.unsafe_fixes else Applicability.SAFE
        fix = Fixing(applicability, writes=not arguments.diff)
    paths = arguments.paths or ["."]
    progress = None
    if sys.stderr.isatty():
        from .progress import Progress

        progress = Progress(sys.stderr)
    outcome = run(paths, settings, fix=fix, stdin_name=arguments.stdin_filename, progress=progress)
    if progress is not None:
        progress.clear()
    _print(outcome, settings, arguments, fix)
    if outcome.failures:
        return TROUBLE
    if arguments.diff:
        return FOUND if outcome.changes else CLEAN
    return FOUND if outcome.diagnostics else CLEAN


def _print(outcome: Outcome, settings: Settings, arguments: argparse.Namespace, fix: object) -> None:
    from . import report
    from .report import summary

    out: IO[str] = sys.stdout
    colour = _wants_colour(out)
    if arguments.diff:
        from .report import diff

        diff.write(outcome.changes, out)
    elif fix is not None and "-" in arguments.paths:
        # Standard input is a filter: its fixed text goes to standard output, and what is said to standard error.
        fixed = [change.after for change in outcome.changes if change.filename == arguments.stdin_filename]
        sys.stdout.flush()
        sys.stdout.buffer.write(fixed[0] if fixed else outcome.standard_input)
        out = sys.stderr
        report.write(settings.output_format, outcome.diagnostics, out)
    elif arguments.statistics:
        from .report import statistics

        statistics.write(outcome, out, form=settings.output_format)
    else:
        report.write(settings.output_format, outcome.diagnostics, out, colour=colour)
    for failure in outcome.failures:
        line = f":{failure.line}" if failure.line else ""
        print(f"{failure.filename}{line}: error: {failure.message}", file=sys.stderr)
    in_text = settings.output_format != "json" and not arguments.diff
    summary.write(outcome, out if in_text else sys.stderr, fixing=fix is not None, would=arguments.diff)


def _wants_colour(stream: IO[str]) -> bool:
    return stream.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
