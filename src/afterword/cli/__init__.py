"""The command `afterword`: arguments become one call, what comes back becomes messages and an exit code."""

from __future__ import annotations

import os
import signal
import sys
import traceback
from importlib import import_module
from types import FrameType
from typing import NoReturn

from afterword.errors import AfterwordError, OutputError

_SIGNAL = 128
"""What shells add to the number of the signal that ended a command: 130 after Ctrl-C."""

TRACEBACK = "AFTERWORD_TRACEBACK"
"""Environment variable that has a fault of Afterword's own shown with where in the code it came from."""


def main() -> NoReturn:
    """Run the command and leave the process with its exit code: 0 fine, 1 findings or failed reports, 2 usage.

    Being told to stop ends it like Ctrl-C: what was half done is taken away, and the code is 128 plus the signal.
    """
    try:
        _heed_signals()
        _tolerate_narrow_encodings()
        # Imported here, so that Ctrl-C is heeded while the libraries of the command line load.
        import_module("afterword.cli.app").app()
    except AfterwordError as error:
        _tell(error)
        sys.exit(error.exit_code)
    except KeyboardInterrupt:
        sys.exit(_SIGNAL + signal.SIGINT)
    except BrokenPipeError:
        _drop_output()  # whoever read it has seen enough
        sys.exit(1)
    except OSError as error:
        _drop_output()
        _tell(OutputError(f"the output cannot be written: {error.strerror or error}"))
        sys.exit(1)
    except Exception as error:  # noqa: BLE001 (whatever else went wrong, nobody is shown our code)
        _tell_own_fault(error)
        sys.exit(1)
    sys.exit(0)


def _heed_signals() -> None:
    """Let the signals that end a process clean up first, as Ctrl-C does."""
    for name in ("SIGTERM", "SIGHUP"):  # Windows has no SIGHUP
        number = getattr(signal, name, None)
        if number is not None and signal.getsignal(number) is signal.SIG_DFL:
            signal.signal(number, _leave)


def _leave(number: int, _frame: FrameType | None) -> NoReturn:
    sys.exit(_SIGNAL + number)


def _tolerate_narrow_encodings() -> None:
    """Have characters that a terminal's encoding lacks written as escapes."""
    for stream in (sys.stdout, sys.stderr):
        if getattr(stream, "errors", "") == "strict":
            stream.reconfigure(errors="backslashreplace")  # type: ignore[union-attr] # text streams of Python have it


def _drop_output() -> None:
    """Point standard output at nothing; Python would complain when it flushes what is left at the end."""
    if sys.stdout is not None:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _tell(error: AfterwordError) -> None:
    import_module("afterword.cli.show").show_error(error)


def _tell_own_fault(error: Exception) -> None:
    if os.environ.get(TRACEBACK):
        traceback.print_exception(error)
    kind = type(error).__name__
    message = f"a fault of Afterword itself, please report it ({kind}: {error}); {TRACEBACK}=1 shows where"
    _tell(AfterwordError(message))
