"""The console as lines of text: for screen readers, poor links and scripts."""
