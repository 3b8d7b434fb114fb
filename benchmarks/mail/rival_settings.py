"""What the programs we compare with have in common: their own Django, and the database as the portal sets it up."""

import os

from benchmarks.mail.database import options

DATABASES = {"default": options(os.environ["DATABASE_URL"])}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
EMAIL_HOST, EMAIL_PORT = "127.0.0.1", int(os.environ["SINK_PORT"])
INSTALLED_APPS = ["django.contrib.contenttypes"]
# Lines about every mail would cost them time that the others do not spend.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "loggers": {name: {"handlers": ["console"], "level": "WARNING"} for name in ("mailer", "post_office")},
}
SECRET_KEY = "only-for-this-benchmark"  # noqa: S105 (guards nothing)
TEMPLATES = [{"BACKEND": "django.template.backends.django.DjangoTemplates"}]
USE_TZ = True
