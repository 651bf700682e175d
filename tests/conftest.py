from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import settings

settings.register_profile("here", deadline=None)
settings.load_profile("here")

SEEDS = Path(__file__).parent.parent / "seeds"


@pytest.fixture(scope="session", autouse=True)
def _own_cache(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Tests neither use nor fill the user's cache."""
    import os

    os.environ["CORPUS_LINT_CACHE"] = str(tmp_path_factory.mktemp("cache"))


@pytest.fixture
def seeds() -> list[Path]:
    return sorted(SEEDS.glob("*.txt"))
