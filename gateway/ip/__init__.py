"""Panels that report over IP: a listener with limits, and the answers they wait for."""
