"""What a sandbox takes in, marked as an exercise, so that it never mixes with real work."""

from intake.dispatch.base import Exercise
from intake.dispatch.desk_events import IncidentOpened
from intake.dispatch.events import Event
from intake.dispatch.source_events import AlarmQueued


def practised(event: Event) -> Event:
    """The event as a sandbox has it: a test stays a test, whatever else there is becomes an exercise."""
    match event:
        case AlarmQueued(content=content):
            marked = content.model_copy(update={"exercise": _marked(content.exercise)})
            return event.model_copy(update={"content": marked})
        case IncidentOpened():
            return event.model_copy(update={"exercise": _marked(event.exercise)})
        case _:
            return event


def _marked(exercise: Exercise) -> Exercise:
    return "test" if exercise == "test" else "exercise"
