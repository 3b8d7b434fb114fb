"""Alerts: what changed on the record is told to those whose business it is, once, as soon as they want it."""
