"""What must be right before an installation of several processes starts."""

from django.conf import settings
from django.core import checks

_SHORTEST, _FEWEST_SIGNS = 16, 8


@checks.register
def salt_hides_addresses(**kwargs: object) -> list[checks.CheckMessage]:
    """Fingerprints of addresses that anybody could make too would tell who asked to be left alone."""
    salt = settings.SUPPRESSION_SALT
    is_weak = len(salt) < _SHORTEST or len(set(salt)) < _FEWEST_SIGNS or salt == settings.SECRET_KEY
    if settings.EMBEDDED or not is_weak:
        return []
    return [
        checks.Error(
            "SUPPRESSION_SALT is missing or too weak: at least 16 signs, not all alike, and not the SECRET_KEY.",
            hint='python3 -c "import secrets; print(secrets.token_urlsafe(32))"; set it once and keep it.',
            id="outbox.E001",
        )
    ]
