from django.apps import AppConfig


class CoalitionsConfig(AppConfig):
    name = "advocacy.coalitions"
    label = "coalitions"
