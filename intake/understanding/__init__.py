"""From words and panel events to what, where, who and which step. Pure.

    lexicon = Lexicon.build(site, "en")
    understand("patrol three on scene at gate four", "en", lexicon)

How an utterance is read: normalise → mending → hallucinations (is it speech at all?) → corrections → reading:
mark (callsigns, places) → statuses, events → intents → doubts. Then facts (what else is said in the same
breath), witness (who speaks), possible (may it be an alarm?), entities → understand. The words are in
lexicon/*.toml, the names in the site file; the rules name neither.
"""
