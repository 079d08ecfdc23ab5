"""How many voices a core plays: a sound, a low-pass and a pan each, in the program and in SuperCollider.

Both render the same voices offline to one 32-bit file. SuperCollider gets its instrument and its score as
the binary files that it reads: https://doc.sccode.org/Reference/Synth-Definition-File-Format.html and OSC 1.0.
"""

import os
import struct

RATE = 48000
LOWEST, HIGHEST = 400.0, 8000.0


def spread(number, count):
    """A voice's low-pass frequency and its pan: no two voices alike."""
    part = (number + 0.5) / count
    return LOWEST * (HIGHEST / LOWEST) ** part, 1.8 * part - 0.9


def pascal(text):
    return bytes([len(text)]) + text.encode()


def instrument():
    """PlayBuf, LPF, Pan2, Out as a SynthDef of version 2."""
    names = ["buf", "freq", "pan", "level"]
    constants = [0.0, 1.0]
    zero, one = (-1, 0), (-1, 1)
    parameter = {name: (0, index) for index, name in enumerate(names)}
    units = [
        ("Control", 1, [], [1] * len(names)),
        ("PlayBuf", 2, [parameter["buf"], one, one, zero, zero, zero], [2]),
        ("LPF", 2, [(1, 0), parameter["freq"]], [2]),
        ("Pan2", 2, [(2, 0), parameter["pan"], parameter["level"]], [2, 2]),
        ("Out", 2, [zero, (3, 0), (3, 1)], []),
    ]
    out = b"SCgf" + struct.pack(">ih", 2, 1) + pascal("voice")
    out += struct.pack(">i", len(constants)) + b"".join(struct.pack(">f", value) for value in constants)
    out += struct.pack(">i", len(names)) + b"".join(struct.pack(">f", 0.0) for _ in names)
    out += struct.pack(">i", len(names))
    out += b"".join(pascal(name) + struct.pack(">i", index) for index, name in enumerate(names))
    out += struct.pack(">i", len(units))
    for name, rate, inputs, outputs in units:
        out += pascal(name) + struct.pack(">biih", rate, len(inputs), len(outputs), 0)
        out += b"".join(struct.pack(">ii", *place) for place in inputs)
        out += bytes(outputs)
    return out + struct.pack(">h", 0)


def padded(data):
    return data + b"\0" * (-len(data) % 4)


def message(address, *arguments):
    """An OSC message: integers, floats, texts and blobs."""
    kinds, body = ",", b""
    for value in arguments:
        if isinstance(value, int):
            kinds, body = kinds + "i", body + struct.pack(">i", value)
        elif isinstance(value, float):
            kinds, body = kinds + "f", body + struct.pack(">f", value)
        elif isinstance(value, bytes):
            kinds, body = kinds + "b", body + struct.pack(">i", len(value)) + padded(value)
        else:
            kinds, body = kinds + "s", body + padded(value.encode() + b"\0")
    return padded(address.encode() + b"\0") + padded(kinds.encode() + b"\0") + body


def bundle(seconds, messages):
    out = b"#bundle\0" + struct.pack(">II", int(seconds), int(seconds % 1 * 2**32))
    for content in messages:
        out += struct.pack(">i", len(content)) + content
    return struct.pack(">i", len(out)) + out


def score(path, sounds, count, seconds, level):
    """A score for `scsynth -N`."""
    begin = [message("/d_recv", instrument())]
    begin += [message("/b_allocRead", number, os.path.abspath(sound)) for number, sound in enumerate(sounds)]
    voices = []
    for number in range(count):
        frequency, pan = spread(number, count)
        voices.append(message(
            "/s_new", "voice", 1000 + number, 1, 0, "buf", number % len(sounds), "freq", frequency, "pan", pan, "level", level))
    with open(path, "wb") as file:
        file.write(bundle(0, begin))
        for start in range(0, count, 32):
            file.write(bundle(0, voices[start:start + 32]))
        file.write(bundle(seconds, [message("/c_set", 0, 0)]))


def film(sounds, count, seconds, level):
    """The same voices as a film's document."""
    media = {f"noise{number}": {"path": os.path.basename(sound), "kind": "sound", "length": seconds * RATE,
                                "sound": {"rate": RATE, "channels": 1}} for number, sound in enumerate(sounds)}
    clips, tracks = {}, {}
    names = [f"t{number:04}" for number in range(count)]
    for number, name in enumerate(names):
        frequency, pan = spread(number, count)
        clips[f"c{number:04}"] = {"track": name, "at": 0, "length": seconds * 24, "media": f"noise{number % len(sounds)}"}
        nodes = [{"id": f"n{number:04}", "kind": "eq", "values": {"low_pass": frequency}}]
        tracks[name] = {"kind": "sound", "free": True, "gain": level, "pan": pan, "nodes": nodes}
    return {
        "format": 2, "min_reader": 2,
        "settings": {"raster": "640x360", "rate": "24", "sound": RATE, "main": "main"},
        "media": media, "clips": clips, "tracks": tracks, "sequences": {"main": {"rate": "24", "tracks": names + [""]}}}
