"""A whole site on one machine: two receivers, a channel, officers, box, broker, centre and console."""
