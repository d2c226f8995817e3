"""`python -m tongpin`."""

from tongpin.main import run

run()
