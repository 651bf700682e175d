"""BOI: what the site said, not the author."""
