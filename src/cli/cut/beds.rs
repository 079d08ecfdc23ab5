//! The beds of places: laid, changed, taken out.

use super::Bench;
use super::effects::constants;
use super::name::value_of_name;
use crate::cli::Failure;
use crate::edit::{self, Edited, Refused};
use crate::play;
use crate::sound::generators;
use clap::Args;
use serde_json::json;
use std::collections::BTreeMap;
use std::sync::Arc;
use timeline_format::media::MediaKind;
use timeline_format::{Bed as Layer, Frames, Id, Param, Role, Source, Value};

/// Lay a bed into a place, or change the one that has the id.
#[derive(Debug, Args)]
#[command(
    after_help = "Example:\n  roomtone cut film.roomtone bed kitchen generator:rain --outside --gain -3 --set rate=8"
)]
pub(super) struct Bed {
    /// The place.
    place: String,
    /// What sounds: generator:NAME, or a media, a shot or a sequence, by id.
    source: String,
    /// Its id in the place; absent: the name of its source.
    #[arg(long)]
    id: Option<Id>,
    /// What it is called.
    #[arg(long)]
    name: Option<String>,
    /// Where it goes: ambience, room-tone, ...
    #[arg(long, value_parser = super::tracks::role)]
    role: Option<Role>,
    /// Heard through what stands between the place and what is outside.
    #[arg(long)]
    outside: bool,
    /// Level in dB.
    #[arg(long, allow_negative_numbers = true)]
    gain: Option<f64>,
    /// From -1, left, to 1, right.
    #[arg(long, allow_negative_numbers = true)]
    pan: Option<f64>,
    /// The first frame or sample of a recording that is used, on its own grid.
    #[arg(long = "in", value_name = "FRAME")]
    source_in: Option<Frames>,
    /// The first that is not.
    #[arg(long = "out", value_name = "FRAME")]
    source_out: Option<Frames>,
    /// The crossfade with which a recording starts over.
    #[arg(long = "loop", value_name = "LENGTH")]
    loop_fade: Option<String>,
    /// Find where the recording starts over best, and set its first and last frame there.
    #[arg(long, conflicts_with_all = ["source_in", "source_out"])]
    find_loop: bool,
    /// A value of the generator, such as rate=8; more than one may be given.
    #[arg(long = "set", value_name = "NAME=VALUE", value_parser = value_of_name)]
    values: Vec<(String, Value)>,
}

impl Bed {
    pub(super) fn edit(&self, bench: &mut Bench<'_>) -> Result<Edited, Failure> {
        let place = bench.place(&self.place)?;
        let source = bench.source(&self.source)?;
        let id = self.id.or_else(|| id_of(&source)).unwrap_or_else(|| bench.ids.next_id());
        let known = bench.film.places.get(&place);
        let before = known.and_then(|place| place.beds.iter().find(|bed| bed.id == id)).cloned();
        let is_there = before.is_some();
        let mut bed = before.unwrap_or_else(|| Layer::new(id, source.clone()));
        self.change(&mut bed, source, bench)?;
        if self.find_loop {
            find_loop(&mut bed, bench)?;
        }
        Ok(edit::change_place(bench.film, place, |place| {
            match place.beds.iter_mut().find(|known| known.id == id) {
                Some(known) => *known = bed,
                None => place.beds.push(bed),
            }
            Ok(())
        })?)
        .map(|edited| if is_there { edited } else { Edited { made: vec![id], ..edited } })
    }

    fn change(&self, bed: &mut Layer, source: Source, bench: &Bench<'_>) -> Result<(), Failure> {
        let values = match (&bed.source, &source) {
            (Source::Generator(old), Source::Generator(new)) if old.kind == new.kind => {
                old.values.clone()
            }
            _ => BTreeMap::new(),
        };
        bed.source = source;
        match &mut bed.source {
            Source::Generator(made) => {
                made.values = values;
                made.values.extend(constants(&self.values));
                valued(made)?;
            }
            _ if !self.values.is_empty() => {
                return Err(Failure::call(
                    "--set gives values to a generator, and this plays none",
                ));
            }
            _ => {}
        }
        let fade = self.loop_fade.as_deref().map(|text| bench.length(text)).transpose()?;
        bed.loop_fade = fade.map(Frames::whole).or(bed.loop_fade);
        bed.source_in = self.source_in.unwrap_or(bed.source_in);
        bed.source_out = self.source_out.or(bed.source_out);
        bed.outside |= self.outside;
        bed.role = self.role.unwrap_or(bed.role);
        bed.name.clone_from(self.name.as_ref().unwrap_or(&bed.name.clone()));
        bed.strip.gain = self.gain.map(Param::number).or_else(|| bed.strip.gain.take());
        bed.strip.pan = self.pan.map(Param::number).or_else(|| bed.strip.pan.take());
        Ok(())
    }
}

/// Sets where a bed's recording starts over best.
fn find_loop(bed: &mut Layer, bench: &mut Bench<'_>) -> Result<(), Failure> {
    let Source::Media(id) = bed.source else {
        return Err(Failure::call("--find-loop is for a recording: a media, by its id"));
    };
    let media = bench.film.media.get(&id);
    if media.is_none_or(|media| media.kind != MediaKind::Sound) {
        return Err(Failure::call("--find-loop counts in samples: the media is to be sound alone"));
    }
    let rate = bench.main.header.rate.ratio().to_f64();
    let fade = bed.loop_fade.map_or(0.5, |frames| frames.to_f64() / rate);
    let film = Arc::new(bench.film.clone());
    let found = play::loop_points(&film, &bench.folder, id, fade)?;
    bed.source_in = Frames::whole(found.start);
    bed.source_out = Some(Frames::whole(found.end));
    let words = format!(
        "starts over at sample {} with sample {}, {:.1} dB apart",
        found.end, found.start, found.apart
    );
    let object = json!({"loop": {"in": found.start, "out": found.end, "apart": found.apart}});
    bench.said.push((words, object));
    Ok(())
}

/// Refuses values that a generator does not have.
fn valued(made: &timeline_format::clip::Generator) -> Result<(), Failure> {
    let Some(known) = generators::find(&made.kind) else {
        return Err(Failure::call(format!("{} is seen, and makes no sound", made.kind)));
    };
    let is_known = |name: &&String| known.parameters.iter().any(|known| known.id == **name);
    match made.values.keys().find(|name| !is_known(name)) {
        None => Ok(()),
        Some(name) => {
            let names: Vec<_> = known.parameters.iter().map(|known| known.id).collect();
            let words =
                format!("{} has no value called {name:?}; it has {}", made.kind, names.join(", "));
            Err(Failure::call(words))
        }
    }
}

/// The id of a bed that is called as its source.
fn id_of(source: &Source) -> Option<Id> {
    match source {
        Source::Generator(made) => Id::parse(&made.kind),
        Source::Shot(id) | Source::Media(id) | Source::Sequence(id) => Some(*id),
    }
}

/// Take a bed out of a place.
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  roomtone cut film.roomtone remove-bed kitchen rain")]
pub(super) struct RemoveBed {
    /// The place.
    place: String,
    /// The bed.
    bed: Id,
}

impl RemoveBed {
    pub(super) fn edit(&self, bench: &mut Bench<'_>) -> Result<Edited, Failure> {
        let (place, id) = (bench.place(&self.place)?, self.bed);
        Ok(edit::change_place(bench.film, place, |place| {
            let count = place.beds.len();
            place.beds.retain(|bed| bed.id != id);
            let missing = Refused::NoSuch { what: "bed of the place", id };
            if place.beds.len() < count { Ok(()) } else { Err(missing) }
        })?)
    }
}
