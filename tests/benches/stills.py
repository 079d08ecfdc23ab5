"""./dev bench stills: 60 stills of 2.4 s at 1080p25, a slow push in on every other one, in one run.

Twice: pieces of the sample film's pictures, and gradients under a grain that nothing but the encoder has
work with (whoever keeps it sharp has more). Words after the script run those alone:
python3 tests/benches/stills.py painted roomtone "ffmpeg zoompan"
"""

import json
import os
import sys

import cut
import measure

STILLS = 60
LENGTH = 60


PICTURES = ["coast-moon.jpg", "desk.jpg", "street.jpg", "one-window.jpg", "roofs-1.png", "roofs-3.png", "sunlit-wall.jpg",
            "coast-morning.jpg"]


def painted(root, number):
    """A piece of one of the sample film's pictures: each time another one, every other time mirrored."""
    picture = os.path.join(root, "samples", "before-morning", PICTURES[number % len(PICTURES)])
    piece = number // len(PICTURES) / (STILLS // len(PICTURES))
    mirror = ",hflip" if number // len(PICTURES) % 2 else ""
    return ["-i", picture, "-vf", f"scale=2400:-2:flags=lanczos,crop=1920:1080:(iw-1920)*{piece}:(ih-1080)*{1 - piece}{mirror}"]


def grained(_, number):
    return ["-f", "lavfi", "-i", f"gradients=s=1920x1080:seed={number}:n=8,noise=alls=4:all_seed={number}"]


def make_stills(root, folder, kind):
    stills = []
    for number in range(STILLS):
        name = os.path.join(folder, f"{kind.__name__}-{number:02}.png")
        stills.append(name)
        if not os.path.exists(name):
            cut.quiet("ffmpeg", "-y", *kind(root, number), "-frames:v", "1", "-pix_fmt", "rgb24", name)
    return stills


def moves(number):
    return number % 2 == 1


def film(stills, folder):
    colour = {"primaries": "bt709", "transfer": "srgb", "matrix": "rgb", "range": "full"}
    media, clips = {}, {}
    for number, still in enumerate(stills):
        media[f"m{number:02}"] = {"path": os.path.relpath(still, folder), "kind": "still", "picture": {"width": 1920, "height": 1080, "colour": colour}}
        clip = {"length": LENGTH, "media": f"m{number:02}"}
        if moves(number):
            clip["placement"] = {"scale": {"keys": [{"at": 0, "value": 1.0}, {"at": LENGTH, "value": 1.1}]}}
        clips[f"c{number:02}"] = clip
    order = sorted(clips) + [""]
    document = {
        "format": 2, "min_reader": 2, "settings": {"raster": "1920x1080", "rate": "25", "sound": 48000, "main": "main"},
        "media": media, "clips": clips, "tracks": {"v1": {"kind": "picture", "order": order}},
        "sequences": {"main": {"rate": "25", "tracks": ["v1", ""]}}}
    path = os.path.join(folder, "stills.roomtone")
    with open(path, "w") as file:
        json.dump(document, file, indent=1)
    return path


def ffmpeg_command(stills, out):
    inputs, graph = [], ""
    for number, still in enumerate(stills):
        inputs += ["-loop", "1", "-framerate", "25", "-t", str(LENGTH / 25), "-i", still]
        zoom = f"zoompan=z='1+0.1*on/{LENGTH}':d=1:x='iw/2-(iw/zoom/2)':y='ih/2-(ih/zoom/2)':s=1920x1080:fps=25," if moves(number) else ""
        graph += f"[{number}:v]{zoom}format=yuv420p[v{number}];"
    graph += "".join(f"[v{number}]" for number in range(len(stills))) + f"concat=n={len(stills)}[v]"
    return ["ffmpeg", "-v", "error", "-y", *inputs, "-filter_complex", graph, "-map", "[v]", *cut.X264, out]


def melt_command(stills, out):
    words = ["melt", "-silent", "-profile", "atsc_1080p_25"]
    for number, still in enumerate(stills):
        words += [still, "in=0", f"out={LENGTH - 1}"]
        if moves(number):
            rect = f"0=0 0 1920 1080;{LENGTH}=-96 -54 2112 1188"
            words += ["-attach-cut", "affine", f"transition.rect={rect}"]
    return [*words, "-consumer", f"avformat:{out}", "vcodec=libx264", "preset=veryfast", "crf=20", "an=1", "real_time=-2"]


def ges_command(stills, out):
    words = ["ges-launch-1.0"]
    for number, still in enumerate(stills):
        words += ["+clip", still, f"start={number * LENGTH / 25}", f"duration={LENGTH / 25}"]
    profile = "video/quicktime,variant=iso:video/x-h264,framerate=25/1,width=1920,height=1080|element-properties,speed-preset=3,pass=qual,quantizer=20"
    return [*words, "-o", f"file://{os.path.abspath(out)}", "-f", profile]


def compare(kind, wanted):
    root = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
    folder = os.path.join(root, ".bench", "stills")
    os.makedirs(folder, exist_ok=True)
    stills = make_stills(root, folder, kind)
    names = ["roomtone", "ffmpeg zoompan", "melt affine", "ges (no moves)"]
    outputs = {name: os.path.join(folder, name.replace(" ", "-") + ".mp4") for name in names}
    program = os.path.join(root, "target", "release", "roomtone")
    commands = {
        "roomtone": [program, "deliver", film(stills, folder), "--preset", "draft-h264", "-o", outputs["roomtone"], "--force"],
        "ffmpeg zoompan": ffmpeg_command(stills, outputs["ffmpeg zoompan"]),
        "melt affine": melt_command(stills, outputs["melt affine"]),
        "ges (no moves)": ges_command(stills, outputs["ges (no moves)"]),
    }
    commands = {name: command for name, command in commands.items() if name in wanted or not wanted}
    title = f"{STILLS} {kind.__name__} stills of {LENGTH} frames at 1080p25, half of them moving, to H.264 (veryfast, crf 20)"
    measure.compare(title, commands, outputs, int(os.environ.get("ROOMTONE_ROUNDS", "1")))


def main():
    words = sys.argv[1:]
    kinds = {kind.__name__: kind for kind in (painted, grained)}
    wanted = [word for word in words if word not in kinds]
    for name, kind in kinds.items():
        if name in words or not any(word in kinds for word in words):
            compare(kind, wanted)


if __name__ == "__main__":
    main()
