"""`tongpin report`: the statistics of a journal as tables, JSON, CSV or one page for the wall."""
