"""`tongpin`: one command line for the box, the centre, the console, the demo and the technician's tools.

Exit codes of every command: 0 done; 1 done, but part of the input was bad; 2 usage or settings; 3 something
is out of reach (broker, model site); 4 cannot start; 70 a fault of tongpin's own.
"""

import os
import sys

import typer

from bus.errors import BusError, LinkError
from gateway.errors import CannotStart as BoxCannotStart
from gateway.errors import GatewayError
from hardware.errors import HardwareError
from intake.errors import CannotStart as CentreCannotStart
from intake.errors import IntakeError, JournalError, ModelSiteUnreachable
from tongpin.commands.bench import bench
from tongpin.commands.channel import channel
from tongpin.commands.check_config import check_config
from tongpin.commands.console import console
from tongpin.commands.decode import decode
from tongpin.commands.demo import demo
from tongpin.commands.do import do
from tongpin.commands.drill import drill
from tongpin.commands.gateway import gateway
from tongpin.commands.intake import intake
from tongpin.commands.lexicon import lexicon
from tongpin.commands.line import line
from tongpin.commands.models import models
from tongpin.commands.operators import operators
from tongpin.commands.paper import paper
from tongpin.commands.recordings import recordings
from tongpin.commands.replay import replay
from tongpin.commands.report import report
from tongpin.commands.show import show, units
from tongpin.commands.simulate import simulate
from tongpin.commands.speech import speech
from tongpin.commands.transcribe import transcribe
from tongpin.commands.understand import understand
from tongpin.commands.verify import verify
from tongpin.commands.watch import watch
from tongpin.errors import CannotShow, CommandError, NothingHeard
from tui.errors import ConsoleError, NotAnswered

app = typer.Typer(
    help=(
        "One alarm queue from a shared radio channel and serial alarm panels, "
        "and a console to dispatch from.\n\n"
        "A first look: tongpin demo. At a site: tongpin gateway on each box, tongpin intake at the centre, "
        "tongpin console at each desk.\n\n"
        "Exit codes: 0 done; 1 done, but part of the input was bad; 2 usage or settings; "
        "3 something is out of reach; 4 cannot start; 70 a fault of tongpin's own."
    ),
    no_args_is_help=True,
    rich_markup_mode="markdown",  # paragraphs flow, and a [[table]] is no markup
    add_completion=False,
    pretty_exceptions_enable=False,
)
app.command(rich_help_panel="First look")(demo)
app.command(rich_help_panel="First look")(drill)
app.command(rich_help_panel="Programs")(gateway)
app.command(rich_help_panel="Programs")(intake)
app.command(rich_help_panel="Programs")(console)
app.command(rich_help_panel="At the centre")(watch)
app.command(rich_help_panel="At the centre")(show)
app.command(rich_help_panel="At the centre")(units)
app.command(rich_help_panel="At the centre")(paper)
app.command(rich_help_panel="At the centre")(do)
app.command("check-config", rich_help_panel="Setting up")(check_config)
app.add_typer(lexicon, name="lexicon", rich_help_panel="Setting up")
app.add_typer(models, name="models", rich_help_panel="Setting up")
app.add_typer(operators, name="operators", rich_help_panel="Setting up")
app.command(rich_help_panel="Tools")(decode)
app.add_typer(line, name="line", rich_help_panel="Tools")
app.add_typer(channel, name="channel", rich_help_panel="Tools")
app.add_typer(simulate, name="simulate", rich_help_panel="Tools")
app.command(rich_help_panel="Tools")(transcribe)
app.add_typer(speech, name="speech", rich_help_panel="Tools")
app.command(rich_help_panel="Tools")(understand)
app.add_typer(recordings, name="recordings", rich_help_panel="Tools")
app.command(rich_help_panel="Tools")(report)
app.command(rich_help_panel="Tools")(replay)
app.command(rich_help_panel="Tools")(verify)
app.add_typer(bench, name="bench", rich_help_panel="Tools")

OUT_OF_REACH = 3
CANNOT_START = 4
OWN_FAULT = 70

_CODES: tuple[tuple[type[Exception], int], ...] = (
    (LinkError, OUT_OF_REACH),
    (ModelSiteUnreachable, OUT_OF_REACH),
    (BoxCannotStart, CANNOT_START),
    (CentreCannotStart, CANNOT_START),
    (JournalError, CANNOT_START),
    (CannotShow, CANNOT_START),
    (NothingHeard, OUT_OF_REACH),
    (NotAnswered, OUT_OF_REACH),
    (ConsoleError, 2),
    (CommandError, 2),
    (BusError, 2),
    (HardwareError, 2),
    (GatewayError, 2),
    (IntakeError, 2),
)


def run() -> None:
    """Run the command line; whatever goes wrong leaves one sentence on stderr and an exit code."""
    try:
        app()
    except KeyboardInterrupt:
        sys.exit(130)
    except Exception as raised:
        if os.environ.get("TONGPIN_TRACE"):
            raise
        error = first_of(raised)
        sys.stderr.write(f"tongpin: {sentence_of(error)}\n")
        sys.exit(code_of(error))


def first_of(error: Exception) -> Exception:
    """What ended a group of tasks, alone, so that people read its sentence."""
    while isinstance(error, ExceptionGroup):
        error = error.exceptions[0]
    return error


def code_of(error: Exception) -> int:
    """The exit code for `error`."""
    return next((code for kind, code in _CODES if isinstance(error, kind)), OWN_FAULT)


def sentence_of(error: Exception) -> str:
    """What to tell a person."""
    if code_of(error) != OWN_FAULT:
        return str(error)
    return (
        f"stopped by a fault of its own ({type(error).__name__}: {error}); "
        "run it again with TONGPIN_TRACE=1 and send what it prints to the maintainers"
    )
