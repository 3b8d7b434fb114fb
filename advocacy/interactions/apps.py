from django.apps import AppConfig


class InteractionsConfig(AppConfig):
    name = "advocacy.interactions"
    label = "interactions"
