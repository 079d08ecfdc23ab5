//! `roomtone probe`: what a file holds.

use super::output::Output;
use super::{Done, Failure, interrupt};
use crate::deliver::measure_file;
use crate::sound::loudness::Measured;
use crate::workers::Stop;
use clap::Args;
use serde_json::json;
use std::path::{Path, PathBuf};
use timeline_format::media::{Alpha, Fields, PictureStream};
use timeline_format::{Frames, Media, timecode};

/// Say what media files hold: pictures, sound, lengths, colours, where they came from.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  roomtone probe take-*.png clip.mp4 wind.flac\n  roomtone probe mix.wav --loudness"
)]
pub(crate) struct Arguments {
    /// Files, or one file of a numbered sequence.
    #[arg(required = true)]
    media: Vec<PathBuf>,
    /// Listen to each file that has sound, and say how loud it is (EBU R 128, ITU-R BS.1770-5).
    #[arg(long)]
    loudness: bool,
}

/// Tells of each file; the fault of one is told and the rest goes on.
pub(crate) fn run(arguments: &Arguments, output: Output) -> Done {
    let stop = interrupt::stop_on_interrupt();
    let mut failed = false;
    for path in &arguments.media {
        match probed(path, arguments.loudness, &stop) {
            Ok((media, loudness)) => output.say(
                words(path, &media) + &loudness.map(|found| loud(&found)).unwrap_or_default(),
                || json!({"path": path, "media": media, "loudness": loudness}),
            ),
            Err(error) => {
                failed = true;
                output.say(
                    format_args!("{}\n  {error}", path.display()),
                    || json!({"path": path, "error": error.to_string()}),
                );
            }
        }
    }
    if failed { Err(Failure::Told) } else { Ok(()) }
}

/// What a file holds, and how loud its sound is where that is asked for.
fn probed(path: &Path, listens: bool, stop: &Stop) -> anyhow::Result<(Media, Option<Measured>)> {
    let media = crate::media::probe(path)?;
    let loudness = (listens && media.sound.is_some()).then(|| measure_file(path, stop));
    Ok((media, loudness.transpose()?))
}

fn loud(found: &Measured) -> String {
    let figure = |name: &str, figure: Option<f64>| {
        figure.map(|figure| format!("\n           {name} {figure:.1} LUFS")).unwrap_or_default()
    };
    let momentary = figure("loudest 0.4 s", found.momentary);
    format!("\n  loudness {found}{momentary}{}", figure("loudest 3 s  ", found.short_term))
}

fn words(path: &Path, media: &Media) -> String {
    let mut lines = vec![
        path.display().to_string(),
        format!("  {}", format!("{:?}", media.kind).to_lowercase()),
    ];
    if let Some(picture) = &media.picture {
        let colour = &picture.colour;
        let guess = if colour.guessed { " (guessed)" } else { "" };
        let tags = [&colour.primaries, &colour.transfer, &colour.matrix, &colour.range];
        let tags = tags.map(String::as_str).join(" ");
        lines.push(format!("  picture  {}x{}  {tags}{guess}", picture.width, picture.height));
        lines.extend(shape(picture).map(|shape| format!("  shown    {shape}")));
    }
    if let Some(rate) = media.rate {
        let start =
            timecode::label(media.start, rate, timecode::Counting::NonDrop).unwrap_or_default();
        lines.push(format!("  frames   {} at {rate}, from {start}", length(media)));
    }
    if let Some(sound) = &media.sound {
        let samples = sound.samples.map_or(String::new(), |samples| format!(", {samples} samples"));
        lines.push(format!("  sound    {} channels at {} Hz{samples}", sound.channels, sound.rate));
    }
    if !media.holes.is_empty() {
        lines.push(format!("  missing  {}", media.holes));
    }
    lines.extend(media.origin.iter().map(|(key, value)| format!("  {key:8} {}", shortened(value))));
    lines.join("\n")
}

/// How a picture is shown, where that is not as it is stored.
fn shape(picture: &PictureStream) -> Option<String> {
    let turned = (picture.rotation != 0).then(|| format!("turned {}°", picture.rotation));
    let pixels = picture.pixel_aspect.map(|aspect| format!("pixels {aspect} as wide as high"));
    let fields = picture.fields.map(|fields| match fields {
        Fields::Top => "interlaced, top field first".to_owned(),
        Fields::Bottom => "interlaced, bottom field first".to_owned(),
    });
    let alpha = picture.alpha.map(|alpha| match alpha {
        Alpha::Straight => "straight alpha".to_owned(),
        Alpha::Premultiplied => "premultiplied alpha".to_owned(),
    });
    let all = [turned, pixels, fields, alpha].into_iter().flatten().collect::<Vec<_>>();
    (!all.is_empty()).then(|| all.join(", "))
}

fn length(media: &Media) -> String {
    media.length.map_or_else(|| "endless".to_owned(), |length: Frames| length.to_string())
}

fn shortened(text: &str) -> String {
    let line = text.replace('\n', " ");
    if line.chars().count() <= 100 { line } else { line.chars().take(99).chain(['…']).collect() }
}
