"""From words and panel events to what, where, who and which step. Pure."""
