"""The public action page: what it shows, where the supporter lives, which offices are theirs, and each way to write.

No page of it looks at a session or sets a cookie; the language and the campaign stand in the address.
"""
