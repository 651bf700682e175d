"""ENC: bytes and code points that no text has."""
