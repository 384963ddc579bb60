"""Becomes the program it is told to, under a lesser account, tied to the life of its parent.

A program of its own, run before the servers by `processes.start`: `python -I -S launch.py
PARENT SIGNAL UID GID PROGRAM ARGUMENT...`. A function between fork and exec would do the same,
but is not safe in a process with threads, and the tests have some.
"""

import ctypes
import os
import sys

PR_SET_PDEATHSIG = 1
KEEP = -1


def main() -> None:
    parent, signal_number, uid, gid = (int(word) for word in sys.argv[1:5])
    command = sys.argv[5:]
    if uid != KEEP:
        os.setgroups([])
        os.setgid(gid)
        os.setuid(uid)
    # After the change of account, which clears the setting.
    ctypes.CDLL(None, use_errno=True).prctl(PR_SET_PDEATHSIG, signal_number, 0, 0, 0)
    if os.getppid() != parent:  # it died before we could ask to be told
        sys.exit(0)
    os.execv(command[0], command)


main()
