"""A note for the next shift that is not left yet: on the disk at every key, given back until it is left."""

from datetime import datetime

from tui.state.memory import Draft, Memory


class HalfNote:
    """One console's. It outlives the page it is written on."""

    def __init__(self, memory: Memory) -> None:
        self._memory = memory
        self.draft = memory.draft("note")
        """What is not left, by whom and when; `sent`: by a console that ended before the answer came."""
        self._unanswered: list[str] = []

    @property
    def text(self) -> str:
        """As it stands on the page."""
        return self.draft.line if self.draft else ""

    def type(self, text: str, by: str, at: datetime) -> None:
        """The operator changed it."""
        self.draft = Draft(line=text, by=by, at=at)
        self._keep()

    def send(self) -> str:
        """What is on its way now; until it is answered the disk keeps it."""
        text = self.text.strip()
        self._unanswered.append(text)
        self._write("")
        return text

    def answered(self, text: str, *, done: bool) -> None:
        """What was not done comes back, before anything typed since."""
        self._unanswered.remove(text)
        self._write(self.text if done else f"{text} {self.text}".strip())

    def _write(self, text: str) -> None:
        if self.draft is not None:
            self.draft = self.draft.model_copy(update={"line": text, "sent": False})
        self._keep()

    def _keep(self) -> None:
        if self.draft is not None:
            text = " ".join((*self._unanswered, self.text)).strip()
            sent = bool(self._unanswered)
            self._memory.keep(text, self.draft.by, self.draft.at, of="note", sent=sent)
