"""A model's archive over an unsteady link: what has arrived stays, and the next try goes on from there."""

import http
import http.client
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

from intake.errors import ModelRefused, ModelSiteUnreachable
from intake.speech.install import sha256_of

CHUNK = 64 * 1024
PATIENCE = 30.0
"""Seconds without a byte after which the link counts as cut."""

Progress = Callable[[int, int], None]
"""Told the bytes that have arrived and the bytes there are."""


def download(url: str, sha256: str, part: Path, progress: Progress) -> Path:
    """Fetch `url` into `part`, going on where an earlier try ended, and check its hash. Gives `part`.

    Raises `ModelSiteUnreachable` (what has arrived is kept) and `ModelRefused` (it is deleted).
    """
    if not part.is_file() or sha256_of(part) != sha256:
        _fetch(url, part, progress)
    if sha256_of(part) != sha256:
        part.unlink()
        host = urlsplit(url).netloc
        raise ModelRefused(f"{host} sent something other than the published model; nothing was installed")
    return part


def _fetch(url: str, part: Path, progress: Progress) -> None:
    host = urlsplit(url).netloc
    here = part.stat().st_size if part.is_file() else 0
    # Only the pinned site or a mirror the technician names reaches this line.
    request = urllib.request.Request(url, headers={"Range": f"bytes={here}-"} if here else {})  # noqa: S310  # as said
    try:
        with urllib.request.urlopen(request, timeout=PATIENCE) as answer:  # noqa: S310  # as said
            arrived, total = _store(answer, part, here, progress)
    except urllib.error.HTTPError as error:
        with error:
            # The server has nothing beyond what is here; the hash says whether that is the whole.
            if error.code == http.HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE:
                return
            raise ModelSiteUnreachable(_sentence(host, f"answers {error.code} {error.reason}")) from error
    except (OSError, http.client.HTTPException) as error:
        reason = getattr(error, "reason", None) or error
        raise ModelSiteUnreachable(_sentence(host, f"cannot be reached ({reason})")) from error
    if arrived < total:
        raise ModelSiteUnreachable(
            f"{host} cut the link after {arrived:,} of {total:,} bytes; run the same command again to go on"
        )


def _store(answer: http.client.HTTPResponse, part: Path, here: int, progress: Progress) -> tuple[int, int]:
    """Append what arrives until the end or a cut: bytes here, bytes there are."""
    resumed = answer.status == http.HTTPStatus.PARTIAL_CONTENT
    arrived = here if resumed else 0
    total = arrived + int(answer.headers.get("Content-Length") or 0)
    with part.open("ab" if resumed else "wb") as file:
        while chunk := _next_chunk(answer):
            arrived += file.write(chunk)
            progress(arrived, total)
    return arrived, total


def _next_chunk(answer: http.client.HTTPResponse) -> bytes:
    # A cut link is an end like any other here: the count tells them apart.
    try:
        return answer.read(CHUNK)
    except (TimeoutError, ConnectionError, http.client.HTTPException):
        return b""


def _sentence(host: str, trouble: str) -> str:
    return (
        f"the model site {host} {trouble}; fetch the ZIP on another machine, carry it over and run "
        "tongpin models add FILE.zip"
    )
