"""The dispatcher's console. It holds no truth of its own."""
