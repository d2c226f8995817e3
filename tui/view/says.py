"""The sentence under the command line: what Enter would do, or what came of it."""

from tui.bench import Bench
from tui.cells import plain
from tui.command.model import Command, Question
from tui.orders import Outcome
from tui.words import Words

Sentence = tuple[str, str]
"""Text and its colour."""


def under_the_line(bench: Bench, outcome: Outcome | None, typed: str, words: Words, trouble: str) -> Sentence:
    """An outcome stays until something else is typed; `trouble` is said where nothing else is."""
    if outcome is not None and typed in ("", outcome.line) and not (outcome.ending == "done" and typed):
        return _ended(outcome, words)
    meaning = bench.meaning
    if isinstance(meaning, Question):
        return meaning.text, "yellow"
    if isinstance(meaning, Command):
        return _dry_run(bench, meaning.says, words)
    return (plain(trouble), "bold red") if trouble else (words("line.idle"), "dim")


def _dry_run(bench: Bench, says: str, words: Words) -> Sentence:
    if bench.armed:
        return words("line.confirm", what=says), "bold red"
    if bench.restored:
        return words(f"line.before_{bench.restored}") + says, "bold yellow"
    if bench.changed:
        return words("line.changed") + says, "bold yellow"
    return words("line.ready") + says, "bold ink"


def _ended(outcome: Outcome, words: Words) -> Sentence:
    says = outcome.command.says
    if outcome.ending == "refused":
        why = "; ".join(one.zh if words.language == "zh" else one.en for one in outcome.problems)
        return words("line.refused", why=why), "bold red"
    if outcome.ending == "done":
        return words("line.done", what=says), "green" if outcome.command.undoable else "dim"
    return words(f"line.{outcome.ending}", what=says), "dim" if outcome.ending == "sending" else "bold red"
