"""The parts of the screen, one a file. Each paints what a view function says."""
