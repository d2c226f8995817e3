"""What a console keeps on its own disk: the operator's lines, half a note. Killed, it costs nothing typed."""
