"""The check of an MDC-1200 block: CRC-16 of polynomial 0x1021, reflected, initial value 0, inverted."""

_REFLECTED = 0x8408


def crc16(data: bytes) -> int:
    """The 16 bits that stand behind `data`, low byte first. `b"123456789"` gives 0xDE76."""
    register = 0
    for byte in data:
        register ^= byte
        for _ in range(8):
            register = (register >> 1) ^ (_REFLECTED if register & 1 else 0)
    return register ^ 0xFFFF
