"""Measurements of tongpin on the machine it runs on."""
