"""The command line: starts each program, the demo, and the technician's tools."""
