"""Speech of the centre on the channel: when it may be keyed, the wire that keys it, and what became of it."""
