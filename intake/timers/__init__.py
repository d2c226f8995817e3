"""Timers of the desk: what runs follows from the board alone; a rung reached is an event, once. Pure."""
