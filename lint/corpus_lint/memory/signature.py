"""Signatures: what tells that a file is unchanged without reading it, and the digest that tells it for certain.

A signature is what the file system says of a file: size, times, number. It is trusted as git trusts it: a file that
was written so shortly before it was looked at that it may be written again at the same time is read again.
"""

from __future__ import annotations

import os

from ..named_tuple import NamedTuple

FRESH = 50_000_000
"""Nanoseconds in which a file may change and keep its time, where the file system tells parts of seconds."""
FRESH_COARSE = 2_000_000_000
"""Likewise where it tells whole seconds, or pairs of them."""
_PIECE = 1 << 20


class Signature(NamedTuple):
    """What the file system says of a file; ``written`` and ``changed`` in nanoseconds."""

    size: int
    written: int
    changed: int
    number: int

    def trusted(self, now: int) -> Signature:
        """What to remember of a file that is read from ``now`` on: no times, when it may change and keep them."""
        fresh = FRESH if self.written % 1_000_000_000 else FRESH_COARSE
        is_fresh = now - max(self.written, self.changed) < fresh
        return Signature(self.size, 0, 0, 0) if is_fresh else self


NONE = Signature(-1, 0, 0, 0)
"""The signature of what is no file."""


def sign(path: str) -> Signature:
    """The signature of a regular file as it is now; `NONE` for anything else."""
    try:
        status = os.stat(path)
    except OSError:
        return NONE
    if status.st_mode & 0o170000 != 0o100000:
        return NONE
    return Signature(status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino)


def digest(path: str) -> bytes:
    """16 bytes that no other content has; none when the file cannot be read."""
    # It loads OpenSSL, whose SHA-256 is three times as fast as anything that comes with a bare start.
    from hashlib import sha256

    made = sha256()
    try:
        with open(path, "rb", buffering=0) as file:
            while data := file.read(_PIECE):
                made.update(data)
    except OSError:
        return b""
    return made.digest()[:16]
