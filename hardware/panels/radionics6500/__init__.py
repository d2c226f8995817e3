"""Bosch D6600 and VisorALARM in Radionics 6500 mode: Sur-Gard's frames with the account in another place.

    [20]aRRL_AAAA18QXYZGGCCC<DC4>     Contact ID, Q a digit (D6600) or a letter (VisorALARM)
    [20]SRRL[#acct|N...]<DC4>         SIA
    [20]1RRLsssssssssss@ssss<DC4>     heartbeat

There is no check and no sequence number. Any answer but ACK and NAK makes a D6600 repeat for ever; three
NAKs make it skip the message.
"""

import re
from typing import Final

from hardware.panels.forms import Form, RunReader
from hardware.panels.splitter import Splitter
from hardware.panels.surgard import heartbeat, sia_block
from hardware.panels.surgard.contact import EVENT, read_contact
from hardware.panels.surgard.header import header_pattern, require_header_length
from hardware.panels.text_codec import TextCodec

NAME: Final = "radionics6500"

TERMINATORS: Final = b"\x14\r\n"
SHORTEST_FRAME: Final = len("1RRL @")


def codec(header_length: int | None = None) -> TextCodec:
    """Return a codec for one port.

    `header_length` fixes how many characters stand for receiver and line: 3 on a D6600. Without it, every
    length in use is accepted. Raises `CodecOptionError`.
    """
    require_header_length(NAME, header_length)
    contact = rf"a{header_pattern(header_length)} (?P<account>[0-9A-F]{{4}})(?:18|98){EVENT}"
    reader = RunReader(
        NAME,
        delimited=[
            Form(re.compile(contact), read_contact),
            *sia_block.forms(header_length),
            *heartbeat.forms(header_length),
        ],
    )
    return TextCodec(NAME, Splitter(TERMINATORS, shortest=SHORTEST_FRAME, brackets=True), reader.judge)
