//! Which of many files are takes of one shot, and which takes are nearly one.
//!
//! What made a picture says the most: the same prompt is the same shot. Where nothing is known of the
//! making, the name does; a file that is alone by its name belongs where it looks like the others. The
//! same files give the same shots, in whatever order they are found.

use crate::edit::names::{in_order, shot_name};

/// Takes whose likenesses differ in at most so many of 64 bits are nearly one: they lie in one stack.
pub const NEAR: u32 = 6;
/// A file that is alone belongs to the shot with a take whose likeness differs in at most so many bits.
pub const KIN: u32 = 10;
/// Words of a prompt that name a shot.
const WORDS: usize = 5;

/// A file that may be a take.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Candidate {
    /// Where it is: its name says which shot.
    pub path: String,
    /// What its generator was asked for, where that is known.
    pub prompt: Option<String>,
    /// What it looks like, in 64 bits that are compared one by one.
    pub likeness: Option<u64>,
}

/// Takes that are of one shot.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ShotOf {
    /// A name for it, which no other of them has.
    pub name: String,
    /// Places in the list of candidates, in the order of their names, stack by stack: near-duplicates
    /// are together, and the first of a stack stands for it.
    pub stacks: Vec<Vec<usize>>,
}

impl ShotOf {
    /// All its takes, in order.
    pub fn takes(&self) -> impl Iterator<Item = usize> {
        self.stacks.iter().flatten().copied()
    }
}

/// A shot to be.
#[derive(Debug, Default)]
struct Group {
    prompt: Option<String>,
    takes: Vec<usize>,
}

/// Puts candidates together into shots.
pub fn into_shots(found: &[Candidate]) -> Vec<ShotOf> {
    let mut order: Vec<usize> = (0..found.len()).collect();
    order.sort_by(|a, b| in_order(&found[*a].path, &found[*b].path).then(a.cmp(b)));
    let stems: Vec<String> = found.iter().map(|one| shot_name(&one.path)).collect();
    let mut groups = by_prompt(found, &order);
    for at in order.iter().copied().filter(|at| plain(found[*at].prompt.as_deref()).is_none()) {
        let home = home_of(&groups, &stems, at);
        let home = home.unwrap_or_else(|| {
            groups.push(Group::default());
            groups.len() - 1
        });
        groups[home].takes.push(at);
    }
    let mut groups = with_kin(groups, found);
    let mut places = vec![0; found.len()];
    order.iter().enumerate().for_each(|(place, at)| places[*at] = place);
    groups.iter_mut().for_each(|group| group.takes.sort_by_key(|at| places[*at]));
    groups.sort_by_key(|group| group.takes.first().map(|at| places[*at]));
    named(&groups, &stems)
        .into_iter()
        .zip(&groups)
        .map(|(name, group)| ShotOf { name, stacks: stacked(&group.takes, found) })
        .collect()
}

/// A prompt as it is compared: letters and figures, whatever lies between.
fn plain(prompt: Option<&str>) -> Option<String> {
    let words = prompt?.split(|letter: char| !letter.is_alphanumeric());
    let words: Vec<String> = words.filter(|word| !word.is_empty()).map(str::to_lowercase).collect();
    (!words.is_empty()).then(|| words.join(" "))
}

fn by_prompt(found: &[Candidate], order: &[usize]) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    for at in order {
        let Some(prompt) = plain(found[*at].prompt.as_deref()) else { continue };
        match groups.iter_mut().find(|group| group.prompt.as_ref() == Some(&prompt)) {
            Some(group) => group.takes.push(*at),
            None => groups.push(Group { prompt: Some(prompt), takes: vec![*at] }),
        }
    }
    groups
}

/// The group that a file without a prompt belongs to by its name: the only one of that name, or of
/// several the one in which no prompt is known.
fn home_of(groups: &[Group], stems: &[String], at: usize) -> Option<usize> {
    let is_named = |group: &Group| group.takes.iter().any(|take| stems[*take] == stems[at]);
    let named: Vec<usize> = (0..groups.len()).filter(|nth| is_named(&groups[*nth])).collect();
    match named[..] {
        [one] => Some(one),
        _ => named.into_iter().find(|nth| groups[*nth].prompt.is_none()),
    }
}

/// Brings files that are alone, and of whose making nothing is known, to those that they look like.
fn with_kin(mut groups: Vec<Group>, found: &[Candidate]) -> Vec<Group> {
    for nth in 0..groups.len() {
        let [alone] = groups[nth].takes[..] else { continue };
        if groups[nth].prompt.is_some() {
            continue;
        }
        let others = (0..groups.len()).filter(|other| *other != nth);
        let nearest =
            others.filter_map(|other| Some((nearness(&groups[other], found, alone)?, other)));
        if let Some((_, home)) = nearest.filter(|(bits, _)| *bits <= KIN).min() {
            groups[nth].takes.clear();
            groups[home].takes.push(alone);
        }
    }
    groups.retain(|group| !group.takes.is_empty());
    groups
}

fn nearness(group: &Group, found: &[Candidate], alone: usize) -> Option<u32> {
    group.takes.iter().filter_map(|take| apart(&found[*take], &found[alone])).min()
}

/// In how many bits two look different; `None` where that is not known.
fn apart(a: &Candidate, b: &Candidate) -> Option<u32> {
    Some((a.likeness? ^ b.likeness?).count_ones())
}

/// Takes in stacks.
fn stacked(takes: &[usize], found: &[Candidate]) -> Vec<Vec<usize>> {
    let likenesses: Vec<Option<u64>> = takes.iter().map(|take| found[*take].likeness).collect();
    let places = stacks(&likenesses).into_iter();
    places.map(|stack| stack.into_iter().map(|place| takes[place]).collect()).collect()
}

/// Near-duplicates in stacks, by their places in the list of what takes look like in 64 bits: each lies with the
/// first that it is nearly one with, and one of which that is not known lies alone.
pub fn stacks(likenesses: &[Option<u64>]) -> Vec<Vec<usize>> {
    let mut stacks: Vec<Vec<usize>> = Vec::new();
    for (place, likeness) in likenesses.iter().enumerate() {
        let is_near = |stack: &&mut Vec<usize>| match (likenesses[stack[0]], likeness) {
            (Some(first), Some(likeness)) => (first ^ likeness).count_ones() <= NEAR,
            _ => false,
        };
        match stacks.iter_mut().find(is_near) {
            Some(stack) => stack.push(place),
            None => stacks.push(vec![place]),
        }
    }
    stacks
}

/// Names for groups: what their files are called, else what was asked for; no two alike.
fn named(groups: &[Group], stems: &[String]) -> Vec<String> {
    let usual = |group: &Group| usual(group.takes.iter().map(|take| stems[*take].as_str()));
    let all: Vec<&str> = groups.iter().map(usual).collect();
    let mut names: Vec<String> = Vec::new();
    for (group, stem) in groups.iter().zip(&all) {
        let is_own = !stem.is_empty() && all.iter().filter(|other| *other == stem).count() == 1;
        let asked = group
            .prompt
            .as_deref()
            .map(|prompt| prompt.split(' ').take(WORDS).collect::<Vec<_>>().join(" "));
        let name = if is_own { None } else { asked }.unwrap_or_else(|| (*stem).to_owned());
        let name = if name.is_empty() { "shot".to_owned() } else { name };
        names.push(unlike(&name, &names));
    }
    names
}

/// The word that comes most often, the first of several.
fn usual<'a>(words: impl Iterator<Item = &'a str> + Clone) -> &'a str {
    let count = |word: &str| words.clone().filter(|other| *other == word).count();
    let mut best = ("", 0);
    for word in words.clone() {
        let times = count(word);
        best = if times > best.1 { (word, times) } else { best };
    }
    best.0
}

fn unlike(name: &str, names: &[String]) -> String {
    let numbered = (2..).map(|number| format!("{name} {number}"));
    let mut all = std::iter::once(name.to_owned()).chain(numbered);
    all.find(|name| !names.contains(name)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn one(path: &str, prompt: &str, likeness: u64) -> Candidate {
        let prompt = (!prompt.is_empty()).then(|| prompt.to_owned());
        Candidate { path: path.to_owned(), prompt, likeness: Some(likeness) }
    }

    fn drawn(found: &[Candidate]) -> Vec<(String, String)> {
        let path = |at: &usize| found[*at].path.as_str();
        let stack = |stack: &Vec<usize>| stack.iter().map(path).collect::<Vec<_>>().join("+");
        let shots = into_shots(found).into_iter();
        shots
            .map(|shot| (shot.name, shot.stacks.iter().map(stack).collect::<Vec<_>>().join(" ")))
            .collect()
    }

    #[track_caller]
    fn check(found: &[Candidate], expected: &[(&str, &str)]) {
        let expected: Vec<_> =
            expected.iter().map(|(a, b)| ((*a).to_owned(), (*b).to_owned())).collect();
        assert_eq!(drawn(found), expected);
        let mut turned = found.to_vec();
        turned.reverse();
        assert_eq!(drawn(&turned), expected, "turned round");
    }

    const FAR: u64 = 0xffff_0000_ffff;

    #[test]
    fn names_make_shots_and_numbers_make_takes() {
        let files = [
            one("harbour_take10.png", "", 0),
            one("harbour_take9.png", "", FAR),
            one("street-1.png", "", FAR << 8),
        ];
        check(
            &files,
            &[("harbour", "harbour_take9.png harbour_take10.png"), ("street", "street-1.png")],
        );
    }

    #[test]
    fn a_prompt_says_more_than_a_name() {
        let files = [
            one("ComfyUI_1.png", "a quiet harbour at dawn, mist", 0),
            one("ComfyUI_2.png", "a street", FAR),
            one("ComfyUI_3.png", "A quiet harbour, at dawn: mist", FAR << 8),
            one("ComfyUI_4.png", "", FAR << 4),
        ];
        check(
            &files,
            &[
                ("a quiet harbour at dawn", "ComfyUI_1.png ComfyUI_3.png"),
                ("a street", "ComfyUI_2.png"),
                ("comfyui", "ComfyUI_4.png"),
            ],
        );
    }

    #[test]
    fn what_is_alone_goes_to_its_likes_and_near_duplicates_lie_in_a_stack() {
        let files = [
            one("quay_1.png", "", 0),
            one("quay_2.png", "", 0b11_1111),
            one("quay_3.png", "", 0xff << 20),
            one("untitled.png", "", 0x3ff),
            one("elsewhere.png", "", 0xfff_ffff_ffff),
        ];
        check(
            &files,
            &[
                ("elsewhere", "elsewhere.png"),
                ("quay", "quay_1.png+quay_2.png quay_3.png untitled.png"),
            ],
        );
        assert_eq!((NEAR, KIN), (6, 10));
    }
}
