"""The cut that every exporter is timed on: 24 shots, 8 dissolves, three layers of sound.

Three long-GOP H.264 files with sound at 1080p25 are made once; the shots take 84 frames each from
seeded places in them; every third cut is a centred dissolve of 24 frames. The cut is written down
for each program in its own words.
"""

import json
import os
import random
import subprocess

RATE = 25
SHOTS = 24
LENGTH = 84
DISSOLVE = 24
FRAMES = SHOTS * LENGTH
SOURCE_SECONDS = 40
X264 = ["-c:v", "libx264", "-preset", "veryfast", "-crf", "20"]
AAC = ["-c:a", "aac", "-b:a", "192k"]


def quiet(*command):
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def make_sources(folder):
    """Makes the files that are missing and gives (videos, layers)."""
    pictures = [
        "testsrc2=s=1920x1080:r=25,noise=alls=3:allf=t",
        "testsrc2=s=1920x1080:r=25,hue=H=0.2*t,hflip,noise=alls=3:allf=t",
        "testsrc2=s=1920x1080:r=25,hue=s=0.6:H=2,vflip,noise=alls=3:allf=t",
    ]
    videos = []
    for number, picture in enumerate(pictures):
        name = os.path.join(folder, f"long-{number}.mp4")
        videos.append(name)
        if not os.path.exists(name):
            quiet("ffmpeg", "-y", "-f", "lavfi", "-i", picture, "-f", "lavfi", "-i",
                  f"sine=f={220 * (number + 1)}:r=48000,volume=0.3,aformat=channel_layouts=stereo",
                  "-t", str(SOURCE_SECONDS), "-c:v", "libx264", "-preset", "veryfast", "-crf", "20",
                  "-g", "250", "-bf", "3", "-pix_fmt", "yuv420p", "-colorspace", "bt709",
                  "-color_primaries", "bt709", "-color_trc", "bt709", "-color_range", "tv",
                  *AAC, name + ".part.mp4")
            os.rename(name + ".part.mp4", name)
    layers = []
    for number, colour in enumerate(["pink", "brown", "white"]):
        name = os.path.join(folder, f"layer-{number}.wav")
        layers.append(name)
        if not os.path.exists(name):
            quiet("ffmpeg", "-y", "-f", "lavfi", "-i",
                  f"anoisesrc=c={colour}:r=48000:a=0.1:seed={number},aformat=channel_layouts=stereo",
                  "-t", str(FRAMES / RATE), "-c:a", "pcm_s16le", name + ".part.wav")
            os.rename(name + ".part.wav", name)
    return videos, layers


def shots():
    """(file, first source frame, length, frames of dissolve into the next shot) of each shot."""
    chance = random.Random(7)
    most = SOURCE_SECONDS * RATE - LENGTH - DISSOLVE
    return [(number % 3, chance.randrange(DISSOLVE, most), LENGTH, DISSOLVE if number % 3 == 2 and number < SHOTS - 1 else 0)
            for number in range(SHOTS)]


def dissolved(plan):
    """The shots with their handles: (file, first frame, frames used, dissolve into the next)."""
    used = []
    for number, (file, first, length, dissolve) in enumerate(plan):
        before = DISSOLVE // 2 if number and plan[number - 1][3] else 0
        after = DISSOLVE - DISSOLVE // 2 if dissolve else 0
        used.append((file, first - before, before + length + after, dissolve))
    return used


def limit_command(videos, out):
    """One ffmpeg that decodes and encodes as many frames and does nothing else."""
    inputs = [argument for video in videos for argument in ("-i", video)]
    share = FRAMES // 3 / RATE
    graph = "".join(f"[{n}:v]trim=duration={share}[v{n}];[{n}:a]atrim=duration={share}[a{n}];" for n in range(3))
    graph += "[v0][a0][v1][a1][v2][a2]concat=n=3:v=1:a=1[v][a]"
    return ["ffmpeg", "-v", "error", "-y", *inputs, "-filter_complex", graph, "-map", "[v]", "-map", "[a]", *X264, *AAC, out]


def ffmpeg_command(videos, layers, out):
    """ffmpeg's own filter graph: trims, concats and crossfades."""
    inputs, graph, labels = [], "", []
    for number, (file, first, frames, _) in enumerate(dissolved(shots())):
        inputs += ["-ss", str(first / RATE), "-t", str(frames / RATE), "-i", videos[file]]
        graph += f"[{number}:v]settb=1/25,setpts=PTS-STARTPTS,fps=25[v{number}];[{number}:a]asetpts=PTS-STARTPTS[a{number}];"
    length, picture, sound = 0, None, None
    for number, (_, _, frames, _) in enumerate(dissolved(shots())):
        fade = shots()[number - 1][3] if number else 0
        if number == 0:
            picture, sound = "v0", "a0"
        elif fade:
            graph += f"[{picture}][v{number}]xfade=transition=fade:duration={fade / RATE}:offset={(length - fade) / RATE}[x{number}];"
            graph += f"[{sound}][a{number}]acrossfade=d={fade / RATE}[y{number}];"
            picture, sound = f"x{number}", f"y{number}"
        else:
            graph += f"[{picture}][{sound}][v{number}][a{number}]concat=n=2:v=1:a=1[x{number}][y{number}];[x{number}]settb=1/25[z{number}];"
            picture, sound = f"z{number}", f"y{number}"
        length += frames - fade
    for number, layer in enumerate(layers):
        inputs += ["-i", layer]
        labels.append(f"[{SHOTS + number}:a]")
    graph += f"[{sound}]{''.join(labels)}amix=inputs=4:normalize=0:duration=first[mix]"
    return ["ffmpeg", "-v", "error", "-y", *inputs, "-filter_complex", graph, "-map", f"[{picture}]", "-map", "[mix]", *X264, *AAC, out]


def melt_command(videos, layers, out):
    """melt: mixes on one track, layers on three more."""
    words = ["melt", "-silent", "-profile", "atsc_1080p_25"]
    fade = 0
    for file, first, frames, following in dissolved(shots()):
        words += [videos[file], f"in={first}", f"out={first + frames - 1}"]
        if fade:
            words += ["-mix", str(fade), "-mixer", "luma", "-mixer", "mix:-1"]
        fade = following
    for number, layer in enumerate(layers):
        words += ["-track", layer]
    for number in range(len(layers)):
        words += ["-transition", "mix", "a_track=0", f"b_track={number + 1}", "always_active=1", "sum=1"]
    return [*words, "-consumer", f"avformat:{out}", "vcodec=libx264", "preset=veryfast", "crf=20", "acodec=aac", "ab=192k", "real_time=-2"]


def ges_command(videos, layers, out):
    """ges-launch: overlaps in a layer are dissolves."""
    words, start = ["ges-launch-1.0", "--videosink=fakevideosink"], 0
    words = ["ges-launch-1.0"]
    for file, first, frames, fade in dissolved(shots()):
        words += ["+clip", videos[file], f"start={start / RATE}", f"inpoint={first / RATE}", f"duration={frames / RATE}", "layer=0"]
        start += frames - fade
    for number, layer in enumerate(layers):
        words += ["+clip", layer, "start=0", f"duration={FRAMES / RATE}", f"layer={number + 1}"]
    profile = "video/quicktime,variant=iso:video/x-h264,framerate=25/1,width=1920,height=1080|element-properties,speed-preset=3,pass=qual,quantizer=20:audio/mpeg,mpegversion=4"
    return [*words, "-o", f"file://{os.path.abspath(out)}", "-f", profile]


def film(videos, layers, folder):
    """The cut as a film of ours."""
    media, clips, transitions = {}, {}, {}
    colour = {"primaries": "bt709", "transfer": "bt709", "matrix": "bt709", "range": "limited"}
    for number, video in enumerate(videos):
        media[f"long{number}"] = {
            "path": os.path.relpath(video, folder), "kind": "video", "rate": "25", "length": SOURCE_SECONDS * RATE,
            "picture": {"width": 1920, "height": 1080, "colour": colour}, "sound": {"rate": 48000, "channels": 2}}
    for number, layer in enumerate(layers):
        media[f"layer{number}"] = {
            "path": os.path.relpath(layer, folder), "kind": "sound", "length": FRAMES * 48000 // RATE, "sound": {"rate": 48000, "channels": 2}}
        clips[f"layer-clip{number}"] = {"track": f"b{number}", "at": 0, "length": FRAMES, "media": f"layer{number}"}
    for number, (file, first, length, fade) in enumerate(shots()):
        for kind in ("p", "s"):
            clips[f"{kind}{number:02}"] = {"length": length, "media": f"long{file}", "in": first, "link": f"k{number:02}"}
            if fade:
                transitions[f"{kind}x{number:02}"] = {
                    "track": "v1" if kind == "p" else "a1", "from": f"{kind}{number:02}", "to": f"{kind}{number + 1:02}",
                    "kind": "dissolve", "before": DISSOLVE // 2, "after": DISSOLVE - DISSOLVE // 2}
    order = lambda kind: [f"{kind}{number:02}" for number in range(SHOTS)] + [""]
    tracks = {"v1": {"kind": "picture", "order": order("p")}, "a1": {"kind": "sound", "order": order("s")}}
    for number in range(len(layers)):
        tracks[f"b{number}"] = {"kind": "sound", "role": "ambience", "free": True}
    document = {
        "format": 2, "min_reader": 2,
        "settings": {"raster": "1920x1080", "rate": "25", "sound": 48000, "main": "main"},
        "media": media, "clips": clips, "transitions": transitions, "tracks": tracks,
        "sequences": {"main": {"rate": "25", "tracks": ["v1", "a1", "b0", "b1", "b2", ""]}}}
    path = os.path.join(folder, "cut.roomtone")
    with open(path, "w") as file:
        json.dump(document, file, indent=1)
    return path
