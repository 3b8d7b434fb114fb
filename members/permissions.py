"""The admin's permissions, from roles in force: national staff manage everything, others nothing."""

from django.contrib.auth.backends import BaseBackend
from django.contrib.auth.models import AnonymousUser
from django.db.models import Model

from advocacy.accounts.models import User
from members.access import reach_of


class RolesBackend(BaseBackend):
    """Grants every model permission to national staff while their role is in force."""

    def has_perm(self, user_obj: User | AnonymousUser, perm: str, obj: Model | None = None) -> bool:
        return isinstance(user_obj, User) and reach_of(user_obj).is_staff

    def has_module_perms(self, user_obj: User | AnonymousUser, app_label: str) -> bool:
        return isinstance(user_obj, User) and reach_of(user_obj).is_staff
