"""Whom to send: who is free, near, skilled and of the right team, with why and why not."""
