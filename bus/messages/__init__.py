"""The messages, one file a conversation. Every payload carries `v`; readers ignore fields they do not know."""
