"""./dev bench takes: a hundred takes of 4K, as JPEG and as PNG: what their files say, a sheet, measured, and again.

Files lie in .bench/takes: 2 GB. The sheet is the first thing that one wants to see: 3 s are the goal. What was seen is
kept nowhere, but for what is asked for again.
"""

import os

import cut
import measure

COUNT = 100
SIZE = "3840x2160"


def make(folder, ending):
    """A hundred pictures that are all different, with grain, as a generator leaves them: JPEGs of about 3 MB, PNGs of 18."""
    os.makedirs(folder, exist_ok=True)
    for number in range(COUNT):
        name = os.path.join(folder, f"take_{number:03}_seed.{ending}")
        if not os.path.exists(name):
            grain = "format=yuv420p,noise=c0s=8:c0f=t:c1s=2:c1f=t:c2s=2:c2f=t"
            source = f"gradients=s={SIZE}:n=6:seed={number}:d=1:r=1,{grain}"
            quality = ["-qmin", "1", "-q:v", "1"] if ending == "jpg" else ["-pix_fmt", "rgb24", "-compression_level", "3"]
            cut.quiet("ffmpeg", "-y", "-f", "lavfi", "-i", source, "-frames:v", "1", *quality, "-update", "1", name)


def main():
    root = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
    program = os.path.join(root, "target", "release", "roomtone")
    for ending in ["jpg", "png"]:
        folder = os.path.join(root, ".bench", "takes", ending)
        make(folder, ending)
        kept = ["env", f"XDG_CACHE_HOME={os.path.join(root, '.bench', 'takes', 'kept')}"]
        anew = ["env", "XDG_CACHE_HOME=/dev/null/none"]
        sheet = ["--sheet", os.path.join(root, ".bench", "takes", f"{ending}.sheet.png"), "--force", "--json"]
        measured = [program, "takes", folder, "--by", "sharpness", "--json"]
        commands = {"facts": [program, "takes", folder, "--quick", "--json"],
                    "sheet": [*anew, program, "takes", folder, "--quick", *sheet],
                    "measured": [*anew, *measured],
                    "measured again": [*kept, *measured]}
        measure.run(commands["measured again"])
        measure.compare(f"{COUNT} takes of {SIZE}, {ending}", commands, dict.fromkeys(commands, ""), 3)


if __name__ == "__main__":
    main()
