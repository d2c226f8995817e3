"""From the recording of an over to words: gate, engine, transcript."""
