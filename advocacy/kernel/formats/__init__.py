"""How days are written, where Django's own formats are not ours. What a language does not say here is Django's."""
