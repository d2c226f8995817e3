"""The paper form, put where it can be printed from."""

from tui.state.folder import StateFolder
from tui.view.paper import paper_form
from tui.view.sight import Sight

NAME = "paper-form.txt"


def write_form(sight: Sight, folder: StateFolder) -> str:
    """In place of the last one; what to tell the operator."""
    path = folder.path / NAME
    try:
        folder.write(NAME, "\n".join(paper_form(sight)) + "\n")
    except OSError as error:
        return sight.words("paper.not_kept", path=path, why=error.strerror)
    return sight.words("paper.kept", path=path)
