"""The two check bytes of an NX message: Fletcher's sums modulo 255 over length, type and data."""


def fletcher(body: bytes) -> bytes:
    """Return f1, the running sum, and f2, the sum of all f1."""
    first = second = 0
    for byte in body:
        first = (first + byte) % 255
        second = (second + first) % 255
    return bytes((first, second))
