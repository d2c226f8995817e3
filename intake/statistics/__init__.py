"""Statistics of a journal, from outside: events in, frozen tables out. Pure; nothing here reads or prints.

`collect` makes marks of events, `intervals` samples of marks; `percentiles`, `targets` and `buckets` say what
the samples are like, and `tables` puts the report of a period together.
"""
