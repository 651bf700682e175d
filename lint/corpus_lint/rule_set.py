"""Rule sets: rules with their options, made once and used on as many texts as there are, on any machine."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

from . import config, packs
from .finding import Confidence

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from .engine import Engine, Result
    from .rule import Rule


class RuleSet:
    """The rules that `corpus_lint.lint_batch` judges by.

    Make it once for each process, or make one and send it: pickled, it is its settings, of which the receiver makes
    the rules anew when it first uses them (that takes about 50 ms).
    """

    def __init__(
        self,
        configuration: str | None = None,
        *,
        select: Sequence[str] = (),
        ignore: Sequence[str] = (),
        pedantic: bool | None = None,
        options: Mapping[str, Mapping[str, Any]] | None = None,
    ) -> None:
        """The rules as the command would choose them.

        Args:
            configuration: a configuration file; None for the defaults, whatever file is near.
            select: codes, beginnings of codes or names of the rules to use; empty for those of the configuration.
            ignore: likewise, of rules not to use, besides those that the configuration ignores.
            pedantic: whether findings of less than high confidence count too; None as the configuration says.
            options: for each rule's code its options, besides those of the configuration.

        Raises:
            ConfigurationError: the file cannot be used, or a rule or option is not known.
            TypeError: ``select`` or ``ignore`` is one text, not a sequence of them.
        """
        require_several(select=select, ignore=ignore)
        settings = config.load(configuration, isolated=True)
        settings.select = list(select) or settings.select
        settings.ignore = [*settings.ignore, *ignore]
        settings.rules = {**settings.rules, **{code: dict(table) for code, table in (options or {}).items()}}
        if pedantic is not None:
            settings.pedantic = pedantic
        self.settings = settings
        _ = self.rules

    @cached_property
    def rules(self) -> list[Rule]:
        """The rules, with their options."""
        _, rules = packs.choose(self.settings)
        return rules

    @cached_property
    def engine(self) -> Engine:
        """What runs the rules."""
        from .engine import Engine

        return Engine(self.rules)

    def counts(self, result: Result) -> bool:
        """Whether a finding is sure enough to be shown."""
        confidence = result.finding.confidence or result.rule.confidence
        return self.settings.pedantic or confidence is Confidence.HIGH

    def __getstate__(self) -> dict[str, Any]:
        return {"settings": self.settings}


def require_several(**arguments: Sequence[str]) -> None:
    """Make sure that arguments are sequences of texts; one text is a sequence, too, but of letters.

    Raises:
        TypeError: one is a text.
    """
    for name, value in arguments.items():
        if isinstance(value, str):
            raise TypeError(f"{name} is {value!r}, not a sequence of texts; write [{value!r}]")
