import hashlib
import threading
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from intake.errors import ModelRefused, ModelSiteUnreachable
from intake.speech.download import download
from intake.speech.install import add_model
from intake.speech.models import find, installed

ARCHIVE = bytes(range(256)) * 2000
SHA256 = hashlib.sha256(ARCHIVE).hexdigest()


@dataclass
class Site:
    """A model site on loopback that can cut a link and remembers the ranges it was asked for."""

    url: str = ""
    cut_after: int | None = None
    ranges: list[str | None] = field(default_factory=list)


@pytest.fixture
def site() -> Iterator[Site]:
    """One server with Range support, closed at the end."""
    state = Site()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            """Answer whole, or from the byte asked for, as long as the link holds."""
            asked = self.headers.get("Range")
            state.ranges.append(asked)
            start = int(asked.removeprefix("bytes=").removesuffix("-")) if asked else 0
            if start >= len(ARCHIVE):
                self.send_error(416)
                return
            self.send_response(206 if asked else 200)
            self.send_header("Content-Length", str(len(ARCHIVE) - start))
            self.end_headers()
            self.wfile.write(ARCHIVE[start : state.cut_after])

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        state.url = f"http://127.0.0.1:{server.server_port}/model.zip"
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield state
        server.shutdown()
        thread.join()


def _ignore(_arrived: int, _total: int) -> None:
    pass


def test_a_cut_download_goes_on(site: Site, tmp_path: Path) -> None:
    """After a cut the next try asks only for what is missing, and the whole is right."""
    part = tmp_path / "model.part"
    site.cut_after = 100_000
    with pytest.raises(ModelSiteUnreachable, match="100,000 of 512,000 bytes"):
        download(site.url, SHA256, part, _ignore)
    site.cut_after = None
    assert download(site.url, SHA256, part, _ignore).read_bytes() == ARCHIVE
    assert site.ranges == [None, "bytes=100000-"]


def test_another_archive_is_refused(site: Site, tmp_path: Path) -> None:
    """What does not have the pinned hash is deleted, so that the next try starts afresh."""
    part = tmp_path / "model.part"
    with pytest.raises(ModelRefused, match="nothing was installed"):
        download(site.url, "0" * 64, part, _ignore)
    assert not part.exists()


def test_a_site_out_of_reach_names_the_way_round(tmp_path: Path) -> None:
    """The sentence names the host and the command that works without a network."""
    with pytest.raises(ModelSiteUnreachable, match=r"127\.0\.0\.1:9.*tongpin models add FILE\.zip"):
        download("http://127.0.0.1:9/model.zip", SHA256, tmp_path / "part", _ignore)


def test_a_zip_is_installed_without_dither(tmp_path: Path) -> None:
    """A carried-over archive becomes the model of its language, dither off, its hash on record."""
    source = _zip(tmp_path / "mine.zip", {"vosk-mine/conf/mfcc.conf": "--dither=1.0\n--low-freq=20\n"})
    model = add_model(source, "fi", tmp_path / "models")
    assert find("fi", tmp_path / "models") == model
    assert (model.name, model.sha256) == ("vosk-mine", hashlib.sha256(source.read_bytes()).hexdigest())
    assert (model.folder / "conf/mfcc.conf").read_text() == "--low-freq=20\n--dither=0\n"


@pytest.mark.parametrize(
    ("name", "content", "why"),
    [
        ("mine.zip", {"../../evil": "x", "m/conf/mfcc.conf": ""}, "leads out of the archive"),
        ("mine.zip", {"readme": "x"}, "not a Vosk model"),
        ("vosk-model-small-cn-0.22.zip", {"m/conf/mfcc.conf": ""}, "not the archive published"),
    ],
)
def test_what_is_no_model_changes_nothing(
    tmp_path: Path, name: str, content: dict[str, str], why: str
) -> None:
    """A path out of the archive, another ZIP, or a damaged published one: refused, nothing left behind."""
    with pytest.raises(ModelRefused, match=why):
        add_model(_zip(tmp_path / name, content), "fi", tmp_path / "models")
    assert installed(tmp_path / "models") == ()
    assert not any((tmp_path / "models").glob("*"))
    assert not (tmp_path.parent / "evil").exists()


def _zip(path: Path, content: dict[str, str]) -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        for name, text in content.items():
            archive.writestr(name, text)
    return path
