//! `roomtone bounce`: the mix as a sound file, and its stems.

use super::film::{Opened, Part, tell_unread};
use super::fold::Fold;
use super::loud::{self, Loud, Place};
use super::output::Output;
use super::{Done, Failure, clock, interrupt};
use crate::deliver::leveling::{Leveling, leveled};
use crate::deliver::presets::{SoundCodec, SoundTarget};
use crate::deliver::receipt::{Book, Receipt};
use crate::deliver::{Preset, Progress, Report, Target, presets, sha256};
use crate::play::{Metered, Offline, Programme};
use crate::sound::places::lived_in;
use crate::sound::{Reading, Stem, stems};
use crate::workers::Stop;
use clap::{Args, ValueEnum};
use serde_json::{Value, json};
use std::ops::Range;
use std::path::{Path, PathBuf};
use timeline_format::{Id, Role};

/// Render the mix to a Wave file (RF64 above 4 GB) or to FLAC, and its stems to a folder.
#[derive(Debug, Args)]
#[command(after_help = "\
What the film's meter nodes measured is told at the end.

Examples:
  roomtone bounce film.roomtone -o mix.wav --stems stems --receipt
  roomtone bounce film.roomtone -o mix.wav --fold stereo --loudness r128")]
pub(crate) struct Arguments {
    /// The film's file.
    film: PathBuf,
    /// The file to write: Wave, or FLAC where its name ends so.
    #[arg(short, long)]
    output: PathBuf,
    /// A folder for one file a role, whose sum is the mix, as far as its buses only set levels and no limiter
    /// is at work; and for music-and-effects, all that is not dialogue.
    #[arg(long)]
    stems: Option<PathBuf>,
    /// What a sample is: 16 bits (under a triangular dither of two steps), 24 bits (rounded to the nearest), or
    /// 32-bit floats.
    #[arg(long, value_enum, default_value = "24")]
    bits: Bits,
    #[command(flatten)]
    part: Part,
    #[command(flatten)]
    loud: Loud,
    #[command(flatten)]
    fold: Fold,
    /// Write a receipt beside the mix, MIX.receipt.json: the film's hash, and for each sound its loudness and
    /// the SHA-256 of its samples, which are the same on any number of threads.
    #[arg(long)]
    receipt: bool,
    /// Replace what is there.
    #[arg(long)]
    force: bool,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
pub(super) enum Bits {
    #[value(name = "16")]
    Sixteen,
    #[value(name = "24")]
    TwentyFour,
    #[value(name = "32f")]
    Float,
}

/// Bounces the mix, then each stem.
pub(crate) fn run(arguments: &Arguments, output: Output) -> Done {
    let opened = Opened::open(&arguments.film, output)?;
    let range = opened.range(&arguments.part)?;
    let preset = arguments.fold.add_to(preset_of(arguments)?);
    let stop = interrupt::stop_on_interrupt();
    let place = Place { opened: &opened, range: &range, beside: &arguments.output };
    let leveling = arguments.loud.find(&preset, &place, &stop)?;
    if let Some(leveling) = &leveling {
        output.say(loud::words(leveling), || json!({"leveling": leveling}));
    }
    let book = arguments.receipt.then(|| book(arguments, &opened, &range, leveling)).transpose()?;
    let mut session =
        Session { arguments, opened: &opened, range, preset, leveling, book, stop, output };
    session.bounce(None, &arguments.output)?;
    session.leveling = leveling.map(|leveling| Leveling { limiter: None, ..leveling });
    if let Some(folder) = &arguments.stems {
        session.bounce_stems(folder)?;
    }
    session.keep_receipt()
}

/// What the mix and every stem of a film are bounced with.
struct Session<'a> {
    arguments: &'a Arguments,
    opened: &'a Opened,
    range: Range<i64>,
    preset: Preset,
    leveling: Option<Leveling>,
    book: Option<Book>,
    stop: Stop,
    output: Output,
}

impl Session<'_> {
    fn bounce_stems(&mut self, folder: &Path) -> Done {
        std::fs::create_dir_all(folder)?;
        let roles = stems(&lived_in(&self.opened.timeline, &*self.opened.main()?));
        let extension = self.preset.container.extension().unwrap_or("wav");
        for stem in roles.into_iter().chain([Stem::AllBut(Role::Dialogue)]) {
            self.bounce(Some(stem), &folder.join(format!("{}.{extension}", name_of(stem))))?;
        }
        Ok(())
    }

    fn bounce(&mut self, stem: Option<Stem>, path: &Path) -> Done {
        let programme = self.programme(stem)?;
        let (unread, metered) = (programme.unread_list(), programme.metered());
        let layout = programme.layout();
        let report = self.deliver(programme, path)?;
        tell_unread(&unread.lines(), self.output);
        for warning in &report.warnings {
            self.output.note(format_args!("warning: {warning}"));
        }
        if let Some(book) = &mut self.book {
            book.enter(&stem.map_or_else(|| "mix".to_owned(), name_of), layout, &report);
        }
        self.tell(stem, &report, &metered)
    }

    fn programme(&self, stem: Option<Stem>) -> Result<Offline, Failure> {
        let (film, folder) = (&self.opened.timeline, self.opened.folder());
        Ok(match stem {
            None => Offline::open(film, &folder, self.range.clone())?,
            Some(stem) => Offline::of_stem(film, &folder, self.range.clone(), stem)?,
        })
    }

    fn deliver(&self, programme: Offline, path: &Path) -> Result<Report, Failure> {
        let bar = self.output.bar((self.range.end - self.range.start) as u64);
        let mut tell = |progress: &Progress| bar.set_position(progress.frame.max(0) as u64);
        let target = Target {
            path: path.to_owned(),
            force: self.arguments.force,
            counting: self.opened.main()?.header.timecode,
            tags: self.opened.tags(),
            made: Some(clock::date_and_time()),
            digest: self.book.is_some(),
            ..Target::default()
        };
        let programme: Box<dyn Programme> = match self.leveling {
            None => Box::new(programme),
            Some(leveling) => leveled(Box::new(programme), leveling),
        };
        let stop = &self.stop;
        let report = crate::deliver::deliver(programme, &self.preset, &target, stop, &mut tell)?;
        bar.finish_and_clear();
        Ok(report)
    }

    fn tell(&self, stem: Option<Stem>, report: &Report, metered: &Metered) -> Done {
        let meters = meters(self.opened, metered)?;
        let object = || {
            let meters: Vec<&Value> = meters.iter().map(|(_, object)| object).collect();
            json!({"stem": stem.map(name_of), "report": report, "meters": meters})
        };
        let folded = report.folded.iter().map(ToString::to_string);
        let lines = folded.chain(meters.iter().map(|(words, _)| words.clone()));
        let lines: Vec<String> = std::iter::once(words(report)).chain(lines).collect();
        self.output.say(lines.join("\n"), object);
        Ok(())
    }

    fn keep_receipt(self) -> Done {
        let Some(book) = self.book else { return Ok(()) };
        let path = book.keep()?;
        self.output.say(path.display(), || json!({"receipt": path}));
        Ok(())
    }
}

/// The receipt of a bounce that begins.
fn book(
    arguments: &Arguments,
    opened: &Opened,
    range: &Range<i64>,
    leveling: Option<Leveling>,
) -> Result<Book, Failure> {
    let bits = arguments.bits.to_possible_value().map(|value| value.get_name().to_owned());
    let name = opened.path.file_name().unwrap_or_default();
    let receipt = Receipt {
        receipt: 1,
        program: concat!("roomtone ", env!("CARGO_PKG_VERSION")).into(),
        film: name.to_string_lossy().into_owned(),
        film_sha256: sha256(&std::fs::read(&opened.path)?),
        rate: opened.main()?.header.rate.to_string(),
        sample_rate: opened.timeline.settings.sound,
        frames: range.clone(),
        bits: bits.unwrap_or_default(),
        leveling,
        sounds: Vec::new(),
    };
    Ok(Book::open(&arguments.output, receipt, arguments.force)?)
}

/// What the meter nodes of the mix show at its end: to people, and to programs.
fn meters(opened: &Opened, metered: &Metered) -> Result<Vec<(String, Value)>, Failure> {
    let main = opened.main()?;
    let name = |strip: &Id| {
        let track = main.track(*strip).map(|(_, track)| track.header.name.clone());
        let bus = || main.buses.get(strip).map(|bus| bus.name.clone());
        let named = track.or_else(bus).filter(|name| !name.is_empty());
        named.unwrap_or_else(|| strip.to_string())
    };
    let found = metered.gauges().into_iter().flat_map(|gauges| &gauges.meters);
    Ok(found
        .map(|((strip, node), reading)| {
            let figures = figures(reading);
            let shown = figures.iter().filter_map(|(what, figure, unit)| {
                figure.map(|figure| format!("{what} {figure:.1} {unit}"))
            });
            let shown: Vec<String> = shown.collect();
            let words = format!("{} ({node}): {}", name(strip), shown.join(", "));
            let mut object = json!({"strip": strip, "node": node});
            for (what, figure, _) in figures {
                object[what.replace([' ', '-'], "_")] = json!(figure);
            }
            (words, object)
        })
        .collect())
}

/// What a meter shows, with units; a figure is absent where there was nothing to be measured.
fn figures(reading: &Reading) -> [(&'static str, Option<f64>, &'static str); 6] {
    let finite = |figure: f32| Some(f64::from(figure)).filter(|figure| figure.is_finite());
    let decibels = |factor: f32| finite(20.0 * factor.log10());
    [
        ("integrated", finite(reading.integrated()), "LUFS"),
        ("range", finite(reading.range()), "LU"),
        ("momentary", finite(reading.loudest_momentary()), "LUFS"),
        ("short-term", finite(reading.loudest_short_term()), "LUFS"),
        ("true peak", decibels(reading.true_peak()), "dBTP"),
        ("correlation", finite(reading.correlation()), ""),
    ]
}

/// The preset that the file's name and the bits ask for.
fn preset_of(arguments: &Arguments) -> Result<Preset, Failure> {
    let extension = arguments.output.extension().unwrap_or_default();
    if !extension.eq_ignore_ascii_case("flac") {
        return preset(arguments.bits);
    }
    let found = presets::find("sound-flac").filter(|_| matches!(arguments.bits, Bits::TwentyFour));
    found.cloned().ok_or_else(|| {
        Failure::call("FLAC holds 24 bits here: leave --bits out, or name a .wav file")
    })
}

pub(super) fn preset(bits: Bits) -> Result<Preset, Failure> {
    let wave =
        presets::find("sound-wav").ok_or_else(|| Failure::call("there is no Wave preset"))?;
    let codec = match bits {
        Bits::Sixteen => SoundCodec::Pcm16,
        Bits::TwentyFour => SoundCodec::Pcm24,
        Bits::Float => SoundCodec::Float32,
    };
    let sound = wave.sound.clone().map(|sound| SoundTarget { codec, ..sound });
    Ok(Preset { sound, ..wave.clone() })
}

fn name_of(stem: Stem) -> String {
    match stem {
        Stem::Bus(id) => id.to_string(),
        Stem::Role(None) => "other".to_owned(),
        Stem::AllBut(Role::Dialogue) => "music-and-effects".to_owned(),
        Stem::AllBut(role) => format!("all-but-{}", name_of(Stem::Role(Some(role)))),
        Stem::Role(Some(role)) => serde_json::to_value(role)
            .ok()
            .and_then(|name| name.as_str().map(str::to_owned))
            .unwrap_or_else(|| "other".to_owned()),
    }
}

fn words(report: &Report) -> String {
    let loudness = report.loudness.map(|found| format!(", {found}")).unwrap_or_default();
    format!("{} samples{loudness}: {}", report.samples, report.path.display())
}
