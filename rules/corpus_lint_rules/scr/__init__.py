"""Scripts that do not belong together (SCR)."""
