"""Every address the portal answers to, as the resolver knows them."""

from collections.abc import Iterator

from django.urls import URLPattern, URLResolver, get_resolver


def declared_names() -> set[str]:
    return {name for name, _pattern in patterns()}


def patterns() -> Iterator[tuple[str, URLPattern]]:
    """Each pattern with its full name; one that has no name goes by its route."""
    yield from _below(get_resolver(), namespace="", route="")


def _below(resolver: URLResolver, namespace: str, route: str) -> Iterator[tuple[str, URLPattern]]:
    for entry in resolver.url_patterns:
        if isinstance(entry, URLResolver):
            inner = f"{namespace}{entry.namespace}:" if entry.namespace else namespace
            yield from _below(entry, inner, route + str(entry.pattern))
        else:
            yield (f"{namespace}{entry.name}" if entry.name else route + str(entry.pattern)), entry
