"""Build hook: compiles `corpus_lint._native`; where there is no C compiler, the package is built without it."""

from __future__ import annotations

import sys
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

MODULE = "corpus_lint._native"
SOURCE = Path("lint", "corpus_lint", "_native.c")


class NativeBuildHook(BuildHookInterface[Any]):
    """Adds the compiled module to a wheel; into an editable one, by putting it beside its source."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile, and say what has become of it.

        Args:
            version: "standard" or "editable".
            build_data: what hatchling is told.
        """
        is_editable = version == "editable"
        compiled = _compiled(Path(self.root), "lint" if is_editable else mkdtemp())
        if compiled is None:
            self.app.display_warning("no C compiler: corpus-lint is built without its compiled loops, and slower")
            return
        build_data["pure_python"] = False
        build_data["infer_tag"] = True
        if not is_editable:
            build_data["force_include"][str(compiled)] = f"corpus_lint/{compiled.name}"


def _compiled(root: Path, folder: str) -> Path | None:
    """The compiled module, somewhere in a folder; None where it cannot be compiled."""
    from setuptools import Distribution, Extension
    from setuptools.command.build_ext import build_ext
    from setuptools.errors import BaseError, CCompilerError

    arguments = [] if sys.platform == "win32" else ["-O3"]
    extension = Extension(MODULE, [str(root / SOURCE)], extra_compile_args=arguments)
    command = build_ext(Distribution({"name": "corpus-lint", "ext_modules": [extension]}))
    command.build_lib = str(root / folder)
    command.build_temp = mkdtemp()
    try:
        command.ensure_finalized()
        command.run()
    except (BaseError, CCompilerError):
        return None
    return Path(command.get_ext_fullpath(MODULE))
