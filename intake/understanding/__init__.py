"""From words and panel events to what, where, who and which step. Pure.

    lexicon = Lexicon.build(site, "en")
    understand("patrol three on scene at gate four", "en", lexicon)

How an utterance is read: normalise → mending → hallucinations (is it speech at all?) → corrections → mark
(callsigns, places) → statuses, events → intents → understand. The words are in lexicon/*.toml,
the names in the site file; the rules name neither.
"""
