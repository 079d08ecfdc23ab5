"""./dev bench scrub: a hand on the timeline, in roomtone, MLT and libmpv, in one run.

A long-GOP file of 60 s (1080p25, H.264 veryfast, keyint 250), the cut of `cut.py`, and a film of 1,000
clips. Random places; a hand that goes frame by frame, one a refresh of 60 Hz, forward and backward; a
hand at ten times the speed; playing. Times are milliseconds from the wish to the picture.
Files lie in .bench/scrub. Names after the script run those alone: scrub.py roomtone mlt mpv
"""

import json
import os
import subprocess
import sys

import cut
import peers

SECONDS = 60
RATE = cut.RATE


def make_long(folder):
    name = os.path.join(folder, "long.mp4")
    if not os.path.exists(name):
        cut.quiet("ffmpeg", "-y", "-f", "lavfi", "-i", "testsrc2=s=1920x1080:r=25,noise=alls=3:allf=t", "-t", str(SECONDS),
                  *cut.X264, "-g", "250", "-keyint_min", "250", "-sc_threshold", "0", "-pix_fmt", "yuv420p", "-colorspace", "bt709",
                  "-color_primaries", "bt709", "-color_trc", "bt709", "-color_range", "tv", name + ".part.mp4")
        os.rename(name + ".part.mp4", name)
    return name


def film(path, media, clips):
    """A film of clips (media, first frame, length), one after the other."""
    colour = {"primaries": "bt709", "transfer": "bt709", "matrix": "bt709", "range": "limited"}
    rows = {name: {"path": os.path.relpath(file, os.path.dirname(path)), "kind": "video", "rate": "25", "length": SECONDS * RATE,
                   "picture": {"width": 1920, "height": 1080, "colour": colour}} for name, file in media.items()}
    places = {f"c{number:04}": {"length": length, "media": name, "in": first} for number, (name, first, length) in enumerate(clips)}
    document = {
        "format": 2, "min_reader": 2, "settings": {"raster": "1920x1080", "rate": "25", "sound": 48000, "main": "main"},
        "media": rows, "clips": places, "tracks": {"v1": {"kind": "picture", "order": [*places, ""]}},
        "sequences": {"main": {"rate": "25", "tracks": ["v1", ""]}}}
    with open(path, "w") as file:
        json.dump(document, file, indent=1)
    return path


def make_films(folder):
    long = make_long(folder)
    videos, layers = cut.make_sources(folder)
    one = film(os.path.join(folder, "long.roomtone"), {"long": long}, [("long", 0, SECONDS * RATE)])
    many = film(os.path.join(folder, "many.roomtone"), {"long": long}, [("long", number * 37 % 1400, 48) for number in range(1000)])
    return long, {"long": one, "cut": cut.film(videos, layers, folder), "many": many}


def ours(program, film, *hands):
    answer = subprocess.run([program, film, *hands], capture_output=True, text=True)
    for line in answer.stdout.splitlines():
        for hand, told in json.loads(line).items():
            print(f"  {'roomtone':10} {hand:10} {json.dumps(told)}", flush=True)
    if answer.returncode:
        print(f"  roomtone   failed: {answer.stderr.strip()}", flush=True)


def main():
    root = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
    folder = os.path.join(root, ".bench", "scrub")
    os.makedirs(folder, exist_ok=True)
    long, films = make_films(folder)
    wanted = sys.argv[1:] or ["roomtone", "mlt", "mpv"]
    program = os.environ.get("ROOMTONE_SCRUB")
    print(f"One long-GOP file, {SECONDS} s of 1080p25, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}", flush=True)
    if "roomtone" in wanted:
        ours(program, films["long"], "random", "forward", "backward", "fast", "stand-ins")
    for name, peer in peers.PEERS.items():
        if name in wanted:
            peer(long, SECONDS * RATE)
    print(f"The cut of {cut.SHOTS} shots and 8 dissolves; a film of 1,000 clips", flush=True)
    if "roomtone" in wanted:
        ours(program, films["cut"], "random", "forward", "backward", "play")
        ours(program, films["many"], "open")
    if "mlt" in wanted:
        peers.mlt_cut(videos_of(folder), folder)


def videos_of(folder):
    return cut.make_sources(folder)[0]


if __name__ == "__main__":
    main()
