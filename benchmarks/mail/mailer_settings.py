"""django-mailer: its backend takes what is sent, and sends it by Django's own later."""

from benchmarks.mail.rival_settings import *  # noqa: F403 (a settings module of a settings module)
from benchmarks.mail.rival_settings import INSTALLED_APPS

INSTALLED_APPS = [*INSTALLED_APPS, "mailer"]
EMAIL_BACKEND = "mailer.backend.DbBackend"
MAILER_EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
