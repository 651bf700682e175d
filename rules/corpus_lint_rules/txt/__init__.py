"""TXT: the structure of a text is broken."""
