"""The portal's settings with the rehearsal's kinds of work, for tests that start processes of their own."""

from advocacy.settings import *  # noqa: F403  (settings are meant to be taken whole)

INSTALLED_APPS = [*INSTALLED_APPS, "tests.house.rehearsal"]  # noqa: F405
