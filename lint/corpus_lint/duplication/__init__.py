"""Text that stands twice, and what else only all documents together show."""
