"""Allocation: what makes numpy's memory cheap where very many arrays of some 100 KB come and go."""

from __future__ import annotations

import os

KEPT = 1 << 26
"""Bytes at the end of the heap that are not given back to the system: 64 MiB."""
LARGE = 1 << 25
"""Bytes of a piece that is got from the system by itself: 32 MiB, the most that glibc takes."""

_M_TRIM_THRESHOLD = -1
_M_MMAP_THRESHOLD = -3


def tune() -> None:
    """Tell the C library not to give memory back that is wanted again at once; call it before numpy is imported.

    By default glibc returns the end of its heap whenever an array there is freed, and the system then clears every
    page anew: depending on chance, that takes longer than all computing. The names and numbers are those of
    mallopt(3). Other C libraries have no such function, and nothing is done.
    """
    # numpy's library for matrices, which nothing here uses, would start threads that wait busily.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    import ctypes

    try:
        mallopt = ctypes.CDLL(None).mallopt
    except (AttributeError, OSError, TypeError):
        return
    mallopt(_M_MMAP_THRESHOLD, LARGE)
    mallopt(_M_TRIM_THRESHOLD, KEPT)
