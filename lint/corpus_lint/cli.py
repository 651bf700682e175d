"""The command line: ``corpus-lint [OPTIONS] [PATH]...``."""

from __future__ import annotations

import os
import sys

from . import expressions
from .arguments import parse
from .config import OUTPUT_FORMATS, Settings, load, placed
from .options import ConfigurationError
from .report import IDENTIFYING, WITH_STATISTICS

TYPE_CHECKING = False
if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence
    from typing import IO

    from .gate import Gate
    from .outcome import Outcome
    from .progress import Progress

CLEAN, FOUND, TROUBLE = 0, 1, 2


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command.

    Returns:
        0 when nothing was found, 1 when something was, 2 when something could not be done.
    """
    if sys.stdout is None:  # it is closed: what is found still decides the exit status
        sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115
    for stream in (sys.stdout, sys.stderr):
        _reconfigure(stream, errors="backslashreplace")
    arguments = parse(argv)
    try:
        status = _run(arguments)
        sys.stdout.flush()
        return status
    except ConfigurationError as error:
        message = str(error)
    except BrokenPipeError:
        _say_no_more()
        return FOUND
    except MemoryError:
        message = "there is not enough memory; allow it more, or use --jobs 1 and fewer files at once"
    except OSError as error:
        _say_no_more()
        message = f"{error.filename}: {error.strerror}" if error.filename else _unwritten(error)
    except Exception:
        import traceback

        traceback.print_exc()
        message = "this is a bug; please report it with the lines above"
    print(f"corpus-lint: error: {message}", file=sys.stderr)
    return TROUBLE


def _run(arguments: argparse.Namespace) -> int:
    settings = _settings(arguments)
    try:
        if arguments.list_rules or arguments.explain:
            return _describe(settings, arguments.explain)
        if arguments.shard:
            return _shard(arguments, settings)
        return _lint(arguments, settings)
    except ConfigurationError as error:
        raise ConfigurationError(_placed(error, arguments, settings)) from error


def _placed(error: ConfigurationError, arguments: argparse.Namespace, settings: Settings) -> str:
    """What is told of an error in what options or the configuration say: where it stands, and the message."""
    options = {
        "select": _names(arguments.select or ""),
        "ignore": _names(arguments.ignore or ""),
        "max-share": [share.rpartition("=")[0] for share in arguments.max_share],
    }
    if error.keys and error.keys[-1] in options.get(str(error.keys[0]), ()):
        return f"--{error.keys[0]}: {error}"
    return placed(error, settings.path)


def _say_no_more() -> None:
    """Let what waits for a standard output that takes nothing be forgotten: the interpreter would try once more."""
    try:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except (OSError, ValueError):
        return


def _unwritten(error: OSError) -> str:
    """What is told where something without a name could not be written: standard output, a temporary file."""
    import errno
    import tempfile

    told = error.strerror or str(error)
    if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
        told += f", for standard output or in {tempfile.gettempdir()}; make room, or let TMPDIR name another folder"
    return told


def _settings(arguments: argparse.Namespace) -> Settings:
    settings = load(arguments.config, isolated=arguments.isolated)
    if arguments.select:
        settings.select = _names(arguments.select)
    if arguments.ignore:
        settings.ignore = [*settings.ignore, *_names(arguments.ignore)]
    settings.extend_exclude = [*settings.extend_exclude, *arguments.exclude]
    for share in arguments.max_share:
        rules, _, number = share.rpartition("=")
        try:
            settings.max_share = {**settings.max_share, rules: float(number)}
        except ValueError:
            raise ConfigurationError(f"--max-share {share}: write RULES=SHARE, as in BOI=0.01") from None
    for name in (
        "pedantic",
        "fields",
        "format",
        "jobs",
        "cache",
        "output_format",
        "force_exclude",
        "baseline",
        "redact",
        "against",
        "fail_on",
        "tracked",
    ):
        value = getattr(arguments, name)
        if value is not None:
            setattr(settings, name, value)
    if settings.jobs < 0:
        raise ConfigurationError(f"jobs: {settings.jobs} is no number of processes; 0 is one for each processor")
    return settings


def _names(text: str) -> list[str]:
    return [name.strip() for name in text.split(",") if name.strip()]


def _describe(settings: Settings, selector: str | None) -> int:
    from . import explain, packs

    if selector is not None:
        sys.stdout.write(explain.page(packs.find(packs.load(settings.packs, settings.rule), selector)))
        return CLEAN
    rules, chosen = packs.choose(settings, deferred=False)
    used = {rule.code for rule in chosen}
    sys.stdout.write(explain.listing([rule for rule in rules if rule.code in used]))
    return CLEAN


OF_THE_SHARDS = (
    *("select", "ignore", "pedantic", "fields", "format", "force_exclude", "tracked", "exclude", "against"),
    *("fix", "unsafe_fixes", "diff", "parts"),
)
"""What a merge is not asked for: the parts are what they are."""

OF_THE_MERGE = (
    *("fix", "unsafe_fixes", "diff", "statistics", "output", "output_format", "redact", "fail_on", "max_share"),
    *("baseline_accept", "baseline_prune", "new_since", "new_since_merge_base"),
)
"""What a shard is not asked for: it reports nothing and changes nothing."""


def _refuse(arguments: argparse.Namespace, names: Sequence[str], reason: str) -> None:
    """Make sure that options were not given.

    Raises:
        ConfigurationError: one was.
    """
    for name in names:
        if getattr(arguments, name):
            raise ConfigurationError(f"--{name.replace('_', '-').replace('fields', 'field')}: {reason}")


def _shard(arguments: argparse.Namespace, settings: Settings) -> int:
    from .distributed import shards

    if arguments.merge:
        raise ConfigurationError("--shard makes a part and --merge reports on parts: use one of them")
    _refuse(arguments, OF_THE_MERGE, "a shard only finds; give this to --merge, or leave out --shard")
    progress = _progress()
    shard = shards.parse(arguments.shard)
    folder = arguments.parts or shards.FOLDER
    made = shards.lint(arguments.paths or ["."], settings, shard, folder, progress=progress)
    if progress is not None:
        progress.clear()
    mine, total = made.files
    what = f"Shard {shard}: {mine:,} of {total:,} files"
    if made.outcome is None:
        print(f"{what}; {made.folder} is there already, and nothing has changed.")
        return CLEAN
    _print_failures(made.outcome)
    print(f"{what}, {len(made.outcome.diagnostics):,} findings so far, kept in {made.folder}.")
    return CLEAN


def _progress() -> Progress | None:
    if not sys.stderr.isatty():
        return None
    from .progress import Progress

    return Progress(sys.stderr)


def _lint(arguments: argparse.Namespace, settings: Settings) -> int:
    from .run import run

    fix = None
    if arguments.fix or arguments.unsafe_fixes or arguments.diff:
        from .finding import Applicability
        from .mending import Fixing

        applicability = Applicability.UNSAFE if arguments.unsafe_fixes else Applicability.SAFE
        fix = Fixing(applicability, writes=not arguments.diff)
    if arguments.statistics and settings.output_format not in WITH_STATISTICS:
        raise ConfigurationError(f"--statistics: only {', '.join(WITH_STATISTICS)} have a place for it")
    outputs = _outputs(arguments)
    progress = _progress()
    gate = _gate(arguments, settings)
    if arguments.merge:
        _refuse(arguments, OF_THE_SHARDS, "the parts are made already; give this to --shard")
        from .distributed.merging import merge
        from .distributed.shards import FOLDER

        outcome = merge(arguments.paths or [FOLDER], settings, gate=gate)
    else:
        if arguments.parts:
            raise ConfigurationError("--parts: name with it where --shard keeps its part; --merge takes PATHs")
        outcome = run(
            arguments.paths or ["."],
            settings,
            fix=fix,
            stdin_name=arguments.stdin_filename,
            progress=progress,
            gate=gate,
            identified=any(form in IDENTIFYING for form in (settings.output_format, *outputs.values())),
            reports=outputs,
        )
    if progress is not None:
        progress.clear()
    if settings.redact:
        from .report.redaction import redact

        redact(outcome)
    _print(outcome, settings, arguments, fix)
    _write(outcome, outputs)
    expressions.keep()
    if outcome.failures:
        return TROUBLE
    if arguments.diff:
        return FOUND if outcome.changes else CLEAN
    return FOUND if outcome.fails else CLEAN


def _gate(arguments: argparse.Namespace, settings: Settings) -> Gate | None:
    since = arguments.new_since or arguments.new_since_merge_base
    writes = arguments.baseline_accept or arguments.baseline_prune
    if arguments.diff and (writes or settings.redact):
        raise ConfigurationError("--diff writes no baseline and shows the text: use it alone")
    if arguments.baseline_accept and arguments.baseline_prune:
        raise ConfigurationError("--baseline-accept removes what is gone, too: leave out --baseline-prune")
    if not (settings.baseline or since or writes):
        return None
    from .gate import Gate

    return Gate(
        settings.baseline,
        accepts=arguments.baseline_accept,
        prunes=arguments.baseline_prune,
        redacts=settings.redact,
        since=since or "",
        merge_base=bool(arguments.new_since_merge_base),
    )


def _outputs(arguments: argparse.Namespace) -> dict[str, str]:
    """The form of each file that a report is to be written to."""
    outputs = {}
    for output in arguments.output:
        form, _, path = output.partition("=")
        if form not in OUTPUT_FORMATS or not path:
            known = ", ".join(OUTPUT_FORMATS)
            raise ConfigurationError(f"--output {output}: write FORMAT=FILE; the formats are {known}")
        if not os.path.isdir(folder := os.path.dirname(path) or "."):  # to hear it after a long run would be too late
            raise ConfigurationError(f"--output {output}: there is no folder {folder}; make it first")
        outputs[path] = form
    return outputs


def _write(outcome: Outcome, outputs: dict[str, str]) -> None:
    from . import report

    for path, form in outputs.items():
        try:
            file = open(path, "w", encoding="utf-8", errors="replace", newline="\n")  # noqa: SIM115
            try:
                with file:
                    report.write(form, outcome, file)
            except BaseException:
                # One that breaks off would be taken for a whole one.
                if os.path.isfile(path):
                    os.unlink(path)
                raise
        except OSError as error:
            raise ConfigurationError(f"{path}: the report cannot be written: {error.strerror}") from None


def _print(outcome: Outcome, settings: Settings, arguments: argparse.Namespace, fix: object) -> None:
    from . import report
    from .report import summary

    out: IO[str] = sys.stdout
    colour = _wants_colour(out)
    if (arguments.diff or settings.output_format not in report.FOR_PEOPLE) and not out.isatty():
        _reconfigure(out, encoding="utf-8", errors="replace", newline="\n")
    if arguments.diff:
        from .report import diff

        diff.write(outcome.changes, out)
    elif fix is not None and "-" in arguments.paths:
        # Standard input is a filter: its fixed text goes to standard output, and what is said to standard error.
        fixed = [change.after for change in outcome.changes if change.filename == arguments.stdin_filename]
        sys.stdout.flush()
        sys.stdout.buffer.write(fixed[0] if fixed else outcome.standard_input)
        out = sys.stderr
        report.write(settings.output_format, outcome, out)
    elif arguments.statistics:
        from .report import statistics

        statistics.write(outcome, out, form=settings.output_format)
    else:
        report.write(settings.output_format, outcome, out, colour=colour)
    _print_failures(outcome)
    in_text = settings.output_format in report.TO_READ and not arguments.diff
    summary.write(outcome, out if in_text else sys.stderr, fixing=fix is not None, would=arguments.diff)


def _print_failures(outcome: Outcome) -> None:
    if not outcome.failures:
        return
    from .report.style import file_name

    for failure in outcome.failures:
        line = f":{failure.line}" if failure.line else ""
        print(f"{file_name(failure.filename)}{line}: error: {failure.message}", file=sys.stderr)


def _reconfigure(stream: IO[str], **how: str) -> None:
    """Let a stream write otherwise, if it is one of the process and not what a program has put in its place."""
    if hasattr(stream, "reconfigure"):
        stream.reconfigure(**how)


def _wants_colour(stream: IO[str]) -> bool:
    return stream.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
