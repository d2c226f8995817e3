"""`tongpin line`: watch, guess, capture and replay one serial panel line."""

import json
import sys
import time
from contextlib import nullcontext
from pathlib import Path
from typing import Annotated

import typer

line = typer.Typer(
    help="At a panel line: watch, guess, capture, replay. Stop the box first: a port has one reader.",
    no_args_is_help=True,
)


@line.command()
def watch(
    config: Annotated[Path, typer.Option("--config", "-c", help="The box's settings.")],
    name: Annotated[
        str | None, typer.Argument(metavar="[LINE]", help="Which [[line]]; the only one if one.")
    ] = None,
    no_reply: Annotated[
        bool, typer.Option("--no-reply", help="Only listen; the receiver will complain.")
    ] = False,
    capture: Annotated[Path | None, typer.Option(help="Where what is heard is kept; LINE.capture.")] = None,
    seconds: Annotated[float | None, typer.Option(min=0.1, help="Stop after so long.")] = None,
    as_json: Annotated[
        bool,
        typer.Option("--json", help="Records on stdout as tongpin decode prints them, the rest on stderr."),
    ] = False,
) -> None:
    """Show a line live: each frame with its meaning and bytes, what is answered, and counters at the end.

    What is answered stands in the capture file first, on disk: nothing a receiver lets go of is lost; replay
    it to the box afterwards. With --no-reply nothing is answered and nothing kept.

    Exit codes: 0 done, 2 settings, or a capture that cannot be written.
    """
    from bus.settings_file import read_toml
    from gateway.settings import GatewaySettings
    from hardware.line_capture import CaptureWriter
    from hardware.panels.frame import PanelRecord
    from hardware.panels.registry import codec
    from tongpin.line.listening import listen_to
    from tongpin.line.tables import line_table
    from tongpin.line.watch import Watch, print_row, row_of

    table = line_table(read_toml(config, GatewaySettings), name)
    reader = codec(table.protocol, **table.options)
    note, row = (_complain, PanelRecord.to_json) if as_json else (print_row, row_of)
    kept = capture or Path(f"{table.id}.capture")
    keeping = nullcontext() if no_reply else CaptureWriter.appending(kept, time.monotonic())
    with keeping as writer, listen_to(table.serial) as listening:
        watching = Watch(listening, reader, writer, row)
        try:
            watching.run(seconds, print_row, note)
        except KeyboardInterrupt:
            pass
        finally:
            note(watching.counters.summary())


@line.command()
def guess(
    port: Annotated[
        str, typer.Argument(help="A serial port, or with --recorded a file of bytes or a .capture.")
    ],
    seconds: Annotated[
        float, typer.Option(min=0.2, help="Patience at each speed; heartbeats come every 30 s.")
    ] = 35,
    recorded: Annotated[bool, typer.Option("--recorded", help="PORT is a recording.")] = False,
    baud: Annotated[int, typer.Option(help="With --recorded: the speed it was recorded at, as 8N1.")] = 9600,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object a guess.")] = False,
) -> None:
    """Try common speeds, parities and protocols on a line and say which fits, and how sure that is.

    Listens only, so a panel that must be asked may be silent. How sure it is: the share of the bytes that the
    protocol explains, less when it read fewer than three frames.

    Exit codes: 0 with a guess, 1 without one, 2 for a recording that cannot be read, 3 when the port is not
    there.
    """
    from tongpin.line.guess import guess_live, guess_recorded, row_of

    found = guess_recorded(Path(port), baud) if recorded else guess_live(port, seconds, _complain)
    for each in found[:3]:
        if as_json:
            shown = {"protocol": each.protocol, "mode": str(each.mode), "sure": each.sure}
            sys.stdout.write(json.dumps({**shown, "frames": each.frames}) + "\n")
        else:
            sys.stdout.write(row_of(each) + "\n")
    if not found:
        _complain("nothing that any protocol explains: is the cable right, does the receiver send at all?")
        raise typer.Exit(1)


@line.command()
def capture(
    port: Annotated[str, typer.Argument(help="The serial port.")],
    file: Annotated[Path, typer.Argument(help="The capture to append to.")],
    mode: Annotated[str, typer.Option(help="Speed and framing.")] = "9600 8N1",
    seconds: Annotated[
        float | None, typer.Option(min=0.1, help="Stop after so long; else with Ctrl-C.")
    ] = None,
) -> None:
    """Write what comes over a line into a file, with times. Listens only.

    Exit codes: 0, 2 for a mode no port has, 3 when the port is not there.
    """
    from tongpin.line.recording import record
    from tongpin.line.tables import serial_settings

    _complain(f"{record(serial_settings(port, mode), file, seconds)} bytes kept in {file}")


@line.command()
def replay(
    file: Annotated[Path, typer.Argument(help="A capture.")],
    link: Annotated[Path, typer.Option(help="The port to make: what the box's settings name.")],
    speed: Annotated[float, typer.Option(min=0.1, help="Times as fast as it was.")] = 1.0,
    patience: Annotated[
        float, typer.Option(min=0, help="Seconds to wait until the box has the port.")
    ] = 60.0,
) -> None:
    """Play a capture through the whole stack: makes a port at LINK and speaks on it as the panel did.

    Start the box with that port in its settings, before or after. Tells how many bytes were played and how
    many answers came.

    Exit codes: 0 done, 2 for a capture that cannot be read, 3 when nobody opens the port.
    """
    from tongpin.line.recording import play

    played = play(file, link, speed, patience)
    _complain(f"{played.said} bytes played, {played.answers} answers heard")


def _complain(text: str) -> None:
    sys.stderr.write(text + "\n")
