"""Fetching measures from their publishers, page by page, as raw answers that the readers understand."""
