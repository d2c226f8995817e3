"""Wire formats of alarm panels and receivers: bytes in, frozen frames out, replies as bytes."""
