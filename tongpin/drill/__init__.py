"""Training: a scripted or recorded hour in a sandbox of its own, and how fast the dispatcher was."""
