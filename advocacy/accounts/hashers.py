"""Argon2id with bounded memory: ten sign-ins at once must not need a gigabyte (RELIABILITY.md §8, 11.4.2)."""

from django.contrib.auth.hashers import Argon2PasswordHasher


class BoundedArgon2PasswordHasher(Argon2PasswordHasher):
    """19 MiB, two passes, one thread: OWASP's minimum for Argon2id."""

    time_cost = 2
    memory_cost = 19_456
    parallelism = 1
