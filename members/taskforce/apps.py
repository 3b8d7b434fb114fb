from django.apps import AppConfig


class TaskforceConfig(AppConfig):
    """An app of its own: its models ask `members.access` who may see them, which stands above `members.models`."""

    name = "members.taskforce"
    label = "taskforce"
