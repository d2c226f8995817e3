"""Handing a shift over: a brief made of the live board, read line by line, signed by both. Pure."""
