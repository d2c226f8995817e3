"""The messages, one file a conversation. All carry `v`; readers ignore fields they do not know."""
