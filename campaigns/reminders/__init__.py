"""The planner: what is owed becomes a row once, and mail once (RELIABILITY.md §4)."""
