"""`tongpin operators`: what the centre's settings need to know of its people."""

import sys
from typing import Annotated

import typer

operators = typer.Typer(help="Prepare the people who may sign in.", no_args_is_help=True)


@operators.callback()
def _group() -> None:
    """Prepare the people who may sign in."""


@operators.command("hash")
def hash_(
    password: Annotated[
        str,
        typer.Option(
            prompt=True, hide_input=True, confirmation_prompt=True, help="Asked for when not given."
        ),
    ],
) -> None:
    """Print the `password_hash` for an `[[operator]]` of the centre's settings."""
    from intake.operators import hash_password

    sys.stdout.write(hash_password(password) + "\n")
