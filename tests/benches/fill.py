"""An hour of dialogue whose gaps are filled with the tone of its room, learned from ten seconds of it.

Part of ./dev bench sound; python3 tests/benches/sound.py fill runs it alone.
"""

import json
import os
import shutil
import statistics
import subprocess

import measure

FRAMES = 3600 * 24
PHRASE, PAUSE = 72, 48


def room(folder):
    """Ten seconds of a quiet room: noise that falls off, 60 dB down, with the hum of the mains."""
    path = os.path.join(folder, "room.wav")
    sound = "anoisesrc=color=brown:duration=10:seed=3:sample_rate=48000:amplitude=0.002[a];sine=f=100:d=10:r=48000,volume=0.002[b];[a][b]amix=normalize=0"
    subprocess.run(["ffmpeg", "-v", "error", "-y", "-filter_complex", sound, "-ac", "2", "-c:a", "pcm_f32le", path], check=True)
    return path


def film(hour, folder):
    """Phrases of three seconds with two seconds between them, and an empty track for the tone."""
    media = {
        "talk": {"path": os.path.basename(hour), "kind": "sound", "length": 3600 * 48000, "sound": {"rate": 48000, "channels": 2}},
        "room": {"path": os.path.basename(room(folder)), "kind": "sound", "length": 10 * 48000, "sound": {"rate": 48000, "channels": 2}}}
    clips, order = {}, []
    for start in range(0, FRAMES, PHRASE + PAUSE):
        phrase, pause = f"c{start:05}", f"p{start:05}"
        clips[phrase] = {"length": PHRASE, "in": start * 2000, "media": "talk"}
        clips[pause] = {"length": PAUSE}
        order += [phrase, pause]
    tracks = {"dialogue": {"kind": "sound", "mute": True, "order": [*order, ""]}, "tone": {"kind": "sound", "free": True}}
    document = {
        "format": 2, "min_reader": 2,
        "settings": {"raster": "640x360", "rate": "24", "sound": 48000, "main": "main"},
        "media": media, "clips": clips, "tracks": tracks, "sequences": {"main": {"rate": "24", "tracks": ["dialogue", "tone", ""]}}}
    path = os.path.join(folder, "dialogue.roomtone")
    with open(path, "w") as file:
        json.dump(document, file, indent=1)
    return path


def measure_fill(root, folder, hour, rounds):
    """Filling the gaps, and what the tone in them costs to be heard: the dialogue is mute."""
    program = os.path.join(root, "target", "release", "roomtone")
    empty, path, mix = film(hour, folder), os.path.join(folder, "filled.roomtone"), os.path.join(folder, "filled.wav")
    commands = {
        "fill": [program, "cut", path, "fill", "dialogue", "tone", "generator:matched_tone", "--set", "like=room", "--lap", "2"],
        "bounce": [program, "bounce", path, "-o", mix, "--bits", "32f", "--force"]}
    results = {name: [] for name in commands}
    for _ in range(rounds):
        shutil.copyfile(empty, path)
        for name, command in commands.items():
            if result := measure.run(command):
                results[name].append(result)
    gaps = open(path).read().count('"kind": "matched_tone"')
    print(f"\nthe gaps of an hour of dialogue filled with a tone learned from ten seconds, {rounds} rounds")
    for name, measured in results.items():
        clock, work = (statistics.median(result[index] for result in measured) for index in (0, 1))
        print(f"{name:14} {clock:8.2f} s {work:8.2f} CPU s")
    print(f"{gaps} pieces of tone")
    os.remove(mix)
