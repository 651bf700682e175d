"""Rule packs: Python packages whose modules hold one rule each.

A pack is imported by the name that the configuration gives; every module in it and in its folders is searched
for rules, except those whose names begin with ``_`` or ``make_`` (scripts that make data).
"""

from __future__ import annotations

import os
import sys
from importlib import import_module

from .options import ConfigurationError, nearest, read
from .rule import Rule

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from typing import Any

    from .config import Settings

DEFAULT_PACKS = ("corpus_lint_rules",)


def load(
    packs: Sequence[str] = DEFAULT_PACKS, own: Sequence[Mapping[str, Any]] = (), *, deferred: bool = False
) -> list[type[Rule]]:
    """All rules of the packs and of the configuration, in order of their codes.

    Args:
        packs: names of Python packages.
        own: the ``[[rule]]`` tables of the configuration.
        deferred: whether stand-ins may be given for rules of the built-in pack, which import them when they are
            called for.

    Raises:
        ConfigurationError: a pack cannot be imported, has no rule, two rules share a code or name, or a table is wrong.
    """
    found: dict[str, type[Rule]] = {}
    named: dict[str, type[Rule]] = {}
    for pack in packs:
        try:
            rules = _deferred(pack) if deferred and pack in DEFAULT_PACKS else list(_rules_of(pack))
        except Exception as error:  # a module may fail in any way while it is imported
            reason = error if isinstance(error, ImportError) else f"{type(error).__name__}: {error}"
            remedy = "; install it, or put the folder that it is in into PYTHONPATH" if _is_missing(error, pack) else ""
            raise ConfigurationError(f"rule pack `{pack}` cannot be imported: {reason}{remedy}", "packs") from error
        if not rules:
            raise ConfigurationError(f"rule pack `{pack}` holds no rule", "packs")
        for rule in rules:
            if rule.code in found:
                both = f"{found[rule.code]!r} and {rule!r}"
                raise ConfigurationError(f"two rules have the code {rule.code}: {both}", "packs")
            found[rule.code] = rule
        if pack not in DEFAULT_PACKS:
            _hold_to_examples(rules)
        for rule in rules:
            other = named.setdefault(rule.name, rule)
            if other is not rule:
                raise ConfigurationError(f"two rules have the name {rule.name}: {other.code} and {rule.code}", "packs")
    if own:
        from . import user_rules

        found |= {rule.code: rule for rule in user_rules.make(own, found.values())}
    return [found[code] for code in sorted(found)]


def choose(settings: Settings, *, deferred: bool = True) -> tuple[list[type[Rule]], list[Rule]]:
    """All rules that there are, and those that a configuration chooses, with their options.

    Args:
        settings: the configuration.
        deferred: as for `load`.

    Raises:
        ConfigurationError: it names a pack, rule or option that is not there, or one of its own rules is wrong.
    """
    classes = load(settings.packs, settings.rule, deferred=deferred)
    rules = make(classes, settings.select, settings.ignore, settings.rules)
    require_named(settings, classes)
    return classes, rules


def make(
    classes: Iterable[type[Rule]],
    select: Sequence[str] = (),
    ignore: Sequence[str] = (),
    tables: Mapping[str, Mapping[str, Any]] | None = None,
) -> list[Rule]:
    """The rules that are selected and not ignored, with their options.

    ``select`` and ``ignore`` name codes, beginnings of codes (``MOJ``) or rule names; the longer beginning wins,
    and ignoring wins over selecting. An empty ``select`` selects all; some rules are used whatever is selected.

    Raises:
        ConfigurationError: a name or option that no rule has.
    """
    classes = list(classes)
    for key, selectors in (("select", select), ("ignore", ignore)):
        for selector in selectors:
            require(selector, classes, key)
    tables = tables or {}
    by_code = {rule.code: rule for rule in classes}
    for code in tables:
        if code not in by_code:
            named = next((f"; did you mean `{rule.code}`?" for rule in classes if rule.name == code), "")
            hint = named or nearest(code.upper(), by_code)
            raise ConfigurationError(f"rules: no rule has the code `{code}`{hint}", "rules", code)
    chosen = []
    for rule in classes:
        selected = max((len(name) for name in select if matches(rule, name)), default=0 if select else 1)
        selected = selected or rule.is_always_used
        ignored = max((len(name) for name in ignore if matches(rule, name)), default=0)
        if selected > ignored:
            table = tables.get(rule.code)
            chosen.append(_with_options(rule.real(), table) if table else rule())
    return chosen


def _with_options(rule: type[Rule], table: Mapping[str, Any]) -> Rule:
    return rule(read(rule.Options, table, f"rules.{rule.code}", ("rules", rule.code)))


def find(classes: Sequence[type[Rule]], selector: str) -> type[Rule]:
    """The one rule of that code or name.

    Raises:
        ConfigurationError: there is none.
    """
    for rule in classes:
        if selector.upper() == rule.code or selector.lower() == rule.name:
            return rule
    known = [word for rule in classes for word in (rule.code, rule.name)]
    raise ConfigurationError(f"no rule is called `{selector}`{nearest(selector, known)} (--list-rules shows them)")


def matches(rule: type[Rule] | Rule, selector: str) -> bool:
    """Whether a selector (a code, the beginning of one, a name, or ``ALL``) means the rule."""
    return selector in ("ALL", rule.name) or rule.code.startswith(selector)


def require(selector: str, classes: Sequence[type[Rule]], *keys: str) -> None:
    """Make sure that a selector means some rule.

    Args:
        selector: a code, the beginning of one, a name, or ``ALL``.
        classes: all rules that there are.
        keys: those of the configuration that hold it, for the error.

    Raises:
        ConfigurationError: it means none.
    """
    if not selector or not any(matches(rule, selector) for rule in classes):
        families = {rule.code.rstrip("0123456789"): None for rule in classes}
        known = [*families, *(word for rule in classes for word in (rule.code, rule.name))]
        hint = nearest(selector, known) or nearest(selector.upper(), known)
        raise ConfigurationError(f"no rule is called `{selector}`{hint} (--list-rules shows them)", *keys, selector)


def require_named(settings: Settings, classes: Sequence[type[Rule]]) -> None:
    """Make sure that the rules exist which the configuration names for when they have found something.

    Raises:
        ConfigurationError: one does not, or has a share for its budget that is none.
    """
    for selector, share in settings.max_share.items():
        require(selector, classes, "max-share")
        if not 0 <= share <= 1:
            raise ConfigurationError(
                f"the share of `{selector}` cannot be {share}; write 0.01 for 1 %", "max-share", selector
            )
    for glob, selectors in settings.per_file_ignores.items():
        for selector in selectors:
            require(selector, classes, "per-file-ignores", glob)


def _is_missing(error: Exception, module: str) -> bool:
    """Whether what failed is that there is no such module, and not something in it."""
    return isinstance(error, ModuleNotFoundError) and error.name == module.partition(".")[0]


def _deferred(pack: str) -> list[type[Rule]]:
    """The rules of a pack, in the place of those that wait for a trigger stand-ins where the cache has them."""
    from . import deferred

    (folder,) = import_module(pack).__path__
    known = deferred.recall(folder)
    if known is None:
        rules = list(_rules_of(pack))
        deferred.remember(folder, rules)
        # From now on as in every later run, so that the screen compiled in this one serves them too.
        known = deferred.recall(folder)
    if known is None:
        return rules
    modules, stand_ins = known
    return [*stand_ins, *(rule for module in modules for rule in _rules_in(module))]


def _rules_of(pack: str) -> Iterator[type[Rule]]:
    package = import_module(pack)
    names = [pack]
    for folder in getattr(package, "__path__", ()):
        names += _modules(folder, pack)
    for name in names:
        yield from _rules_in(name)


def _rules_in(name: str) -> Iterator[type[Rule]]:
    import_module(name)
    for value in vars(sys.modules[name]).values():
        if isinstance(value, type) and issubclass(value, Rule) and value.__module__ == name and "code" in vars(value):
            yield value


def _modules(folder: str, package: str) -> Iterator[str]:
    for entry in sorted(os.listdir(folder)):
        if entry.startswith(("_", "make_", ".")):
            continue
        if entry.endswith(".py"):
            yield f"{package}.{entry[:-3]}"
        elif os.path.isfile(os.path.join(folder, entry, "__init__.py")):
            yield from _modules(os.path.join(folder, entry), f"{package}.{entry}")


def _hold_to_examples(rules: Iterable[type[Rule]]) -> None:
    from . import testing

    for rule in rules:
        for problem in testing.problems(rule):
            raise ConfigurationError(f"rule {rule.code}: {problem}", "packs")
