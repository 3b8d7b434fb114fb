"""One reader for each source of measures. Each turns upstream records into the facts of `records`, and nothing more.

A reader has `open_at(path) -> list[MeasureFile]`, and raises `FileRefused` where the path is not what it reads.
"""
