"""Radio channels: sound into overs, who calls, and whether anything is connected at all."""
