"""The process that plays to a sound card: `python -m hardware.audio.playing_process DEVICE < samples`.

Standard input is signed 16-bit mono at 16 kHz; it ends with code 0 when all of it has sounded, else it says
why not. PortAudio may hang in any call (see `portaudio`): whoever started this kills it.
"""

import sys

from hardware.audio.portaudio import play
from hardware.errors import AudioError

if __name__ == "__main__":
    try:
        play(sys.argv[1], sys.stdin.buffer.read())
    except AudioError as error:
        sys.stdout.write(f"{error}\n")
        sys.exit(1)
