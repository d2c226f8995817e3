"""The keys: one table of what can be done, the keys of the settings over it, and how keys are written."""
