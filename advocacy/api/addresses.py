"""Whole addresses, as a program in another place needs them."""

from django.conf import settings
from django.urls import reverse


def here(path: str) -> str:
    return f"{settings.PORTAL_URL}{path}"


def address(name: str, *args: object) -> str:
    return here(reverse(f"api:{name}", args=args))
