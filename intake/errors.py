"""What can go wrong at the centre.

IntakeError
├── SiteError               a site file says something the centre cannot use
├── JournalError
│   ├── JournalTooNew       written by a later version; untouched
│   ├── JournalUnreadable   not a journal, or damaged
│   └── JournalUnwritable   disk full, read-only, failing: nothing of the group is stored
├── SnapshotUnusable        missing, damaged, or of other rules: the events are added up instead
├── SearchUnavailable       the index of overs cannot be used; everything else goes on
├── ClipMissing             a recording is not where the journal says
├── SpeechError
│   ├── ModelUnavailable    no engine or model for the language; the sentence says what to run
│   ├── ModelRefused        a file is not the model it should be; nothing is installed
│   ├── ModelSiteUnreachable  the site of the models does not answer, or was cut off
│   ├── EngineFailed        a speech engine gave up on a model or on an over
│   └── RecordingUnreadable not sound, or cut short
└── CannotStart             the centre's settings cannot be carried out
"""


class IntakeError(Exception):
    """Root of everything the centre raises."""


class SiteError(IntakeError):
    """One sentence: which site file, which line, which key, what to do."""


class JournalError(IntakeError):
    """The journal cannot do what was asked."""


class JournalTooNew(JournalError):
    """Written by a later version of tongpin; the file was not touched."""


class JournalUnreadable(JournalError):
    """Not a journal, or damaged."""


class JournalUnwritable(JournalError):
    """Nothing of the group is stored; the same call may be tried again."""


class SnapshotUnusable(IntakeError):
    """A snapshot is not used, and why; the journal's events are all there is to know."""


class SearchUnavailable(IntakeError):
    """The index of overs cannot be used just now; it is built again from the journal."""


class ClipMissing(IntakeError):
    """A recording is not where the journal says."""


class CannotStart(IntakeError):
    """One sentence: which setting of the centre cannot be carried out, and what to do."""


class SpeechError(IntakeError):
    """Something between a recording and its words does not work."""


class ModelUnavailable(SpeechError):
    """One sentence: which language has no engine or model, and what to run."""


class ModelRefused(SpeechError):
    """A file is not the model it should be; nothing was installed."""


class ModelSiteUnreachable(SpeechError):
    """The site of the models does not answer; the sentence names it and the way round it."""


class EngineFailed(SpeechError):
    """A speech engine gave up, on loading its model or on an over."""


class RecordingUnreadable(SpeechError):
    """Not a recording, or cut short."""
