"""The tables of this app live in its rooms."""

from campaigns.reminders.models import Occurrence, RuleSetting

__all__ = ["Occurrence", "RuleSetting"]
