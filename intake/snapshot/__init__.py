"""The sum of the journal's events so far, kept in a file, so that a start need not add them all up again."""
