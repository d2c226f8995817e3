"""The wire that keys a transmitter, and the process that lets go of it whatever happens."""
