//! Every container at every rate: frame n is frame n, in order, backward and at random.

use super::file::{check, open};
use crate::support::folder::Folder;
use crate::support::{barcode, oracle};
use timeline_format::{Rate, Ratio};

const COUNT: usize = 26;

const RATES: &[&str] = &["24000/1001", "24", "25", "30000/1001", "30", "50", "60000/1001"];

const X264: &str = "-c:v libx264 -preset ultrafast -threads 1 -bf 2 -g 9";

fn at_every_rate(container: &str, coding: &str) {
    if !oracle::have("ffmpeg", &format!("frames of {container} at every rate")) {
        return;
    }
    let folder = Folder::new();
    let raw = barcode::raw(folder.path(), COUNT);
    for (number, rate) in RATES.iter().enumerate() {
        let path = barcode::coded(&raw, &format!("{number}.{container}"), rate, coding);
        let mut file = open(&path);
        let exact: Rate = rate.parse().unwrap();
        assert_eq!(file.media.rate, Some(exact), "{container} at {rate}");
        assert_eq!(file.media.length, Some((COUNT as i64).into()), "{container} at {rate}");
        check(&mut file, &(0..COUNT).collect::<Vec<_>>());
        for n in 0..COUNT as i128 {
            let centre = Ratio::new(2 * n + 1, 2).unwrap();
            assert_eq!(i128::from(file.pictures.resolve(centre)), n, "{container} at {rate}");
        }
    }
}

#[test]
fn matroska_whose_stamps_are_rounded_to_a_millisecond() {
    at_every_rate("mkv", X264);
}

#[test]
fn webm_whose_stamps_are_rounded_to_a_millisecond() {
    at_every_rate("webm", "-c:v libvpx-vp9 -deadline realtime -cpu-used 8 -g 9");
}

#[test]
fn mp4_with_an_edit_list_for_its_b_frames() {
    at_every_rate("mp4", X264);
}

#[test]
fn mov_with_open_groups() {
    at_every_rate("mov", &format!("{X264} -x264-params open-gop=1:scenecut=0"));
}

#[test]
fn transport_streams_that_do_not_start_at_zero() {
    at_every_rate("ts", &format!("{X264} -x264-params open-gop=1:scenecut=0"));
}

#[test]
fn mxf_of_mpeg_2() {
    at_every_rate("mxf", "-c:v mpeg2video -bf 2 -g 9 -q:v 2");
}
