"""Reports for corpora that may not be quoted: where a finding is and of which rule, and not a word of the text."""

from __future__ import annotations

from ..explain import summary

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ..diagnostic import Diagnostic
    from ..outcome import Outcome


def redact(outcome: Outcome) -> None:
    """Take out of all findings what they quote; the summary of the rule stands for the message."""
    messages = {rule.code: summary(rule.real()) for rule in outcome.rules}
    outcome.diagnostics = [_redacted(diagnostic, messages) for diagnostic in outcome.diagnostics]
    outcome.known = [known._replace(diagnostic=_redacted(known.diagnostic, messages)) for known in outcome.known]


def _redacted(diagnostic: Diagnostic, messages: dict[str, str]) -> Diagnostic:
    fix = diagnostic.fix
    if fix is not None:
        fix = fix._replace(message="left out, as it quotes the text", edits=())
    return diagnostic._replace(message=messages[diagnostic.code], text="", record_id=None, excerpt=None, fix=fix)
