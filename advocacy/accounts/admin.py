"""What the admin does *not* offer for accounts.

An address is proven by its owner, a device and a session belong to their owner, and roles, not groups, say
who may do what. So the pages that other packages bring for these are taken away again, and one's own
password is changed where everybody changes it.
"""

from allauth.account import admin as account_admin
from allauth.mfa import admin as mfa_admin
from allauth.usersessions import admin as sessions_admin
from django.contrib import admin
from django.contrib.auth import admin as auth_admin
from django.contrib.auth.models import Group
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

__all__ = [
    "account_admin",
    "auth_admin",
    "mfa_admin",
    "sessions_admin",
]  # importing them registers their pages
admin.site.unregister(
    [
        account_admin.EmailAddress,
        mfa_admin.Authenticator,
        sessions_admin.UserSession,
        Group,
    ]
)


def own_password_page(request: HttpRequest, extra_context: object = None) -> HttpResponse:
    return redirect("account_change_password")


admin.site.password_change = own_password_page  # type: ignore[method-assign,assignment]  # one door for passwords
