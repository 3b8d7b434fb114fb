from django.apps import AppConfig


class ReportsConfig(AppConfig):
    name = "advocacy.reports"
    label = "reports"
