//! Barcoded frames in every container, codec and rate, forward, backward and at random.

use crate::support::folder::Folder;
use crate::support::{barcode, oracle};
use roomtone::media::{self, Opening, Pictures};
use roomtone::signal::Image;
use std::path::Path;
use std::sync::Arc;
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

struct File {
    pictures: Pictures,
    media: timeline_format::Media,
    path: std::path::PathBuf,
}

fn open(path: &Path) -> File {
    let media = media::probe(path).unwrap();
    let opening = Opening { threads: 1, ..Opening::default() };
    let pictures = Pictures::open_with(path, &media, &opening).unwrap();
    File { pictures, media, path: path.to_owned() }
}

/// The frames as ffmpeg decodes them.
fn oracle_frames(path: &Path) -> Vec<u8> {
    let input = path.to_str().unwrap();
    oracle::ffmpeg(&[
        "-i",
        input,
        "-map",
        "0:v:0",
        "-fps_mode",
        "passthrough",
        "-f",
        "rawvideo",
        "-",
    ])
}

fn bytes(image: &Image) -> Vec<u8> {
    (0..image.planes.len())
        .flat_map(|plane| image.lines(plane).collect::<Vec<_>>().concat())
        .collect()
}

/// A walk that goes forward, backward and about, the same each time.
fn walk(count: usize) -> Vec<usize> {
    let mut order = (0..count).rev().collect::<Vec<_>>();
    let mut state = 7_u32;
    for _ in 0..count {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        order.push((state >> 8) as usize % count);
    }
    order
}

fn check(file: &mut File, numbers: &[usize]) {
    let name = file.path.file_name().unwrap().to_str().unwrap().to_owned();
    assert_eq!(file.pictures.count() as usize, numbers.len(), "{name}: count");
    let forward = (0..numbers.len())
        .map(|n| {
            file.pictures.frame(n as i64).unwrap_or_else(|error| panic!("{name} {n}: {error}"))
        })
        .collect::<Vec<Arc<Image>>>();
    let seen = forward.iter().map(|image| barcode::number(image)).collect::<Vec<_>>();
    assert_eq!(seen, numbers, "{name}: forward");
    let whole = forward.iter().flat_map(|image| bytes(image)).collect::<Vec<_>>();
    assert!(whole == oracle_frames(&file.path), "{name}: not what ffmpeg decodes");
    for n in walk(numbers.len()) {
        let image = file.pictures.frame(n as i64).unwrap();
        assert!(image.same_as(&forward[n]), "{name}: frame {n} at random is another picture");
    }
}

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
