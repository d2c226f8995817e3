"""What the centre has a box say on its channel: who ordered it, and what became of it."""
