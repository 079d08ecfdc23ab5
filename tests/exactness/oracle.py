"""Holds a delivered film against a cut that is rendered here, with numpy, from ffmpeg's decoding.

Called with: the program, a folder, a rate as num/den, a seed, a container of the sources, a preset.
Sources carry a barcode of their frame number and noise; the cut has random shots, hard cuts and
dissolves of random length and alignment. Prints one line; exits 1 where a frame or a sample is not
where the cut puts it. Sources called "draft" are coded as the preset draft-h264 does: pictures of
theirs that nothing touches have to come out as they went in.
"""

import json
import os
import random
import subprocess
import sys

import numpy as np

WIDTH, HEIGHT, FILES, SOUND = 128, 72, 3, 48000
FRAMES = 200 if sys.argv[5] == "draft" else 90


def ffmpeg(*arguments, **more):
    return subprocess.run(["ffmpeg", "-v", "error", "-nostdin", "-y", *arguments], check=True, stdout=subprocess.PIPE, **more).stdout


def barcode(file, frame):
    """Twelve blocks of the frame number's bits over a moving ramp; every file has its own."""
    x, y = np.meshgrid(np.arange(WIDTH), np.arange(HEIGHT))
    picture = (60 + 20 * file + (x + y + 3 * frame) % 64).astype(np.uint8)
    for bit in range(12):
        picture[4:28, 4 + bit * 10:12 + bit * 10] = 210 if (frame >> bit) & 1 else 30
    return picture


def make_source(path, file, rate, codec):
    chance = np.random.default_rng(1000 + file)
    samples = int(FRAMES * SOUND * rate[1] / rate[0]) + SOUND
    noise = chance.uniform(-0.3, 0.3, (samples, 2))
    smooth = (noise[2:] + noise[1:-1] + noise[:-2]) / 3
    (smooth * 32767).astype("<i2").tofile(path + ".pcm")
    pictures = b"".join(barcode(file, frame).tobytes() + bytes([128 + 20 * file]) * (WIDTH * HEIGHT // 4) + bytes([128 - 20 * file]) * (WIDTH * HEIGHT // 4) for frame in range(FRAMES))
    ffmpeg("-f", "rawvideo", "-pix_fmt", "yuv420p", "-s", f"{WIDTH}x{HEIGHT}", "-r", f"{rate[0]}/{rate[1]}", "-i", "-",
           "-f", "s16le", "-ar", str(SOUND), "-ac", "2", "-i", path + ".pcm", *codec,
           "-colorspace", "bt709", "-color_primaries", "bt709", "-color_trc", "bt709", "-color_range", "tv", "-shortest", path, input=pictures)


def pictures_of(path):
    raw = np.frombuffer(ffmpeg("-i", path, "-f", "rawvideo", "-pix_fmt", "yuv420p", "-fps_mode", "passthrough", "-"), np.uint8)
    return raw.reshape(-1, WIDTH * HEIGHT * 3 // 2)


def sound_of(path):
    return np.frombuffer(ffmpeg("-i", path, "-map", "0:a", "-f", "f32le", "-ac", "2", "-ar", str(SOUND), "-"), "<f4").reshape(-1, 2)


def first_sample(frame, rate):
    """S(n) = floor((2 n fs den + num) / (2 num))."""
    return (2 * frame * SOUND * rate[1] + rate[0]) // (2 * rate[0])


def random_cut(chance):
    """Shots of (file, first frame, length) and dissolves of (before, after) between them."""
    shots, dissolves = [], []
    for number in range(chance.randrange(6, 10)):
        length = chance.randrange(*((2, 70) if FRAMES == 200 else (8, 22)))
        shots.append((chance.randrange(FILES), chance.randrange(12, FRAMES - length - 12), length))
    for left, right in zip(shots, shots[1:]):
        most = min(12, max(min(left[2], right[2]) // 2 - 1, 0))
        size = chance.choice([0, 0, 1, 2, 5, most, most + 1])
        before = chance.choice([size // 2, 0, size])
        before = min(before, most)
        dissolves.append((before, min(size - before, most)))
    return shots, dissolves


def write_film(folder, rate, sources, shots, dissolves):
    text = f"{rate[0]}/{rate[1]}" if rate[1] != 1 else str(rate[0])
    colour = {"primaries": "bt709", "transfer": "bt709", "matrix": "bt709", "range": "limited"}
    media = {f"m{file}": {"path": os.path.basename(path), "kind": "video", "rate": text, "length": FRAMES,
                          "picture": {"width": WIDTH, "height": HEIGHT, "colour": colour}, "sound": {"rate": SOUND, "channels": 2}}
             for file, path in enumerate(sources)}
    clips, transitions = {}, {}
    for number, (file, first, length) in enumerate(shots):
        for kind in "ps":
            clips[f"{kind}{number}"] = {"length": length, "media": f"m{file}", "in": first, "link": f"k{number}"}
    for number, (before, after) in enumerate(dissolves):
        if before + after:
            for kind, track in (("p", "v1"), ("s", "a1")):
                transitions[f"{kind}x{number}"] = {"track": track, "from": f"{kind}{number}", "to": f"{kind}{number + 1}",
                                                   "kind": "dissolve", "before": before, "after": after}
    order = lambda kind: [f"{kind}{number}" for number in range(len(shots))] + [""]
    film = {"format": 2, "min_reader": 2,
            "settings": {"raster": f"{WIDTH}x{HEIGHT}", "rate": text, "sound": SOUND, "main": "main"},
            "media": media, "clips": clips, "transitions": transitions,
            "tracks": {"v1": {"kind": "picture", "order": order("p")}, "a1": {"kind": "sound", "order": order("s")}},
            "sequences": {"main": {"rate": text, "tracks": ["v1", "a1", ""]}}}
    path = os.path.join(folder, "cut.roomtone")
    with open(path, "w") as file:
        json.dump(film, file, indent=1)
    return path


def in_step(left, right):
    """Whether the right shot goes on where the left one ends, in the same file."""
    return left[0] == right[0] and left[1] + left[2] == right[1]


def expected_pictures(sources, shots, dissolves):
    frames = [pictures_of(path) for path in sources]
    out, cut = [], 0
    for file, first, length in shots:
        out += [frames[file][first + k].astype(np.float64) for k in range(length)]
    for (left, right), (before, after) in zip(zip(shots, shots[1:]), dissolves):
        cut += left[2]
        for k in range(before + after):
            weight = (k + 0.5) / (before + after)
            a = frames[left[0]][left[1] + left[2] - before + k].astype(np.float64)
            b = frames[right[0]][right[1] - before + k].astype(np.float64)
            out[cut - before + k] = a * (1 - weight) + b * weight
    return np.array(out)


def expected_sound(sources, rate, shots, dissolves):
    """The mix, and which of its samples are certain: all but 2 ms beside hard cuts and the ends."""
    sounds = [sound_of(path) for path in sources]
    total = first_sample(sum(shot[2] for shot in shots), rate)
    out, certain = np.zeros((total, 2)), np.ones(total, bool)

    def piece(shot, start, begin, end):
        offset = first_sample(start + 0, rate)
        source = first_sample(shot[1], rate)
        index = np.arange(begin, end) - offset + source
        return sounds[shot[0]][index]

    start = 0
    for shot in shots:
        begin, end = first_sample(start, rate), first_sample(start + shot[2], rate)
        out[begin:end] = piece(shot, start, begin, end)
        start += shot[2]
    start = 0
    for (left, right), (before, after) in zip(zip(shots, shots[1:]), dissolves):
        cut = start + left[2]
        if before + after:
            begin, end = first_sample(cut - before, rate), first_sample(cut + after, rate)
            x = (np.arange(end - begin) + 0.5) / (end - begin)
            if in_step(left, right):
                fade_in, fade_out = x, 1 - x
            else:
                fade_in, fade_out = np.sin(x * np.pi / 2), np.cos(x * np.pi / 2)
            out[begin:end] = piece(left, start, begin, end) * fade_out[:, None] + piece(right, cut, begin, end) * fade_in[:, None]
        elif not in_step(left, right):
            middle = first_sample(cut, rate)
            certain[middle - 97:middle + 97] = False
        start = cut
    certain[:97] = certain[-97:] = False
    return out, certain


def exact_preset(folder):
    """A preset of a user's own: the sources' planes in FFV1, plain samples."""
    preset = {"id": "exact", "label": "Exact", "help": "Lossless, in the sources' own planes.", "container": "mkv",
              "picture": {"codec": "ffv1", "format": "yuv420p8", "colour": {"primaries": "bt709", "transfer": "bt709", "matrix": "bt709", "range": "limited"}},
              "sound": {"codec": "pcm24"}}
    path = os.path.join(folder, "exact.json")
    with open(path, "w") as file:
        json.dump(preset, file)
    return path


def draft_preset(folder, container):
    """The preset draft-h264 in another container."""
    preset = {"id": "draft", "label": "Draft", "help": "As draft-h264.", "container": container,
              "picture": {"codec": "h264", "options": {"preset": "veryfast", "crf": "20"}, "format": "yuv420p8",
                          "colour": {"primaries": "bt709", "transfer": "bt709", "matrix": "bt709", "range": "limited"}},
              "sound": {"codec": "pcm24"} if container == "mkv" else {"codec": "aac", "bit_rate": 192000}}
    path = os.path.join(folder, "draft.json")
    with open(path, "w") as file:
        json.dump(preset, file)
    return path


def deliver(program, film, preset, out):
    """Delivers, and answers how many frames were copied."""
    said = subprocess.run([program, "deliver", film, "--preset", preset, "-o", out, "--force", "--json"], check=True, stdout=subprocess.PIPE)
    return json.loads(said.stdout.splitlines()[-1])["report"]["copied"]


def main():
    program, folder, rate, seed, container, preset, extension, tolerance = sys.argv[1:9]
    rate = tuple(int(part) for part in rate.split("/"))
    codec = {
        "mkv": ["-c:v", "libx264", "-crf", "12", "-g", "30", "-bf", "3", "-c:a", "pcm_s16le"],
        "mov": ["-c:v", "libx264", "-crf", "12", "-g", "250", "-bf", "2", "-c:a", "pcm_s16le"],
        "mp4": ["-c:v", "libx264", "-crf", "12", "-g", "45", "-bf", "3", "-c:a", "aac", "-b:a", "192k"],
        "draft": ["-vf", "setsar=1", "-c:v", "libx264", "-preset", "veryfast", "-crf", "20", "-g", "40", "-c:a", "aac", "-b:a", "192k"],
        "webm": ["-c:v", "libvpx-vp9", "-deadline", "realtime", "-cpu-used", "8", "-b:v", "2M", "-g", "40", "-c:a", "libvorbis"],
    }[container]
    sources = [os.path.join(folder, f"source{file}.{'mp4' if container == 'draft' else container}") for file in range(FILES)]
    for file, path in enumerate(sources):
        make_source(path, file, rate, codec)
    shots, dissolves = random_cut(random.Random(int(seed)))
    film = write_film(folder, rate, sources, shots, dissolves)
    out = os.path.join(folder, "out." + extension)
    lossy = preset != "exact"  # A lossy codec's last block may reach past the end: ffmpeg gives all of it.
    if not lossy:
        preset = exact_preset(folder)
    elif container == "draft" and extension != "mp4":
        preset = draft_preset(folder, extension)
    copied = deliver(program, film, preset, out)
    ffmpeg("-xerror", "-i", out, "-f", "null", "-")

    pictures, wanted = pictures_of(out).astype(np.float64), expected_pictures(sources, shots, dissolves)
    faults = []
    if pictures.shape != wanted.shape:
        faults.append(f"{len(pictures)} frames, and the cut has {len(wanted)}")
    count = min(len(pictures), len(wanted))
    error = np.abs(pictures[:count] - wanted[:count]).max(axis=1) if not lossy else np.abs(pictures[:count] - wanted[:count]).mean(axis=1)
    if error.max() > float(tolerance):
        faults.append(f"frame {error.argmax()} is {error.max():.2f} codes off")
    alike = int((np.abs(pictures[:count] - wanted[:count]).max(axis=1) == 0).sum())
    if container == "draft" and not 0 < copied <= alike:
        faults.append(f"{copied} frames were copied, and {alike} are as they were")
    sound = sound_of(out)
    heard, certain = expected_sound(sources, rate, shots, dissolves)
    spare = 1024 if lossy else 0
    if not len(heard) <= len(sound) <= len(heard) + spare:
        faults.append(f"{len(sound)} samples, and the cut has {len(heard)}")
    count = min(len(sound), len(heard))
    difference = np.abs(sound[:count] - heard[:count]).max(axis=1)
    if lossy:
        window = slice(2000, count - 2000)
        likeness = np.corrcoef(sound[window, 0], heard[window, 0])[0, 1]
        if likeness < (0.94 if container == "draft" else 0.98):
            faults.append(f"the sound is only {likeness:.3f} like the cut's")
    elif difference[certain[:count]].max() > 2e-4:
        worst = int(np.argmax(np.where(certain[:count], difference, 0)))
        faults.append(f"sample {worst} is {difference[worst]:.5f} off")
    print(f"{rate[0]}/{rate[1]} {container} {os.path.basename(preset)} seed {seed}: {len(wanted)} frames, {sum(1 for d in dissolves if sum(d))} dissolves:",
          "; ".join(faults) or f"exact (picture within {error.max():.2f} codes, {copied} frames copied)")
    sys.exit(1 if faults else 0)


main()
