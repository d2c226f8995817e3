"""Whether two reports tell of one event: a score with its reasons. Pure, and knows nothing of the board."""
