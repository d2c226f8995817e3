"""The box: serial lines and the radio channel, into a spool on its own disk, onto the bus."""
