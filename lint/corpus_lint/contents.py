"""What files say, as a digest: the same for the same files, wherever they are and whenever they were written."""

from __future__ import annotations

try:  # hashlib loads OpenSSL, which costs as much as half a bare start
    from _blake2 import blake2b as blake2b
except ImportError:  # pragma: no cover - another Python than CPython
    from hashlib import blake2b as blake2b

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable


def digest(files: Iterable[tuple[str, str]]) -> bytes:
    """16 bytes for some files, each by the name that counts and by its path.

    Raises:
        OSError: a file cannot be read.
    """
    made = blake2b(digest_size=16)
    for name, path in files:
        with open(path, "rb") as file:
            data = file.read()
        made.update(f"{name}\0{len(data)}\0".encode("utf-8", "surrogateescape") + data)
    return made.digest()
