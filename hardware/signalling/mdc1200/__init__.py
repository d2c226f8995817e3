"""MDC-1200: the data burst of Motorola radios and their kin.

    packet      op, argument, unit and, in double packets, four bytes more; what they mean
    block       four bytes ↔ 112 bits on the air: CRC, error correction, interleaving
    frame       packet ↔ bytes of a whole burst: preamble, sync word, one or two blocks
    modulation  bits → sound
    demodulator sound → one complex value an eighth of a bit
    decoder     finds the sync word in those, reads what follows

The layers down to `frame` are pure and know bits only.
"""
