"""`tongpin intake`: the centre."""

from pathlib import Path
from typing import Annotated

import typer


def intake(
    config: Annotated[Path, typer.Option("--config", "-c", help="The centre's settings (TOML).")],
    with_parent: Annotated[
        bool,
        typer.Option(
            "--with-parent", help="Stop when standard input closes: for programs that start a centre."
        ),
    ] = False,
) -> None:
    """Run the centre: receives every alarm and every over, keeps the one queue and the journal.

    Stops in order on SIGTERM or Ctrl-C. Exit codes: 0 stopped, 2 settings, 4 cannot start (journal from a
    later version, unwritable folder). Check the settings first: tongpin check-config FILE.
    """
    from bus.settings_file import read_toml
    from intake.aside import somebody_works
    from intake.service import run_intake
    from intake.settings import IntakeSettings
    from tongpin.process import end_at_once, serve

    serve(run_intake(read_toml(config, IntakeSettings)), with_parent=with_parent)
    if somebody_works():
        end_at_once()
