"""Finding a protocol by name."""

import pytest

from hardware.errors import CodecOptionError, UnknownProtocolError
from hardware.panels.registry import codec, names


def test_every_protocol_is_found_by_its_file() -> None:
    """The names are those of the modules that offer a codec, and each codec knows its name."""
    assert {"contact_id", "surgard"} <= set(names())
    assert {codec(name).name for name in names()} == set(names())


def test_an_unknown_name_is_answered_with_the_known_and_the_nearest() -> None:
    """The sentence lists every protocol and the one that was probably meant."""
    with pytest.raises(UnknownProtocolError, match=r"Did you mean contact_id\?") as caught:
        codec("ContactID")
    assert caught.value.known == names()
    assert caught.value.nearest == "contact_id"


def test_an_option_of_another_protocol_is_refused() -> None:
    """An option a protocol does not take is named, together with those it takes."""
    with pytest.raises(CodecOptionError, match="header_length"):
        codec("contact_id", header_length=3)
