"""`tongpin simulate`: what a technician has no hardware for."""

import time
from pathlib import Path
from typing import Annotated

import typer

from tongpin.commands.simulate_call import call
from tongpin.commands.simulate_policy import policy

simulate = typer.Typer(help="Stand in for hardware that is not there.", no_args_is_help=True)
simulate.command()(call)
simulate.command()(policy)


@simulate.callback()
def _group() -> None:
    """Stand in for hardware that is not there."""


@simulate.command()
def panel(
    protocol: Annotated[str, typer.Argument(help="surgard, dsc_it100, …; an unknown one lists them all.")],
    port: Annotated[str, typer.Argument(help="The port to make; for sia_dc09 HOST:PORT of the box.")],
    every: Annotated[float, typer.Option(min=0.05, help="Seconds between two events.")] = 5.0,
    seconds: Annotated[
        float | None, typer.Option(min=0.1, help="Stop after so long; else with Ctrl-C.")
    ] = None,
    udp: Annotated[bool, typer.Option("--udp", help="sia_dc09: dial by UDP.")] = False,
    key: Annotated[str | None, typer.Option(help="sia_dc09: encrypt with this key, in hex digits.")] = None,
) -> None:
    """Be a panel or receiver on a port made at PORT: events, heartbeats, repeats, as the real one does them.

    Start the box, or tongpin line watch, on that port. Prints what is said and what is answered.

    Exit codes: 0 done, 2 for a protocol nobody simulates.
    """
    if protocol == "sia_dc09":
        _dial(port, every, seconds, udp=udp, key=key)
        return
    from tongpin.line.simulation import over_after, simulator, tell_story
    from tongpin.line.watch import print_row

    with simulator(protocol, Path(port)) as speaker:
        print_row(f"{protocol} speaks on {speaker.port}")
        try:
            with over_after(seconds) as over:
                tell_story(speaker, protocol, every, lambda row: print_row(f"{_clock()} {row}"), over)
        except KeyboardInterrupt:
            print_row("unplugged")


def _dial(where: str, every: float, seconds: float | None, *, udp: bool, key: str | None) -> None:
    import asyncio

    from hardware.panels.sia_dc09.cipher import KEY_BYTES
    from tongpin.line.dialling import address, dial
    from tongpin.line.watch import print_row

    try:
        host, port = address(where)
        secret = bytes.fromhex(key) if key else None
    except ValueError as error:
        raise typer.BadParameter(str(error)) from None
    if secret and len(secret) not in KEY_BYTES:
        raise typer.BadParameter("--key takes 32, 48 or 64 hex digits")
    print_row(f"sia_dc09 dials {host}:{port}")
    speak = dial(
        host,
        port,
        lambda row: print_row(f"{_clock()} {row}"),
        key=secret,
        transport="udp" if udp else "tcp",
        every_s=every,
        seconds=seconds,
    )
    try:
        asyncio.run(speak)
    except KeyboardInterrupt:
        print_row("hung up")


def _clock() -> str:
    return time.strftime("%H:%M:%S")
