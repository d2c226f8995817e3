"""What may be asked of the core. Each command says who, when, and the ids of all it would create.

`id` is made by the shell: the request's correlation id, or the id of the message that caused it. `at` is the
centre's clock. `version`, where given, is the version the asker saw: a loser is refused
and told who was first.
"""
