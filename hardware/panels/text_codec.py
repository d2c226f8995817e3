"""The road all text protocols share: bytes → pieces → records → runs with their reply."""

from collections.abc import Callable, Sequence

from hardware.panels.asking import NEVER_ASKED, Asking
from hardware.panels.frame import ACK, MAX_FRAME, NAK, NO_REPLY, PanelRecord, Reply, Run
from hardware.panels.splitter import Splitter

Judge = Callable[[str], Sequence[PanelRecord]]
"""Reads one stretch of text (one character per byte, as Latin-1) and returns its records in order.

An empty answer means that no frame is in it. The judge never raises.
"""


class TextCodec:
    """A codec made of a splitter and a judge.

    What is no frame collects until a frame, a terminator or `MAX_FRAME` bytes, so a burst of noise is one
    unparsed record and not hundreds. NULs at its two ends are left out of it. What is no frame is
    acknowledged like any frame, unless the panel is one that is not `answered` at all.

    `opener` is the terminator that also begins a frame. Ending a frame it began itself, it has cut that one
    off: the answer waits for the frame that follows, for the receiver has only that one in flight.
    `judge_line` is asked about what would be junk and is a line: alone between two terminators.
    """

    def __init__(
        self,
        name: str,
        splitter: Splitter,
        judge: Judge,
        *,
        answered: bool = True,
        asking: Asking = NEVER_ASKED,
        opener: bytes = b"",
        judge_line: Judge = lambda _: (),
    ) -> None:
        self.name = name
        self.asking = asking
        self._splitter = splitter
        self._judge = judge
        self._junk = bytearray()
        self._held: tuple[PanelRecord, ...] = ()
        self._reply = NO_REPLY
        self._junk_reply: Reply = "ack" if answered else "none"
        self._opener = opener
        self._opened = False
        self._judge_line = judge_line

    def feed(self, data: bytes) -> list[Run]:
        """Return the runs that `data` completes."""
        runs: list[Run] = []
        for piece in self._splitter.feed(data):
            if piece.kind == "text":
                self._text(piece.data)
            elif piece.kind == "noise":
                runs += self._release(NO_REPLY)
                self._junk += piece.data
            else:
                runs += self._end_run(piece.data)
            runs += self._bound_junk()
        return runs

    def flush(self) -> list[Run]:
        """Return what is collected as unparsed; without its terminator nothing is an event, nor answered."""
        self._junk += self._splitter.flush()
        runs = self._bound_junk()
        self._hold(self._unparsed_junk(MAX_FRAME, "none"))
        runs += self._release(NO_REPLY)
        self._reply = NO_REPLY
        self._opened = False
        return runs

    def _text(self, data: bytes) -> None:
        """Judge one text; its records wait for the next piece, which the same feed always brings."""
        records = tuple(self._judge(data.decode("latin-1")))
        if records:
            self._hold(self._unparsed_junk(MAX_FRAME, self._junk_reply) + records)
        else:
            self._junk += data

    def _end_run(self, mark: bytes) -> list[Run]:
        """Close the run: what it holds, and the one reply earned since the last terminator."""
        self._hold(self._line() or self._unparsed_junk(MAX_FRAME, self._junk_reply))
        opens = mark == self._opener
        cut_off = opens and self._opened
        self._opened = opens
        if cut_off:
            return self._release(NO_REPLY)
        reply, self._reply = self._reply, NO_REPLY
        return self._release(reply)

    def _line(self) -> tuple[PanelRecord, ...]:
        """Take the junk as a line of text, if it is one."""
        records = tuple(self._judge_line(self._junk.decode("latin-1")))
        if records:
            self._junk.clear()
        return records

    def _bound_junk(self) -> list[Run]:
        """Let go of junk in full portions, so that the cuts do not depend on the sizes of reads."""
        runs: list[Run] = []
        while len(self._junk) > MAX_FRAME:
            self._hold(self._unparsed_junk(MAX_FRAME, self._junk_reply))
            runs += self._release(NO_REPLY)
        return runs

    def _unparsed_junk(self, size: int, reply: Reply) -> tuple[PanelRecord, ...]:
        """Take up to `size` bytes of junk as one record; NULs are a break on the wire, spaces are padding."""
        raw = bytes(self._junk[:size]).strip(b"\x00")
        del self._junk[:size]
        if not raw.strip(b" "):
            return ()
        return (PanelRecord(self.name, "unparsed", reply=reply, raw=raw.hex()),)

    def _hold(self, records: tuple[PanelRecord, ...]) -> None:
        """Put records into the open run and note the reply they earn; junk behind a NAK earns no ACK."""
        self._held += records
        for record in records:
            if record.reply == "nak":
                self._reply = NAK
            elif record.reply == "ack" and not (self._reply == NAK and record.kind == "unparsed"):
                self._reply = ACK

    def _release(self, reply: bytes) -> list[Run]:
        """Hand over the open run, if there is anything in it to store or to answer."""
        records, self._held = self._held, ()
        return [Run(records, reply)] if records or reply else []
