"""The front of native frames: start byte, date, time, receiver, running number. Manual, table 8-3.

The MX8000's own figures and its predecessor's (SK9000) differ: the latter writes no seconds, no receiver and
no number.
"""

import re
from typing import Final

NAME: Final = "silentknight"

_DATE: Final = r'[0-9]{6}"'
FRONT: Final = rf'{_DATE}[0-9]{{6}}"(?P<receiver>[0-9A-Z]{{2}})"(?P<reference>[0-9]{{4}})"'
OLD_FRONT: Final = rf'{_DATE}[0-9]{{4}}"'

START: Final = re.compile(rf'[\x01-\x03&](?={_DATE}[0-9]{{4}}(?:[0-9]{{2}})?")')
"""Where a frame may begin: a start byte with date and time behind it."""
