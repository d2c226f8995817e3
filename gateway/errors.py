"""What can go wrong in the box.

GatewayError
├── SpoolError          nothing was stored: the panel gets no answer
│   ├── SpoolFull       no room left for what was to be stored
│   ├── SpoolBroken     the storage fails: read-only, I/O error, damaged file
│   └── SpoolTooNew     the file was made by a later version; left untouched
├── DamagedRecording    bytes that should be the record of an over are not
└── CannotStart         something the box needs is not there; one sentence says what
"""


class GatewayError(Exception):
    """Root of everything the box raises."""


class SpoolError(GatewayError):
    """Nothing was stored."""


class SpoolFull(SpoolError):
    """No room left for what was to be stored."""


class SpoolBroken(SpoolError):
    """The storage fails: read-only, I/O error, damaged or missing file."""


class SpoolTooNew(SpoolError):
    """The file was made by a later version of tongpin; it was left untouched."""


class CannotStart(GatewayError):
    """Something the box needs is not there. The sentence says what and what to do."""


class DamagedRecording(GatewayError):
    """Bytes that should be the record of an over are not."""
