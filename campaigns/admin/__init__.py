"""The staff's door to campaigns, to those who are asked and take part, and to the planner."""

from campaigns.admin import campaigns, contacts, ledger, lists, participations, reminders, texts

__all__ = ["campaigns", "contacts", "ledger", "lists", "participations", "reminders", "texts"]
