"""Build hook: compiles loops over characters; where there is no C compiler, the package is built without them."""

from __future__ import annotations

import sys
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

MODULES = (
    "duplication._chaining",
    "_characters",
    "_folding",
    "_utf8",
    "duplication._keys",
    "duplication._leads",
    "duplication._passages",
    "duplication._winnowing",
)
SOURCES = Path("lint", "corpus_lint")


class NativeBuildHook(BuildHookInterface[Any]):
    """Adds the compiled modules to a wheel; into an editable one, by putting them beside their sources."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile, and say what has become of it.

        Args:
            version: "standard" or "editable".
            build_data: what hatchling is told.
        """
        is_editable = version == "editable"
        folder = "lint" if is_editable else mkdtemp()
        compiled = _compiled(Path(self.root), folder)
        if not compiled:
            self.app.display_warning("no C compiler: corpus-lint is built without its compiled loops, and slower")
            return
        build_data["pure_python"] = False
        build_data["infer_tag"] = True
        if not is_editable:
            for path in compiled:
                build_data["force_include"][str(path)] = path.relative_to(folder).as_posix()


def _compiled(root: Path, folder: str) -> list[Path]:
    """The compiled modules, somewhere in a folder; none where they cannot be compiled."""
    from setuptools import Distribution, Extension
    from setuptools.command.build_ext import build_ext
    from setuptools.errors import BaseError, CCompilerError

    arguments = [] if sys.platform == "win32" else ["-O3"]
    extensions = [
        Extension(f"corpus_lint.{name}", [f"{root / SOURCES / name.replace('.', '/')}.c"], extra_compile_args=arguments)
        for name in MODULES
    ]
    command = build_ext(Distribution({"name": "corpus-lint", "ext_modules": extensions}))
    command.build_lib = str(root / folder)
    command.build_temp = mkdtemp()
    command.force = True  # what an editable install has already may be of other headers, which nobody compares
    try:
        command.ensure_finalized()
        command.run()
    except (BaseError, CCompilerError):
        return []
    return [Path(command.get_ext_fullpath(extension.name)) for extension in extensions]
