"""django-post-office: the portal's number of connections, as threads of so many processes."""

import os

from benchmarks.mail.rival_settings import *  # noqa: F403 (a settings module of a settings module)
from benchmarks.mail.rival_settings import INSTALLED_APPS

INSTALLED_APPS = [*INSTALLED_APPS, "post_office"]
EMAIL_BACKEND = "post_office.EmailBackend"
POST_OFFICE = {
    "BATCH_SIZE": int(os.environ["BATCH_SIZE"]),
    "THREADS_PER_PROCESS": int(os.environ["THREADS_PER_PROCESS"]),
}
