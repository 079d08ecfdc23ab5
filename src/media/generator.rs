//! The texts that generators of pictures write, understood: Automatic1111 and its kin
//! (`parameters`), ComfyUI (`prompt`, a graph of nodes), InvokeAI, NovelAI and Fooocus (JSON), Midjourney
//! (`description`).

use crate::media::origin::Origin;
use serde_json::{Map, Value};

/// The longest text that is kept as it is, in bytes.
const LONGEST: usize = 64 << 10;

/// How deep JSON is searched.
const DEEPEST: usize = 12;

/// What stands before the number of a job of Midjourney's.
const JOB: &str = "Job ID:";

/// Names that generators give to what we call by the first of each row.
const NAMES: &[(&str, &[&str])] = &[
    ("prompt", &["prompt", "positive_prompt", "positive", "positive prompt"]),
    (
        "negative_prompt",
        &["negative_prompt", "negative prompt", "uc", "negative", "negativeprompt"],
    ),
    ("seed", &["seed", "noise_seed"]),
    ("model", &["model", "ckpt_name", "unet_name", "model_name", "base_model", "model_id"]),
    ("sampler", &["sampler", "sampler_name", "scheduler_name"]),
    ("steps", &["steps", "num_inference_steps"]),
    ("cfg", &["cfg", "cfg scale", "cfg_scale", "guidance_scale", "scale", "guidance"]),
];

/// Adds what `text`, found under `name`, says to `origin`. What is there already stays.
pub(super) fn understand(name: &str, text: &str, origin: &mut Origin) {
    let name = name.to_lowercase();
    let text = text.trim_matches(['\0', ' ', '\n']);
    if text.is_empty() || text.len() > 16 * LONGEST {
        return;
    }
    if let Ok(value) = serde_json::from_str::<Value>(text)
        && (value.is_object() || value.is_array())
    {
        fields(&value, origin, 0);
        if matches!(name.as_str(), "workflow" | "prompt") && text.len() <= LONGEST {
            add(origin, if name == "prompt" { "graph" } else { "workflow" }, text);
        }
        return;
    }
    if let Some((inner, json)) = text.split_once(':').filter(|(_, rest)| rest.starts_with('{'))
        && matches!(inner, "prompt" | "workflow")
    {
        return understand(inner, json, origin);
    }
    if name == "description" && text.contains(JOB) {
        return flags(text, origin);
    }
    if name == "parameters" || text.contains("\nSteps: ") || text.starts_with("Steps: ") {
        parameters(text, origin);
    } else if name != "xmp" && text.len() <= LONGEST {
        let known = NAMES.iter().find(|(_, spelled)| spelled.contains(&name.as_str()));
        add(origin, known.map_or(name.as_str(), |known| known.0), text);
    } else if let Some(description) = between(text, "<dc:description>", "</dc:description>") {
        add(origin, "description", &plain(description));
    }
}

fn add(origin: &mut Origin, name: &str, text: &str) {
    if !text.is_empty() {
        origin.entry(name.to_owned()).or_insert_with(|| text.to_owned());
    }
}

/// Automatic1111: the prompt, a line `Negative prompt: ...`, a line `Steps: 20, Sampler: ...`.
fn parameters(text: &str, origin: &mut Origin) {
    let (said, settings) = match text.rfind("\nSteps: ") {
        Some(at) => (&text[..at], &text[at + 1..]),
        None if text.starts_with("Steps: ") => ("", text),
        None => (text, ""),
    };
    let (prompt, negative) = said.split_once("Negative prompt:").unwrap_or((said, ""));
    add(origin, "prompt", prompt.trim());
    add(origin, "negative_prompt", negative.trim());
    for setting in settings.split(['\n', ',']) {
        let Some((name, value)) = setting.split_once(':') else { continue };
        let (name, value) = (name.trim().to_lowercase(), value.trim());
        if let Some((known, _)) = NAMES.iter().find(|(_, spelled)| spelled.contains(&name.as_str()))
        {
            add(origin, known, value);
        }
    }
}

/// Midjourney: the prompt, then flags such as `--seed 7 --v 6.1`, then the job.
fn flags(text: &str, origin: &mut Origin) {
    let said = text.split(JOB).next().unwrap_or(text).trim();
    let mut parts = said.split(" --");
    add(origin, "prompt", parts.next().unwrap_or_default().trim());
    let mut model = "Midjourney".to_owned();
    for flag in parts {
        let (name, value) = flag.trim().split_once(' ').unwrap_or((flag, ""));
        match name {
            "v" | "version" => model = format!("Midjourney {value}"),
            "niji" => model = ["Midjourney niji", value].join(" ").trim_end().into(),
            "no" => add(origin, "negative_prompt", value),
            "seed" => add(origin, "seed", value),
            _ => {}
        }
    }
    add(origin, "model", &model);
}

fn is_node(value: &Value) -> bool {
    value.get("class_type").is_some() && value.get("inputs").is_some()
}

/// ComfyUI: the sampler's node says seed, steps and sampler, and which nodes hold the prompts.
fn graph(nodes: &Map<String, Value>, origin: &mut Origin) {
    for node in nodes.values().filter(|node| is_node(node)) {
        let inputs = &node["inputs"];
        if inputs.get("positive").is_some() || inputs.get("noise_seed").is_some() {
            for (name, end) in [("prompt", "positive"), ("negative_prompt", "negative")] {
                if let Some(text) = text_of(nodes, &inputs[end], 0) {
                    add(origin, name, &text);
                }
            }
        }
        scalars(inputs, origin);
    }
}

/// The text that a link of the graph comes from.
fn text_of(nodes: &Map<String, Value>, link: &Value, depth: usize) -> Option<String> {
    if let Value::String(text) = link {
        return Some(text.clone());
    }
    let node = nodes.get(link.get(0)?.as_str()?).filter(|_| depth < DEEPEST)?;
    let inputs = node.get("inputs")?.as_object()?;
    ["text", "text_g", "string", "prompt", "value", "conditioning", "positive"]
        .into_iter()
        .find_map(|name| text_of(nodes, inputs.get(name)?, depth + 1))
}

/// JSON: a graph of nodes, or the fields that we know, the outermost first. Texts of known names may
/// hold JSON again.
fn fields(value: &Value, origin: &mut Origin, depth: usize) {
    if let Value::Object(nodes) = value
        && nodes.values().any(is_node)
    {
        graph(nodes, origin);
        return;
    }
    for name in ["prompt", "workflow", "parameters", "extra"] {
        if let Some(Value::String(text)) = value.get(name)
            && let Ok(inner) = serde_json::from_str::<Value>(text)
            && inner.is_object()
            && depth < DEEPEST
        {
            fields(&inner, origin, depth + 1);
        }
    }
    scalars(value, origin);
    if let Some(Value::String(sampler)) = value.get("scheduler") {
        add(origin, "sampler", sampler);
    }
    let inner = match value {
        Value::Object(fields) => fields.values().collect::<Vec<_>>(),
        Value::Array(items) => items.iter().collect(),
        _ => return,
    };
    for value in inner.into_iter().filter(|_| depth < DEEPEST) {
        fields(value, origin, depth + 1);
    }
}

fn scalars(value: &Value, origin: &mut Origin) {
    let Value::Object(fields) = value else { return };
    for (name, value) in fields {
        let name = name.to_lowercase();
        let known = NAMES.iter().find(|(_, spelled)| spelled.contains(&name.as_str()));
        let text = match value {
            Value::String(text) => text.clone(),
            Value::Number(number) => number.to_string(),
            Value::Object(inner) => match inner.get("model_name").or_else(|| inner.get("name")) {
                Some(Value::String(text)) => text.clone(),
                _ => continue,
            },
            _ => continue,
        };
        if let Some((known, _)) = known
            && text.len() <= LONGEST
        {
            add(origin, known, &text);
        }
    }
}

fn between<'a>(text: &'a str, start: &str, end: &str) -> Option<&'a str> {
    let rest = &text[text.find(start)? + start.len()..];
    Some(&rest[..rest.find(end)?])
}

/// XML without its tags.
fn plain(xml: &str) -> String {
    let mut depth = 0;
    let letters = xml.chars().filter(|letter| {
        depth += i32::from(*letter == '<');
        let outside = depth == 0;
        depth -= i32::from(*letter == '>');
        outside
    });
    letters.collect::<String>().trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(name: &str, text: &str) -> Origin {
        let mut origin = Origin::new();
        understand(name, text, &mut origin);
        origin
    }

    #[test]
    fn parameters_are_taken_apart() {
        let text = "a quiet room,\nmorning light\nNegative prompt: people, text\n\
            Steps: 20, Sampler: DPM++ 2M Karras, CFG scale: 7, Seed: 1234, Size: 512x512, Model: sd_xl";
        let origin = of("parameters", text);
        for (name, value) in [
            ("prompt", "a quiet room,\nmorning light"),
            ("negative_prompt", "people, text"),
            ("steps", "20"),
            ("sampler", "DPM++ 2M Karras"),
            ("seed", "1234"),
            ("model", "sd_xl"),
            ("cfg", "7"),
        ] {
            assert_eq!(origin.get(name).map(String::as_str), Some(value), "{name}");
        }
    }

    #[test]
    fn a_graph_is_followed_to_its_prompts() {
        let text = r#"{"3":{"class_type":"KSampler","inputs":{"seed":42,"steps":8,"cfg":1.5,
            "sampler_name":"euler","positive":["6",0],"negative":["7",0],"model":["4",0]}},
            "4":{"class_type":"CheckpointLoaderSimple","inputs":{"ckpt_name":"x.safetensors"}},
            "6":{"class_type":"CLIPTextEncode","inputs":{"text":"a coast","clip":["4",1]}},
            "7":{"class_type":"CLIPTextEncode","inputs":{"text":"blurry","clip":["4",1]}}}"#;
        let origin = of("prompt", text);
        assert_eq!(origin["prompt"], "a coast");
        assert_eq!(origin["negative_prompt"], "blurry");
        assert_eq!((origin["seed"].as_str(), origin["sampler"].as_str()), ("42", "euler"));
        assert_eq!(origin["model"], "x.safetensors");
        assert!(origin.contains_key("graph"));
    }

    #[test]
    fn a_description_of_a_job_is_a_prompt_and_flags() {
        let text = "a quiet harbour, mist --ar 16:9 --seed 4711 --no people, text --v 6.1 \
            Job ID: 0a1b2c3d-0000-4000-8000-000000000000";
        let origin = of("Description", text);
        assert_eq!(origin["prompt"], "a quiet harbour, mist");
        assert_eq!((origin["seed"].as_str(), origin["model"].as_str()), ("4711", "Midjourney 6.1"));
        assert_eq!(origin["negative_prompt"], "people, text");
        assert_eq!(of("description", "Job ID: 1")["model"], "Midjourney");
        assert_eq!(of("description", "a pier -- at dusk")["description"], "a pier -- at dusk");
    }

    #[test]
    fn a_graph_behind_its_name_is_a_graph() {
        let text = r#"prompt:{"3":{"class_type":"KSampler","inputs":{"seed":42,"positive":["6",0]}},
            "6":{"class_type":"CLIPTextEncode","inputs":{"text":"a coast"}}}"#;
        let origin = of("model", text);
        assert_eq!((origin["prompt"].as_str(), origin["seed"].as_str()), ("a coast", "42"));
        assert!(!origin.contains_key("model"));
        let invoke = r#"{"positive_prompt":"a bay","seed":5,"scheduler":"dpmpp_2m","model":{"name":"flux"}}"#;
        assert_eq!(of("invokeai_metadata", invoke)["sampler"], "dpmpp_2m");
    }

    #[test]
    fn other_json_is_searched_and_nonsense_does_no_harm() {
        let text = r#"{"prompt":"sea","uc":"fog","seed":7,"model":{"model_name":"flux"}}"#;
        let origin = of("comment", text);
        assert_eq!((origin["prompt"].as_str(), origin["negative_prompt"].as_str()), ("sea", "fog"));
        assert_eq!(origin["model"], "flux");
        let loops = r#"{"1":{"class_type":"A","inputs":{"positive":["1",0],"text":["1",0]}}}"#;
        assert!(!of("prompt", loops).contains_key("prompt"));
        for text in ["", "{", "[[[[", "\0\0", "Negative prompt:", "Steps: "] {
            of("parameters", text);
        }
    }
}
