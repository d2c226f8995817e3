"""The technician's tools for one serial line: watch, guess, capture, replay."""
