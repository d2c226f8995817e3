"""How a site file writes whose matter something is, where the place alone does not say."""

from datetime import time
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from intake.agencies.jurisdiction import Rule

Word = Annotated[str, Field(min_length=1)]


class JurisdictionTable(BaseModel):
    """`[[jurisdiction]]`: types, places and hours that are an agency's; the first that fits decides."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    agency: Word
    types: tuple[Word, ...] = ()
    places: tuple[Word, ...] = ()
    hours: tuple[time, time] = (time(0), time(0))

    def rule(self) -> Rule:
        """As the core has it."""
        return Rule(self.agency, self.types, self.places, self.hours)
