"""What earlier runs have found, kept for the next."""
