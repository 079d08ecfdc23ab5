"""./dev bench picture: one picture's work beside ffmpeg's filters and melt, 1080p25 H.264, in one run.

Decode, two translucent pictures over all of it, a colour balance, and a 33-point table looked up between its four
nearest points; nothing is encoded. Then a still with layers and grades that is held for 58 frames beside its first
frame, and twelve layers of 4K for what they take of memory. Words after the script run those alone: python3 tests/benches/picture.py roomtone ffmpeg
ROOMTONE_PICTURE names the program of the picture bench, which shows a film's frames as a delivery takes them.
"""

import json
import os
import sys
import tempfile

import cut
import measure

FRAMES = 150


def make_overlays(folder):
    """Two pictures with soft edges that let half of what is below through."""
    overlays = []
    for number, colour in enumerate(["orange", "teal"]):
        name = os.path.join(folder, f"overlay-{number}.png")
        overlays.append(name)
        if not os.path.exists(name):
            ramp = f"geq=r='r(X,Y)':g='g(X,Y)':b='b(X,Y)':a='{110 + 30 * number}+60*sin((X+Y*{number + 1})/90)'"
            cut.quiet("ffmpeg", "-y", "-f", "lavfi", "-i", f"color={colour}:s=1920x1080,format=rgba,{ramp}", "-frames:v", "1", name)
    return overlays


def make_table(folder):
    name = os.path.join(folder, "look.cube")
    with open(name, "w") as file:
        file.write("LUT_3D_SIZE 33\n")
        for blue in range(33):
            for green in range(33):
                for red in range(33):
                    r, g, b = red / 32, green / 32, blue / 32
                    file.write(f"{r ** 1.1 * 0.96 + 0.02 * g:.6f} {g * 0.98 + 0.01 * b:.6f} {b ** 0.92 * 0.95 + 0.03:.6f}\n")
    return name


STILL = {"kind": "still", "picture": {"width": 1920, "height": 1080, "alpha": "straight",
         "colour": {"primaries": "bt709", "transfer": "srgb", "matrix": "rgb", "range": "full"}}}


def film(video, overlays, table, folder):
    media = {"m": {"kind": "video", "rate": "25", "length": cut.SOURCE_SECONDS * cut.RATE, "path": os.path.relpath(video, folder)}}
    clips = {"base": {"length": FRAMES, "in": 100, "media": "m"}}
    tracks = {"v1": {"kind": "picture", "order": ["base", ""]}}
    for number, overlay in enumerate(overlays):
        media[f"o{number}"] = {**STILL, "path": os.path.relpath(overlay, folder)}
        clips[f"over{number}"] = {"length": FRAMES, "media": f"o{number}"}
        tracks[f"w{number}"] = {"kind": "picture", "order": [f"over{number}", ""]}
    effects = [{"id": "b", "kind": "lift_gamma_gain", "values": {"gain": [1.05, 1.0, 0.96, 1.0], "gamma": [1.0, 1.0, 1.04, 1.0]}},
               {"id": "l", "kind": "lut", "values": {"file": os.path.basename(table)}}]
    clips["grade"] = {"length": FRAMES, "effects": effects, "generator": {"kind": "adjustment"}}
    tracks["x"] = {"kind": "picture", "order": ["grade", ""]}
    return write(os.path.join(folder, "finished.roomtone"), "1920x1080", media, clips, tracks)


def write(path, raster, media, clips, tracks):
    document = {
        "format": 2, "min_reader": 2, "settings": {"raster": raster, "rate": "25", "sound": 48000, "main": "main"},
        "media": media, "clips": clips, "tracks": tracks,
        "sequences": {"main": {"rate": "25", "tracks": [*tracks, ""]}}}
    with open(path, "w") as file:
        json.dump(document, file, indent=1)
    return path


def stills(name, raster, layers, length, overlays, folder):
    """Layers of stills, each a little larger than the one below and graded, held for so many frames."""
    media = {f"o{number}": {**STILL, "path": os.path.relpath(overlay, folder)} for number, overlay in enumerate(overlays)}
    clips, tracks = {}, {}
    for layer in range(layers):
        effects = [{"id": "z", "kind": "zones", "values": {"shadows": [0.92, 0.99, 1.1, 1.0], "highlights": [1.07, 1.0, 0.9, 1.0]}}]
        placement = {"fit": "fill", "scale": [1 + layer / 100, 1 + layer / 100]}
        clips[f"c{layer}"] = {"length": length, "media": f"o{layer % 2}", "effects": effects, "placement": placement}
        tracks[f"t{layer:02}"] = {"kind": "picture", "order": [f"c{layer}", ""]}
    return write(os.path.join(folder, f"{name}.roomtone"), raster, media, clips, tracks)


def ffmpeg_command(video, overlays, table):
    graph = ("[0:v][1:v]overlay[a];[a][2:v]overlay,format=gbrp,colorbalance=rh=0.05:bh=-0.04:bm=0.04,"
             f"lut3d=file={table}:interp=tetrahedral,format=yuv420p[v]")
    inputs = ["-ss", "4", "-i", video, *[word for name in overlays for word in ("-loop", "1", "-i", name)]]
    return ["ffmpeg", "-v", "error", *inputs, "-filter_complex", graph, "-map", "[v]", "-frames:v", str(FRAMES), "-f", "null", "-"]


def melt_command(video, overlays, table):
    words = ["melt", "-silent", "-profile", "atsc_1080p_25", video, "in=100", f"out={99 + FRAMES}"]
    for name in overlays:
        words += ["-track", name, f"out={FRAMES - 1}"]
    for number in range(1, len(overlays) + 1):
        words += ["-transition", "frei0r.cairoblend", "a_track=0", f"b_track={number}"]
    words += ["-filter", "avfilter.colorbalance", "av.rh=0.05", "av.bh=-0.04", "av.bm=0.04"]
    words += ["-filter", "avfilter.lut3d", f"av.file={table}", "av.interp=tetrahedral"]
    return [*words, "-consumer", "null", "real_time=-2", "terminate_on_pause=1"]


def main():
    with tempfile.TemporaryDirectory() as folder:
        videos, _ = cut.make_sources(folder)
        overlays, table = make_overlays(folder), make_table(folder)
        program = os.environ.get("ROOMTONE_PICTURE", "")
        path = film(videos[0], overlays, table, folder)
        commands = {
            "roomtone": [program, "film", path],
            "ffmpeg": ffmpeg_command(videos[0], overlays, table),
            "melt": melt_command(videos[0], overlays, table)}
        wanted = {name: command for name, command in commands.items() if not sys.argv[1:] or name in sys.argv[1:]}
        held = {
            f"{length} frames": [program, "film", stills(f"held-{length}", "1920x1080", 5, length, overlays, folder)]
            for length in [1, 58]}
        large = {"12 layers": [program, "film", stills("large", "3840x2160", 12, 4, overlays, folder)]}
        measure.compare(f"{FRAMES} frames of 1080p: two layers over one, balance, table", wanted, {name: "" for name in wanted}, 3)
        if "roomtone" in wanted:
            measure.compare("five graded layers of stills, held", held, {name: "" for name in held}, 3)
            measure.compare("four frames of 3840x2160: twelve graded layers", large, {name: "" for name in large}, 1)


main()
