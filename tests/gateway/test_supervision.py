from gateway.line.supervision import Change, Watch


def test_three_heartbeats_missed_is_a_fault_said_once() -> None:
    """Silent after three intervals, not before, and not again at every tick."""
    watch, early = Watch(heard_at=100, interval_s=30).tick(190)
    watch, change = watch.tick(191)
    watch, again = watch.tick(500)

    assert early is None
    assert change == Change("line_fault", "silent", "nothing heard for 91 s")
    assert again is None


def test_any_frame_ends_the_silence() -> None:
    """The first frame restores the line, the second says nothing."""
    silent, _ = Watch(heard_at=0).tick(91)
    watch, change = silent.heard(92)
    watch, again = watch.heard(93)

    assert change == Change("line_restored", "silent")
    assert again is None
    assert watch.trouble is None


def test_a_change_not_stored_comes_again() -> None:
    """Until the new watch is put in place of the old, the same change is offered."""
    watch = Watch(heard_at=0)

    assert watch.tick(91)[1] == watch.tick(91)[1]


def test_a_broken_port_is_said_once_and_outranks_silence() -> None:
    """An unplugged adapter is one fault: its silence is not another."""
    watch, change = Watch(heard_at=0).broke("unplugged")
    watch, again = watch.broke("unplugged")
    watch, silent = watch.tick(1000)

    assert change == Change("line_fault", "broken", "unplugged")
    assert again is None
    assert silent is None
