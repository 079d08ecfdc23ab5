//! The iXML chunk: timecode and names of the channels (iXML 2.10).

use super::{Coding, Form, Labels};
use crate::sound::layout::{Speaker, speakers};
use std::fmt::Write as _;
use timeline_format::timecode::{Counting, has_drop_frame};

/// The chunk's content.
pub(super) fn chunk(form: &Form, labels: &Labels) -> String {
    let mut out = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<BWFXML>\n");
    element(&mut out, "IXML_VERSION", "2.10");
    element(&mut out, "PROJECT", &labels.description);
    element(&mut out, "NOTE", &labels.originator);
    out.push_str("<SPEED>\n");
    let rate = format!("{}/{}", labels.rate.numerator(), labels.rate.denominator());
    for name in ["MASTER_SPEED", "CURRENT_SPEED", "TIMECODE_RATE"] {
        element(&mut out, name, &rate);
    }
    let drops = labels.counting == Counting::Drop && has_drop_frame(labels.rate);
    element(&mut out, "TIMECODE_FLAG", if drops { "DF" } else { "NDF" });
    let sample_rate = form.sample_rate.to_string();
    for name in ["FILE_SAMPLE_RATE", "DIGITIZER_SAMPLE_RATE", "TIMESTAMP_SAMPLE_RATE"] {
        element(&mut out, name, &sample_rate);
    }
    element(&mut out, "AUDIO_BIT_DEPTH", &(8 * form.coding.bytes()).to_string());
    let (high, low) = (labels.time_reference >> 32, labels.time_reference & 0xffff_ffff);
    element(&mut out, "TIMESTAMP_SAMPLES_SINCE_MIDNIGHT_HI", &high.to_string());
    element(&mut out, "TIMESTAMP_SAMPLES_SINCE_MIDNIGHT_LO", &low.to_string());
    out.push_str("</SPEED>\n<TRACK_LIST>\n");
    let speakers = speakers(form.layout);
    element(&mut out, "TRACK_COUNT", &speakers.len().to_string());
    for (index, speaker) in (1..).zip(speakers) {
        out.push_str("<TRACK>\n");
        let index: i32 = index;
        element(&mut out, "CHANNEL_INDEX", &index.to_string());
        element(&mut out, "INTERLEAVE_INDEX", &index.to_string());
        element(&mut out, "NAME", name_of(*speaker));
        out.push_str("</TRACK>\n");
    }
    out.push_str("</TRACK_LIST>\n</BWFXML>\n");
    out
}

fn element(out: &mut String, name: &str, words: &str) {
    let mut safe = String::with_capacity(words.len());
    for letter in words.chars().filter(|letter| !letter.is_control()) {
        match letter {
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '&' => safe.push_str("&amp;"),
            letter => safe.push(letter),
        }
    }
    let written = writeln!(out, "<{name}>{safe}</{name}>");
    debug_assert!(written.is_ok(), "a String takes everything");
}

const fn name_of(speaker: Speaker) -> &'static str {
    match speaker {
        Speaker::Left => "L",
        Speaker::Right => "R",
        Speaker::Centre => "C",
        Speaker::Low => "LFE",
        Speaker::LeftSurround => "Ls",
        Speaker::RightSurround => "Rs",
        Speaker::LeftBack => "Lb",
        Speaker::RightBack => "Rb",
        Speaker::CentreBack => "Cb",
    }
}

/// What the coding history of the broadcast extension says (EBU R 98).
pub(super) fn history(form: &Form) -> String {
    let width = 8 * form.coding.bytes();
    let channels = match form.layout.channels() {
        1 => "mono",
        2 => "stereo",
        _ => "multitrack",
    };
    let kind = if form.coding == Coding::Bits16 { "16 bits, dithered" } else { "mix" };
    format!("A=PCM,F={},W={width},M={channels},T=roomtone {kind}\r\n", form.sample_rate)
}
