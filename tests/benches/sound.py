"""./dev bench sound: 64 stereo layers of ten minutes to one file, through every mixer, in one run.

Then how many voices a core plays, beside SuperCollider's: voices.py; and how long the loudness of an hour of
stereo takes beside ffmpeg's ebur128 and loudnorm; then the gaps of an hour filled: fill.py. ROOMTONE_ROUNDS sets the rounds (default
1), ROOMTONE_SECONDS the length (default 600). Files lie in .bench/sound. Names after the script run those
alone: python3 tests/benches/sound.py roomtone sox, or python3 tests/benches/sound.py voices, or ... loudness,
or ... fill
Processor time counts as well as the clock's: it is what is left when other work shares the machine.
"""

import json
import os
import statistics
import subprocess
import sys

import fill
import measure
import voices

LAYERS = 64
SOURCES = 4
GAIN = 1 / 64


def sources(folder, seconds):
    """A few noises that differ, as 16-bit stereo files; every layer is one of them."""
    paths = []
    for number in range(SOURCES):
        path = os.path.join(folder, f"noise{number}-{seconds}.wav")
        if not os.path.exists(path):
            noise = [f"anoisesrc=color=pink:duration={seconds}:seed={2 * number + side}:sample_rate=48000" for side in (0, 1)]
            subprocess.run(
                ["ffmpeg", "-v", "error", "-y", "-f", "lavfi", "-i", noise[0], "-f", "lavfi", "-i", noise[1],
                 "-filter_complex", "[0][1]amerge=inputs=2", "-c:a", "pcm_s16le", path + ".part.wav"], check=True)
            os.replace(path + ".part.wav", path)
        paths.append(path)
    return paths


def film(paths, folder, seconds):
    """The layers as a film of ours: a track each, 36.12 dB down."""
    media, clips, tracks = {}, {}, {}
    for number, path in enumerate(paths):
        media[f"noise{number}"] = {
            "path": os.path.basename(path), "kind": "sound", "length": seconds * 48000, "sound": {"rate": 48000, "channels": 2}}
    names = [f"t{number:02}" for number in range(LAYERS)]
    for number, name in enumerate(names):
        clips[f"c{number:02}"] = {"track": name, "at": 0, "length": seconds * 24, "media": f"noise{number % SOURCES}"}
        tracks[name] = {"kind": "sound", "free": True, "gain": -36.12359948}
    document = {
        "format": 2, "min_reader": 2,
        "settings": {"raster": "640x360", "rate": "24", "sound": 48000, "main": "main"},
        "media": media, "clips": clips, "tracks": tracks, "sequences": {"main": {"rate": "24", "tracks": names + [""]}}}
    path = os.path.join(folder, "layers.roomtone")
    with open(path, "w") as file:
        json.dump(document, file, indent=1)
    return path


def commands(root, paths, folder, seconds, outputs):
    layers = [paths[number % SOURCES] for number in range(LAYERS)]
    program = os.path.join(root, "target", "release", "roomtone")
    inputs = [word for path in layers for word in ("-i", path)]
    weights = " ".join([str(GAIN)] * LAYERS)
    mix = f"amix=inputs={LAYERS}:normalize=0:dropout_transition=0:weights={weights}"
    ecasound = ["ecasound", "-q", "-x", "-B:nonrt", "-b:1024", "-z:nodb"]
    for number, path in enumerate(layers, 1):
        ecasound += [f"-a:{number}", "-i", path, f"-ea:{100 * GAIN}"]
    melt = ["melt", "-silent"]
    for path in layers:
        melt += ["-track", path, f"out={seconds * 25 - 1}", "-attach-track", f"volume:{GAIN}"]
    for number in range(1, LAYERS):
        melt += ["-transition", "mix", "a_track=0", f"b_track={number}", "always_active=1", "sum=1"]
    return {
        "roomtone": [program, "bounce", film(paths, folder, seconds), "-o", outputs["roomtone"], "--bits", "32f", "--force"],
        "ffmpeg amix": ["ffmpeg", "-v", "error", "-nostdin", "-y", *inputs, "-filter_complex", mix, "-c:a", "pcm_f32le", outputs["ffmpeg amix"]],
        "sox": ["sox", "-m", *[word for path in layers for word in ("-v", str(GAIN), path)], "-b", "32", "-e", "floating-point", outputs["sox"]],
        "ecasound": [*ecasound, "-a:all", "-f:f32_le,2,48000", "-o", outputs["ecasound"]],
        "melt": [*melt, "-consumer", f"avformat:{outputs['melt']}", "acodec=pcm_f32le", "vn=1", "frequency=48000", "channels=2"],
    }


def level_of(path):
    """The RMS level of a file in dB and its length: the same for all, or they did not do the same."""
    said = subprocess.run(["ffmpeg", "-hide_banner", "-nostdin", "-i", path, "-af", "astats=measure_perchannel=none", "-f", "null", "-"],
                          capture_output=True, text=True).stderr
    found = [line.split(":")[-1].strip() for line in said.splitlines() if "RMS level dB" in line or "Number of samples" in line]
    return " ".join(found) or "nothing"


def play_voices(root, folder, rounds):
    """256 voices for a minute: a sound, a low-pass and a pan each."""
    count, seconds, level = 256, 60, -36.0
    sounds = []
    for number in range(SOURCES):
        path = os.path.join(folder, f"voice{number}-{seconds}.wav")
        if not os.path.exists(path):
            noise = f"anoisesrc=color=pink:duration={seconds}:seed={number}:sample_rate=48000"
            subprocess.run(["ffmpeg", "-v", "error", "-y", "-f", "lavfi", "-i", noise, "-c:a", "pcm_s16le", path], check=True)
        sounds.append(path)
    score, document = os.path.join(folder, "voices.osc"), os.path.join(folder, "voices.roomtone")
    voices.score(score, sounds, count, seconds, 10 ** (level / 20))
    with open(document, "w") as file:
        json.dump(voices.film(sounds, count, seconds, level), file, indent=1)
    outputs = {name: os.path.join(folder, f"voices-{name}.wav") for name in ("roomtone", "scsynth")}
    program = os.path.join(root, "target", "release", "roomtone")
    chosen = {
        "roomtone": [program, "bounce", document, "-o", outputs["roomtone"], "--bits", "32f", "--force"],
        "scsynth": ["scsynth", "-N", score, "_", outputs["scsynth"], "48000", "WAV", "float",
                    "-o", "2", "-z", "64", "-m", "262144", "-n", "8192"]}
    results = {name: [] for name in chosen}
    for _ in range(rounds):
        for name, command in chosen.items():
            if result := measure.run(command):
                results[name].append(result)
    print(f"\n{count} voices of {seconds} s: sound, low-pass, pan; {rounds} rounds")
    print(f"{'':14} {'seconds':>8} {'CPU s':>8} {'voices a core':>14}  level and samples")
    for name, measured in results.items():
        if not measured:
            print(f"{name:14} did not run")
            continue
        clock, work = (statistics.median(result[index] for result in measured) for index in (0, 1))
        print(f"{name:14} {clock:8.1f} {work:8.1f} {count * seconds / work:14.0f}  {level_of(outputs[name])}")
        os.remove(outputs[name])
    sys.stdout.flush()


def hour(folder, seconds):
    """An hour of stereo that swells and falls as a programme does, from noise: 16 bits."""
    path = os.path.join(folder, f"hour-{seconds}.wav")
    if not os.path.exists(path):
        noise = [f"anoisesrc=color=pink:duration={seconds}:seed={side}:sample_rate=48000:amplitude=0.5" for side in (1, 2)]
        swell = "[0][1]amerge=inputs=2,volume=volume='0.2+0.7*abs(sin(t/37))*abs(sin(t/3.1))':eval=frame"
        subprocess.run(
            ["ffmpeg", "-v", "error", "-y", "-f", "lavfi", "-i", noise[0], "-f", "lavfi", "-i", noise[1],
             "-filter_complex", swell, "-c:a", "pcm_s16le", path + ".part.wav"], check=True)
        os.replace(path + ".part.wav", path)
    return path


def measure_loudness(root, folder, rounds):
    """Loudness, range and true peak of an hour of stereo."""
    seconds = int(os.environ.get("ROOMTONE_SECONDS", "3600"))
    path = hour(folder, seconds)
    program = os.path.join(root, "target", "release", "roomtone")
    ffmpeg = ["ffmpeg", "-hide_banner", "-nostdin", "-i", path]
    commands = {
        "roomtone": [program, "--json", "probe", path, "--loudness"],
        "ffmpeg ebur128": [*ffmpeg, "-af", "ebur128=peak=true:framelog=verbose", "-f", "null", "-"],
        "ffmpeg loudnorm": [*ffmpeg, "-af", "loudnorm=print_format=summary", "-f", "null", "-"],
    }
    results = {name: [] for name in commands}
    for _ in range(rounds):
        for name, command in commands.items():
            if result := measure.run(command):
                results[name].append(result)
    print(f"\nloudness, range and true peak of {seconds} s of stereo, {rounds} rounds, {os.cpu_count()} cores")
    print(f"{'':16} {'seconds':>8} {'ratio':>6} {'CPU s':>8} {'peak MB':>8}  what it said")
    base = None
    for name, measured in results.items():
        if not measured:
            print(f"{name:16} did not run")
            continue
        clock, work = (statistics.median(result[index] for result in measured) for index in (0, 1))
        base = base or clock
        memory = max(result[2] for result in measured)
        print(f"{name:16} {clock:8.2f} {clock / base:6.2f} {work:8.2f} {memory:8.0f}  {said_of(commands[name])}")
    sys.stdout.flush()


def said_of(command):
    """What a command says of loudness, in a line: the figures differ by no more than meters may."""
    done = subprocess.run(command, capture_output=True, text=True)
    lines = [line.split() for line in done.stderr.splitlines()]
    summary = [" ".join(line) for line in lines if line[:1] in (["I:"], ["LRA:"], ["Peak:"]) or line[:1] == ["Input"]]
    if done.stdout.startswith("{"):
        found = json.loads(done.stdout)["loudness"]
        summary = [f"{name} {found[name]:.1f}" for name in ("integrated", "range", "true_peak")]
    return ", ".join(summary)


def main():
    root = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
    folder = os.path.join(root, ".bench", "sound")
    os.makedirs(folder, exist_ok=True)
    seconds, rounds = int(os.environ.get("ROOMTONE_SECONDS", "600")), int(os.environ.get("ROOMTONE_ROUNDS", "1"))
    if sys.argv[1:] == ["voices"]:
        return play_voices(root, folder, max(rounds, 3))
    if sys.argv[1:] == ["loudness"]:
        return measure_loudness(root, folder, max(rounds, 3))
    if sys.argv[1:] == ["fill"]:
        return fill.measure_fill(root, folder, hour(folder, 3600), max(rounds, 3))
    paths = sources(folder, seconds)
    names = ["roomtone", "ffmpeg amix", "sox", "ecasound", "melt"]
    outputs = {name: os.path.join(folder, name.replace(" ", "-") + ".wav") for name in names}
    wanted = sys.argv[1:] or names
    chosen = {name: command for name, command in commands(root, paths, folder, seconds, outputs).items() if name in wanted}
    results = {name: [] for name in chosen}
    for _ in range(rounds):
        for name, command in chosen.items():
            if result := measure.run(command):
                results[name].append(result)
    print(f"\n{LAYERS} stereo layers of {seconds} s to one 32-bit file, {rounds} rounds, {os.cpu_count()} cores")
    print(f"{'':14} {'seconds':>8} {'ratio':>6} {'CPU s':>8} {'ratio':>6} {'peak MB':>8}  level and samples")
    base = None
    for name, measured in results.items():
        if not measured:
            print(f"{name:14} did not run")
            continue
        clock, work = (statistics.median(result[index] for result in measured) for index in (0, 1))
        base = base or (clock, work)
        memory = max(result[2] for result in measured)
        print(f"{name:14} {clock:8.1f} {clock / base[0]:6.2f} {work:8.1f} {work / base[1]:6.2f} {memory:8.0f}  {level_of(outputs[name])}")
        os.remove(outputs[name])
    sys.stdout.flush()
    if not sys.argv[1:]:
        play_voices(root, folder, max(rounds, 3))
        measure_loudness(root, folder, max(rounds, 3))
        fill.measure_fill(root, folder, hour(folder, 3600), max(rounds, 3))


if __name__ == "__main__":
    main()
