"""./dev bench export: the cut of `cut.py` through every exporter, in one run.

ROOMTONE_ROUNDS sets the rounds (default 1). Files lie in .bench/export. Names after the script run
those alone: python3 tests/benches/export.py limit roomtone
"""

import os
import sys

import cut
import measure


def main():
    root = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
    folder = os.path.join(root, ".bench", "export")
    os.makedirs(folder, exist_ok=True)
    videos, layers = cut.make_sources(folder)
    names = ["limit", "roomtone", "melt", "ffmpeg graph", "ges-launch"]
    outputs = {name: os.path.join(folder, name.replace(" ", "-") + ".mp4") for name in names}
    film = cut.film(videos, layers, folder)
    program = os.path.join(root, "target", "release", "roomtone")
    commands = {
        "limit": cut.limit_command(videos, outputs["limit"]),
        "roomtone": [program, "deliver", film, "--preset", "draft-h264", "-o", outputs["roomtone"], "--force"],
        "melt": cut.melt_command(videos, layers, outputs["melt"]),
        "ffmpeg graph": cut.ffmpeg_command(videos, layers, outputs["ffmpeg graph"]),
        "ges-launch": cut.ges_command(videos, layers, outputs["ges-launch"]),
    }
    if wanted := sys.argv[1:]:
        commands = {name: command for name, command in commands.items() if name in wanted}
    title = f"A cut of {cut.SHOTS} shots, {cut.FRAMES} frames of 1080p25, to H.264 (veryfast, crf 20) and AAC"
    measure.compare(title, commands, outputs, int(os.environ.get("ROOMTONE_ROUNDS", "1")))


if __name__ == "__main__":
    main()
