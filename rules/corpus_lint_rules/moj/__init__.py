"""Text that was decoded or converted wrongly (MOJ)."""
