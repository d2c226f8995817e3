"""`tongpin gateway`: the box."""

from pathlib import Path
from typing import Annotated

import typer


def gateway(
    config: Annotated[Path, typer.Option("--config", "-c", help="The box's settings (TOML).")],
) -> None:
    """Run the box: panel lines and radio channels, onto its own disk first, then to the centre.

    Stops in order on SIGTERM or Ctrl-C. Exit codes: 0 stopped, 2 settings, 4 cannot start (spool from a later
    version, in use by another box, or unwritable). Missing ports and sound cards and a missing broker stop
    nothing: they are reported and tried again. Check the settings first: tongpin check-config FILE.
    """
    import os

    # Before numpy is imported: its threads would be one a core, and nothing here is large enough for two.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

    from bus.settings_file import read_toml
    from gateway.service import Gateway
    from gateway.settings import GatewaySettings
    from tongpin.process import serve

    serve(Gateway(read_toml(config, GatewaySettings)).run())
