"""Blocking work beside the event loop, in a named thread that nobody waits for at the end of the program."""

import asyncio
import contextlib
import threading
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")

_threads: set[threading.Thread] = set()


def somebody_works() -> bool:
    """Whether a thread of `aside` is at its work still.

    A program that ends then must end at once: exit handlers of a speech engine would tear it down under the
    thread that is in it, and the end would be a crash.
    """
    return any(thread.is_alive() for thread in tuple(_threads))


async def aside(name: str, work: Callable[[], T]) -> T:
    """What `work` gives or raises, done in a daemon thread of its own.

    A speech engine amid a long over, or a large model being loaded, must not hold up the centre's stop; a
    pool's threads would. When the caller is cancelled the work goes on unheard and ends with the process.
    """
    loop = asyncio.get_running_loop()
    done: asyncio.Future[T] = loop.create_future()

    def tell(result: T | None, error: BaseException | None) -> None:
        if done.done():
            return
        if error is not None:
            done.set_exception(error)
        else:
            done.set_result(result)  # type: ignore[arg-type]  # None only where T is None

    def run() -> None:
        result, error = None, None
        try:
            result = work()
        except BaseException as raised:  # noqa: BLE001 - raised again where it is awaited
            error = raised
        with contextlib.suppress(RuntimeError):  # the loop has closed: nobody listens any more
            loop.call_soon_threadsafe(tell, result, error)
        _threads.discard(threading.current_thread())

    thread = threading.Thread(target=run, name=name, daemon=True)
    _threads.add(thread)
    thread.start()
    return await done
