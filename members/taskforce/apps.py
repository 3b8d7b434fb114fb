from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TaskforceConfig(AppConfig):
    """An app of its own: its models ask `members.access` who may see them, which stands above `members.models`."""

    name = "members.taskforce"
    verbose_name = _("Task force")
    label = "taskforce"
