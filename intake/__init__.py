"""The centre: bus, journal, speech, understanding, one queue, dispatch."""
