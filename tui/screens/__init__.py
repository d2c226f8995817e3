"""What is opened over the main screen and left with one key."""
