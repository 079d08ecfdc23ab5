//! Barcoded frames in every container, codec and rate, forward, backward and at random.

use super::file::{check, open};
use crate::support::folder::Folder;
use crate::support::{barcode, oracle};
use timeline_format::{Rate, Ratio};

const COUNT: usize = 48;

const X264: &str = "-c:v libx264 -preset veryfast -threads 1";

/// Name, rate, what ffmpeg is told.
const FILES: &[(&str, &str, &str)] = &[
    ("b.mp4", "24000/1001", "-g 12 -bf 3 -x264-params b-pyramid=strict"),
    ("open.mkv", "30000/1001", "-g 10 -bf 3 -x264-params open-gop=1:scenecut=0"),
    ("long.mov", "25", "-g 500 -bf 2"),
    ("open.ts", "60000/1001", "-g 10 -bf 3 -x264-params open-gop=1:scenecut=0:b-pyramid=normal"),
    ("refresh.mp4", "24", "-g 12 -x264-params intra-refresh=1"),
    ("fragments.mp4", "30", "-g 8 -movflags frag_keyframe+empty_moov"),
    ("intra.mkv", "24", "-g 1"),
    (
        "h.mkv",
        "24",
        "-c:v libx265 -preset ultrafast -x265-params log-level=0:keyint=10:open-gop=1:bframes=3",
    ),
    ("h.mp4", "30000/1001", "-c:v libx265 -preset ultrafast -x265-params log-level=0:keyint=12"),
    (
        "v.webm",
        "24000/1001",
        "-c:v libvpx-vp9 -deadline realtime -cpu-used 8 -g 12 -auto-alt-ref 0",
    ),
    (
        "alt.webm",
        "60000/1001",
        "-c:v libvpx-vp9 -cpu-used 5 -g 20 -auto-alt-ref 1 -lag-in-frames 16",
    ),
    ("v8.webm", "30", "-c:v libvpx -cpu-used 5 -g 20 -auto-alt-ref 1 -lag-in-frames 16"),
    ("m.ts", "25", "-c:v mpeg2video -bf 2 -g 12 -q:v 2"),
    ("m.mxf", "30000/1001", "-c:v mpeg2video -bf 2 -g 12 -q:v 2"),
    ("m.mkv", "50", "-c:v mpeg2video -bf 2 -g 12 -q:v 2"),
    ("p.mov", "50", "-c:v prores_ks -profile:v 2"),
    ("d.mxf", "24000/1001", "-s 256x144 -c:v dnxhd -profile:v dnxhr_hqx -pix_fmt yuv422p10le"),
    ("f.mkv", "60000/1001", "-c:v ffv1 -level 3"),
    ("j.mov", "30", "-c:v mjpeg -q:v 2 -pix_fmt yuvj420p"),
    ("x.avi", "25", "-c:v mpeg4 -bf 2 -g 12 -q:v 2"),
];

#[test]
fn every_frame_of_every_codec_is_reached_in_any_order() {
    if !oracle::have("ffmpeg", "frames of every codec") {
        return;
    }
    let folder = Folder::new();
    let raw = barcode::raw(folder.path(), COUNT);
    for (name, rate, coding) in FILES {
        let coding =
            if coding.contains("-c:v") { (*coding).to_owned() } else { format!("{X264} {coding}") };
        let path = barcode::coded(&raw, name, rate, &coding);
        let mut file = open(&path);
        let exact: Rate = rate.parse().unwrap();
        assert_eq!(file.media.rate, Some(exact), "{name}");
        assert_eq!(file.media.length, Some((COUNT as i64).into()), "{name}");
        check(&mut file, &(0..COUNT).collect::<Vec<_>>());
        for n in 0..COUNT as i128 {
            let centre = Ratio::new(2 * n + 1, 2).unwrap();
            assert_eq!(i128::from(file.pictures.resolve(centre)), n, "{name}");
        }
    }
}
