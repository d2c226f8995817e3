"""Panels and radios that behave like the real thing, for technicians, the demo and the tests."""
