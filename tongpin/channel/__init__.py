"""At a radio channel: set its squelch by what is really heard there."""
