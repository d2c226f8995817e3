"""Devices as plain bytes and samples, and a simulator of each. Imports nothing of ours."""
