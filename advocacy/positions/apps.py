from django.apps import AppConfig


class PositionsConfig(AppConfig):
    name = "advocacy.positions"
    label = "positions"
