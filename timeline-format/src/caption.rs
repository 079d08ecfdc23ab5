//! Captions: what is said, written under the picture, in one language.

use crate::parameter::is_default;
use crate::{Extra, Id, Param, markup};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The captions of a sequence in one language.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Captions {
    /// What they are called.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub name: String,
    /// The language, as BCP 47 writes it: `en`, `pt-BR`.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub language: String,
    /// Drawn into the picture.
    #[serde(default, skip_serializing_if = "is_default")]
    pub burned: bool,
    /// How they look where they are drawn, by parameter; what is absent has its default.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub style: BTreeMap<String, Param>,
    /// Unknown fields.
    #[serde(flatten)]
    pub extra: Extra,
    /// The cues, in order of their first frames.
    #[serde(default)]
    pub cues: Vec<Cue>,
}

/// One text for a while: frames `[at, at + length)` of the sequence.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Cue {
    /// Its id, unique in its captions.
    pub id: Id,
    /// Its first frame.
    pub at: i64,
    /// How many frames it is seen.
    pub length: i64,
    /// Who speaks.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub speaker: String,
    /// How its lines stand.
    #[serde(default, skip_serializing_if = "is_default")]
    pub align: CueAlign,
    /// How high it is.
    #[serde(default, skip_serializing_if = "is_default")]
    pub place: CuePlace,
    /// Settings of other programs that are kept: WebVTT's.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub settings: String,
    /// Unknown fields.
    #[serde(flatten)]
    pub extra: Extra,
    /// What is written, with [`markup`].
    pub text: String,
}

/// How the lines of a cue stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum CueAlign {
    /// In the middle.
    #[default]
    Centre,
    /// At the left.
    Left,
    /// At the right.
    Right,
}

/// How high a cue is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum CuePlace {
    /// At the foot of the picture.
    #[default]
    Bottom,
    /// In the middle.
    Middle,
    /// At the head.
    Top,
}

impl Cue {
    /// A text from a frame on.
    pub fn new(id: Id, at: i64, length: i64, text: impl Into<String>) -> Self {
        Self {
            id,
            at,
            length,
            speaker: String::new(),
            align: CueAlign::default(),
            place: CuePlace::default(),
            settings: String::new(),
            extra: Extra::new(),
            text: text.into(),
        }
    }

    /// The first frame at which it is no longer seen.
    pub const fn end(&self) -> i64 {
        self.at.saturating_add(self.length)
    }

    /// What is written, without marks.
    pub fn plain(&self) -> String {
        markup::plain(&self.text)
    }
}

impl Captions {
    /// The cues that are seen at a frame, in their order.
    pub fn at(&self, frame: i64) -> impl Iterator<Item = &Cue> {
        let end = self.cues.partition_point(|cue| cue.at <= frame);
        self.cues[..end].iter().filter(move |cue| frame < cue.end())
    }

    /// The cue of this id.
    pub fn cue(&self, id: Id) -> Option<&Cue> {
        self.cues.iter().find(|cue| cue.id == id)
    }

    /// Puts the cues in order: by first frame, then by last, then as they were.
    pub fn sort(&mut self) {
        self.cues.sort_by_key(|cue| (cue.at, cue.end()));
    }

    /// What they are called: by name, by language, or by their id.
    pub fn title(&self, id: Id) -> String {
        let words = [&self.name, &self.language].into_iter().find(|words| !words.is_empty());
        words.cloned().unwrap_or_else(|| id.to_string())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn id(text: &str) -> Id {
        Id::parse(text).unwrap()
    }

    #[test]
    fn a_cue_is_plain_in_text() {
        let text =
            r#"{"id":"c1","at":24,"length":48,"speaker":"Ann","place":"top","text":"Hello"}"#;
        let cue: Cue = serde_json::from_str(text).unwrap();
        assert_eq!((cue.end(), cue.place, cue.align), (72, CuePlace::Top, CueAlign::Centre));
        assert_eq!(serde_json::to_string(&cue).unwrap(), text);
    }

    #[test]
    fn cues_are_seen_from_their_first_frame_to_the_one_before_their_end() {
        let cues = [("a", 0, 10), ("b", 10, 5), ("c", 12, 8)];
        let cues = cues.map(|(name, at, length)| Cue::new(id(name), at, length, name));
        let captions = Captions { cues: cues.to_vec(), ..Captions::default() };
        let seen = |frame| captions.at(frame).map(|cue| cue.text.as_str()).collect::<String>();
        assert_eq!([0, 9, 10, 12, 15, 19, 20].map(seen), ["a", "a", "b", "bc", "c", "c", ""]);
        assert_eq!(seen(-1), "");
    }
}
