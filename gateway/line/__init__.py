"""Serial lines: bytes of a panel into signals, each stored before it is answered."""
