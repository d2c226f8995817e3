"""What is over leaves the board's memory, whole, into the journal; whoever asks about it brings it back."""
