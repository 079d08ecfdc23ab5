//! What captions say of themselves: their name, language, look, and whether they are drawn.

use super::Desk;
use crate::cli::Failure;
use crate::cli::cut::value_of_name;
use crate::edit::{self, Edited};
use crate::picture::{generators, values};
use clap::Args;
use timeline_format::{Param, Value};

/// Set what captions are called, and how they look where they are drawn into the picture.
#[derive(Debug, Args)]
#[command(
    after_help = "Example:\n  roomtone captions film.roomtone set --burned true --set size=6 --set colour=[1,1,0]"
)]
pub(super) struct Set {
    /// Which captions: by id, name or language.
    #[arg(long)]
    of: Option<String>,
    /// What they are called.
    #[arg(long)]
    name: Option<String>,
    /// The language, as BCP 47 writes it.
    #[arg(long)]
    language: Option<String>,
    /// Whether they are drawn into the picture.
    #[arg(long)]
    burned: Option<bool>,
    /// A value of their look: see `caption` of `roomtone list generators`; more than one may be given.
    #[arg(long = "set", value_name = "NAME=VALUE", value_parser = value_of_name)]
    values: Vec<(String, Value)>,
}

impl Set {
    pub(super) fn edit(&self, desk: &mut Desk<'_>) -> Result<Edited, Failure> {
        self.values.iter().try_for_each(|(name, value)| known(name, value))?;
        let (captions, _) = desk.captions(self.of.as_deref())?;
        let change = |all: &mut timeline_format::Captions, _: &mut timeline_format::IdSource| {
            all.name = self.name.clone().unwrap_or_else(|| all.name.clone());
            all.language = self.language.clone().unwrap_or_else(|| all.language.clone());
            all.burned = self.burned.unwrap_or(all.burned);
            let values = self.values.iter().cloned();
            all.style.extend(values.map(|(name, value)| (name, Param::Constant(value))));
            Ok(())
        };
        Ok(edit::change_captions(desk.film, desk.scope, captions, change, &mut desk.ids)?)
    }
}

fn known(name: &str, value: &Value) -> Result<(), Failure> {
    let parameters = generators::named("caption").map_or(&[][..], |caption| caption.parameters);
    let Some(parameter) = parameters.iter().find(|parameter| parameter.id == name) else {
        let names: Vec<_> = parameters.iter().map(|parameter| parameter.id).collect();
        return Err(Failure::call(format!("captions have no {name:?}: {}", names.join(", "))));
    };
    let wanted = values::asked_for(parameter, value);
    wanted.map_or(Ok(()), |wanted| Err(Failure::call(format!("{name} takes {wanted}"))))
}

/// Take captions away.
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  roomtone captions film.roomtone drop --of fr")]
pub(super) struct Drop {
    /// Which captions: by id, name or language.
    #[arg(long)]
    of: Option<String>,
}

impl Drop {
    pub(super) fn edit(&self, desk: &mut Desk<'_>) -> Result<Edited, Failure> {
        let (captions, _) = desk.captions(self.of.as_deref())?;
        Ok(edit::remove_captions(desk.film, desk.scope, captions, &mut desk.ids)?)
    }
}
