"""What if: the same calls against two organisations, as a discrete-event simulation. Pure and seeded."""
