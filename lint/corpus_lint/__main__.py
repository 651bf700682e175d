"""``python -m corpus_lint`` is the command ``corpus-lint``."""

import sys

from .cli import main

sys.exit(main())
