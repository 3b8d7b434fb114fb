"""What the tests of the house share."""

# Registers the rehearsal's kinds, as an installed app's `jobs.py` would be at start-up.
from tests.house.rehearsal import jobs as rehearsal

__all__ = ["rehearsal"]
