"""The door for asynchronous servers. Nothing here needs one; hosts that offer only these can use it."""

import os

from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "advocacy.settings")

application = get_asgi_application()
