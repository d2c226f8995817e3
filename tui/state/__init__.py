"""What a console keeps on its own disk: the operator's lines. A killed terminal costs nothing typed."""
