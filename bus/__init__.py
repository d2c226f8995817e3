"""What the programs say to each other: topics, messages, and the MQTT link."""
