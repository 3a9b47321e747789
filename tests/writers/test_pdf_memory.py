"""What the PDF writer keeps of a report that is done: nothing, so that thousands can be made in one process."""

from __future__ import annotations

import platform
import subprocess
import sys

import pytest

PROGRAM = """
import ctypes, gc, sys
sys.path[:0] = ["tests", "tests/writers"]

class Usage(ctypes.Structure):
    _fields_ = [(name, ctypes.c_size_t) for name in
                "arena ordblks smblks hblks hblkhd usmblks fsmblks uordblks fordblks keepcost".split()]

libc = ctypes.CDLL(None)
libc.mallopt(-8, 1)  # one arena (M_ARENA_MAX), as only the first is counted
libc.mallinfo2.restype = Usage

import docx_reports as made
from afterword.writers.pdf import write

def in_use():
    gc.collect()
    return libc.mallinfo2().uordblks

report, options = made.everything("en"), made.options()
for _ in range(5):
    write(report, options)
before = in_use()
for _ in range(10):
    write(report, options)
print((in_use() - before) // 10)
"""


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="only glibc tells how much of its heap is in use")
def test_nothing_is_kept_of_a_report_that_is_done() -> None:
    """Libraries below Python keep less than 10 kB of each; with marks of lists as the engine sets them it was 84."""
    done = subprocess.run([sys.executable, "-c", PROGRAM], capture_output=True, text=True, check=True)

    assert int(done.stdout) < 10_000
