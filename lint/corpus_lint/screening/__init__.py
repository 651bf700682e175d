"""The screen: which lines and documents rules must see at all, told by one native pass."""
