"""The staff's door to contacts, their consent, and the planner's reminders."""

from campaigns.admin import contacts, ledger, lists, reminders

__all__ = ["contacts", "ledger", "lists", "reminders"]
