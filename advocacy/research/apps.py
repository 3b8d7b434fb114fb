from django.apps import AppConfig


class ResearchConfig(AppConfig):
    name = "advocacy.research"
    label = "research"
