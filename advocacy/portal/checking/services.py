"""What else is on this machine: PostgreSQL, Redis, Chromium."""

import os
import shutil

import psycopg
import redis

SECONDS_TO_ANSWER = 2
# Only for asking whether a server is there; Django makes, and removes, `test_portal_check` on it.
LOCAL_POSTGRES = ("postgres://postgres@127.0.0.1:5432/portal_check", "postgres:///portal_check")
# Not number 0, where an installation of somebody's own would live.
LOCAL_REDIS = "redis://127.0.0.1:6379/15"
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def postgres() -> str | None:
    """The address of a server on which a test database can be made."""
    given = os.environ.get("TEST_DATABASE_URL")
    return next((url for url in ([given] if given else LOCAL_POSTGRES) if _makes_databases(url)), None)


def _makes_databases(url: str) -> bool:
    server = url.rsplit("/", 1)[0] + "/postgres"
    question = "select rolcreatedb or rolsuper from pg_roles where rolname = current_user"
    try:
        with psycopg.connect(server, connect_timeout=SECONDS_TO_ANSWER) as connection:
            row = connection.execute(question).fetchone()
    except psycopg.Error:
        return False
    return bool(row and row[0])


def redis_server() -> str | None:
    """The address of a Redis database that is ours to use: named by TEST_REDIS_URL, or local and empty."""
    given = os.environ.get("TEST_REDIS_URL")
    url = given or LOCAL_REDIS
    try:
        with redis.Redis.from_url(url, socket_connect_timeout=SECONDS_TO_ANSWER) as server:
            keys = server.dbsize()
    except redis.RedisError:
        return None
    return url if given or keys == 0 else None


def browser() -> str | None:
    given = os.environ.get("CHROMIUM")
    if given:
        return given if os.access(given, os.X_OK) else None
    return next((path for name in BROWSERS if (path := shutil.which(name))), None)
