"""Running a command as a person would, and looking at what is left."""

from io import StringIO

from django.apps import apps
from django.core.management import call_command


def run(command: str, *args: str, **options: object) -> str:
    said = StringIO()
    call_command(command, *args, stdout=said, **options)
    return said.getvalue()


def rows() -> dict[str, int]:
    return {
        model._meta.label_lower: number
        for model in apps.get_models()
        if (number := model._default_manager.count())
    }
