"""The staff's door to the society and its people."""

from members.admin import invitations, people, roles, society

__all__ = ["invitations", "people", "roles", "society"]
