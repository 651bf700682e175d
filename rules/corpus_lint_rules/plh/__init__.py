"""PLH: what was masked, or never filled in."""
