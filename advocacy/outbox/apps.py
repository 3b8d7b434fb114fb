from django.apps import AppConfig


class OutboxConfig(AppConfig):
    name = "advocacy.outbox"
    label = "outbox"
