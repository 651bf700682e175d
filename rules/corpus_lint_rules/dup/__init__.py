"""Rules about text that is said twice."""
