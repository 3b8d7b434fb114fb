"""How django-allauth meets our people: nobody signs up by themselves, everybody is invited."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest

from advocacy.accounts.models import User


class InvitedOnlyAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth ships no types
    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def populate_username(self, request: HttpRequest, user: Any) -> None:
        """We have no user names; the e-mail address signs in."""


def display_name(user: User) -> str:
    return str(user)
