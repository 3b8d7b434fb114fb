"""The portal. Celery's app is loaded with it, so that every process rings the right bell."""

from advocacy.celery import app as celery_app

__all__ = ["celery_app"]
