"""What waits on the box's own disk until the centre has it."""
