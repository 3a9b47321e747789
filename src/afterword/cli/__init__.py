"""The command `afterword`: arguments become one call, what comes back becomes messages and an exit code."""

from __future__ import annotations

import os
import sys
from typing import NoReturn

from afterword.cli.app import app
from afterword.cli.show import show_error
from afterword.errors import AfterwordError

INTERRUPTED = 130
"""Exit code after Ctrl-C, as shells have it (128 + SIGINT)."""


def main() -> NoReturn:
    """Run the command and leave the process with its exit code: 0 fine, 1 findings or failed reports, 2 usage."""
    try:
        app()
    except AfterwordError as error:
        show_error(error)
        sys.exit(error.exit_code)
    except KeyboardInterrupt:
        sys.exit(INTERRUPTED)
    except BrokenPipeError:
        # Whoever read our output has seen enough; without this, Python complains when it flushes at the end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)
    sys.exit(0)
