"""A run that is divided among machines, and the one report of all."""
