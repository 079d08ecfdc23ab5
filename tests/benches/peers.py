"""The same hands as in `scrub.rs` on MLT (Debian's python3-mlt) and on libmpv, through their own interfaces.

MLT gives the frame that was asked for and nothing before it: its first picture is the exact one. mpv
seeks exactly (`absolute+exact`, paused, no window); its restart event is the picture.
"""

import ctypes
import json
import random
import sys
import time

REFRESH = 1 / 60
RATE = 25


def spread(times):
    times = sorted(1000 * each for each in times)
    at = lambda part: round(times[min(len(times) * part // 100, len(times) - 1)], 1)
    return {"p50": at(50), "p95": at(95), "most": at(100)}


def tell(name, hand, told):
    print(f"  {name:10} {hand:10} {json.dumps(told)}", flush=True)


def timed(show, frame):
    start = time.monotonic()
    show(frame)
    return time.monotonic() - start


def drag(show, first, step, count):
    show(first)
    time.sleep(1.5)
    times = []
    for moved in range(1, count + 1):
        took = timed(show, first + step * moved)
        times.append(took)
        time.sleep(max(0, REFRESH - took))
    return times


def fast(show, length, speed):
    """The share of refreshes that got a new picture, while a hand goes on without waiting."""
    told = {}
    for name, first, way in [("forward", 100, 1), ("backward", length - 100, -1)]:
        show(first)
        time.sleep(0.5)
        refreshes = min(240, int((length - 200) / speed * 60))
        start, new = time.monotonic(), 0
        while (passed := time.monotonic() - start) < refreshes * REFRESH:
            show(int(first + passed * speed * way))
            new += 1
            left = REFRESH - (time.monotonic() - start) % REFRESH
            time.sleep(left)
        told[name] = {"new": round(min(1, new / refreshes), 3)}
    return told


def hands(name, show, length, count=60):
    chance = random.Random(7)
    show(0)
    tell(name, "random", {"exact": spread([timed(show, chance.randrange(length)) for _ in range(40)])})
    tell(name, "forward", {"exact": spread(drag(show, min(300, length - count - 1), 1, count))})
    tell(name, "backward", {"exact": spread(drag(show, min(900, length - 1), -1, count))})
    tell(name, "fast", fast(show, length, 250))


def mlt_library():
    try:
        import mlt7
    except ImportError:
        print("  mlt        is not there: apt-get install python3-mlt", flush=True)
        return None
    mlt7.Factory.init()
    return mlt7


def mlt_show(mlt, producer):
    def show(frame):
        producer.seek(frame)
        found = producer.get_frame()
        found.get_image(mlt.mlt_image_yuv420p, 1920, 1080)
    return show


def mlt(path, length):
    library = mlt_library()
    if library:
        profile = library.Profile("atsc_1080p_25")
        hands("mlt", mlt_show(library, library.Producer(profile, "avformat", path)), length)


def mlt_cut(videos, folder):
    """The cut of `cut.py` as MLT's playlist with mixes."""
    import cut
    library = mlt_library()
    if not library:
        return
    profile = library.Profile("atsc_1080p_25")
    playlist = library.Playlist(profile)
    fade = 0
    for file, first, frames, following in cut.dissolved(cut.shots()):
        playlist.append(library.Producer(profile, "avformat", videos[file]), first, first + frames - 1)
        if fade:
            playlist.mix(playlist.count() - 2, fade, library.Transition(profile, "luma"))
        fade = following
    hands("mlt", mlt_show(library, playlist), cut.FRAMES)


class Event(ctypes.Structure):
    _fields_ = [("id", ctypes.c_int), ("error", ctypes.c_int), ("reply", ctypes.c_uint64), ("data", ctypes.c_void_p)]


RESTARTED, NOTHING = 21, 0


def mpv(path, length):
    try:
        library = ctypes.CDLL("libmpv.so.2")
    except OSError:
        print("  mpv        is not there: apt-get install libmpv2", flush=True)
        return
    library.mpv_create.restype = ctypes.c_void_p
    library.mpv_wait_event.restype = ctypes.POINTER(Event)
    player = ctypes.c_void_p(library.mpv_create())
    for option, value in {"vo": "null", "ao": "null", "pause": "yes", "hwdec": "no", "hr-seek": "yes", "config": "no", "audio": "no",
                          "keep-open": "yes", "terminal": "no"}.items():
        library.mpv_set_option_string(player, option.encode(), value.encode())
    library.mpv_initialize(player)

    def command(*words):
        return library.mpv_command(player, (ctypes.c_char_p * (len(words) + 1))(*[word.encode() for word in words], None))

    def wait():
        end = time.monotonic() + 20
        while time.monotonic() < end:
            if library.mpv_wait_event(player, ctypes.c_double(1.0)).contents.id == RESTARTED:
                return

    def show(frame):
        while library.mpv_wait_event(player, ctypes.c_double(0)).contents.id != NOTHING:
            pass
        command("seek", str((frame + 0.5) / RATE), "absolute+exact")
        wait()

    command("loadfile", path)
    wait()
    hands("mpv", show, length)
    library.mpv_terminate_destroy(player)


PEERS = {"mlt": mlt, "mpv": mpv}

if __name__ == "__main__":
    PEERS[sys.argv[1]](sys.argv[2], int(sys.argv[3]))
