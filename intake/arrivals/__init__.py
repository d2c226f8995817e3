"""What each kind of message means to the centre: pure functions from messages to commands."""
