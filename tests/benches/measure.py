"""Times commands as whole processes, one after the other in turns, and prints what they took."""

import os
import shutil
import statistics
import subprocess
import sys
import time


def run(command):
    """Runs a command; (seconds, seconds of processors, peak MB), or None if it failed or is not there."""
    if not shutil.which(command[0]):
        return None
    with open(os.devnull, "w") as silence:
        start = time.monotonic()
        child = subprocess.Popen(command, stdout=silence, stderr=silence)
        _, status, usage = os.wait4(child.pid, 0)
        seconds = time.monotonic() - start
    return (seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024) if status == 0 else None


def frames_of(path):
    """How many frames a file has, counted."""
    answer = subprocess.run(
        ["ffprobe", "-v", "error", "-select_streams", "v", "-count_packets", "-show_entries", "stream=nb_read_packets",
         "-of", "csv=p=0", path], capture_output=True, text=True)
    return answer.stdout.strip().rstrip(",") or "none"


def compare(title, commands, outputs, rounds):
    """Runs every command `rounds` times in turns and prints medians and ratios to the first."""
    results = {name: [] for name in commands}
    for _ in range(rounds):
        for name, command in commands.items():
            result = run(command)
            if result:
                results[name].append(result)
    print(f"\n{title}, {rounds} rounds, {os.cpu_count()} cores")
    print(f"{'':22} {'seconds':>9} {'ratio':>7} {'CPU s':>8} {'peak MB':>9} {'frames':>8}")
    base = None
    for name, measured in results.items():
        if not measured:
            print(f"{name:22} {'did not run':>9}")
            continue
        seconds = statistics.median(result[0] for result in measured)
        base = base or seconds
        work = statistics.median(result[1] for result in measured)
        memory = max(result[2] for result in measured)
        print(f"{name:22} {seconds:9.1f} {seconds / base:7.2f} {work:8.1f} {memory:9.0f} {frames_of(outputs[name]):>8}")
    sys.stdout.flush()
