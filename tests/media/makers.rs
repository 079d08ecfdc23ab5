//! What generators write of a picture's making is found wherever they write it.

use crate::support::folder::Folder;
use crate::support::{oracle, program};
use roomtone::media;
use std::path::Path;

/// Stills with a generator's words in every place that generators use.
const WRITE: &str = r#"
import json, sys, os
from PIL import Image, PngImagePlugin
folder = sys.argv[1]
at = lambda name: os.path.join(folder, name)
words = "a quiet room, morning\nNegative prompt: people\nSteps: 20, Sampler: Euler a, CFG scale: 7, Seed: 1234, Size: 8x8, Model: deep"
graph = {"3": {"class_type": "KSampler", "inputs": {"seed": 1234, "steps": 20, "cfg": 7, "sampler_name": "Euler a", "positive": ["6", 0], "negative": ["7", 0], "model": ["4", 0]}},
  "4": {"class_type": "CheckpointLoaderSimple", "inputs": {"ckpt_name": "deep"}},
  "6": {"class_type": "CLIPTextEncode", "inputs": {"text": "a quiet room, morning"}}, "7": {"class_type": "CLIPTextEncode", "inputs": {"text": "people"}}}
json.dump(graph, open(at("graph.txt"), "w"))
image = Image.new("RGB", (8, 8), (90, 60, 30))
def png(name, add):
    info = PngImagePlugin.PngInfo()
    add(info)
    image.save(at(name), pnginfo=info)
png("text.png", lambda info: info.add_text("parameters", words))
png("packed.png", lambda info: info.add_text("parameters", words, zip=True))
png("international.png", lambda info: info.add_itxt("parameters", words, zip=True))
png("comfy.png", lambda info: (info.add_text("prompt", json.dumps(graph)), info.add_text("workflow", json.dumps({"nodes": [], "links": []}))))
png("invoke.png", lambda info: info.add_text("invokeai_metadata", json.dumps({"positive_prompt": "a quiet room, morning", "negative_prompt": "people", "seed": 1234, "steps": 20, "cfg_scale": 7, "scheduler": "x", "sampler": "Euler a", "model": {"name": "deep", "hash": "x"}})))
def exif(comment):
    data = Image.Exif()
    data.get_ifd(0x8769)[0x9286] = comment
    return data.tobytes()
image.save(at("big.jpg"), exif=exif(b"UNICODE\0" + words.encode("utf-16-be")))
image.save(at("little.jpg"), exif=exif(b"UNICODE\0" + words.encode("utf-16-le")))
image.save(at("ascii.jpg"), exif=exif(b"ASCII\0\0\0" + words.encode()))
image.save(at("comment.webp"), exif=exif(b"UNICODE\0" + words.encode("utf-16-be")))
xmp = '<?xpacket begin=""?><x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF><rdf:Description><dc:description><rdf:Alt><rdf:li>from the sea</rdf:li></rdf:Alt></dc:description></rdf:Description></rdf:RDF></x:xmpmeta>'
image.save(at("xmp.jpg"), xmp=xmp.encode())
image.save(at("xmp.webp"), xmp=xmp.encode())
png("xmp.png", lambda info: info.add_itxt("XML:com.adobe.xmp", xmp))
image.save(at("beside.png"))
json.dump({"prompt": "a quiet room, morning", "negative_prompt": "people", "seed": 1234, "steps": 20, "sampler": "Euler a", "cfg": 7, "model": "deep"}, open(at("beside.png.json"), "w"))
image.save(at("plain.jpg"))
for name in ["bomb.png"]:
    png(name, lambda info: info.add_text("parameters", "a" * (80 << 20), zip=True))
"#;

fn says_all(path: &Path) {
    let name = path.file_name().unwrap().to_str().unwrap();
    let origin = media::probe(path).unwrap().origin;
    for (key, value) in [
        ("prompt", "a quiet room, morning"),
        ("negative_prompt", "people"),
        ("seed", "1234"),
        ("steps", "20"),
        ("sampler", "Euler a"),
        ("cfg", "7"),
        ("model", "deep"),
    ] {
        assert_eq!(origin.get(key).map(String::as_str), Some(value), "{name}: {key} of {origin:?}");
    }
}

#[test]
fn the_words_of_a_generator_are_found_in_every_place() {
    if !oracle::have("ffmpeg", "words of generators") {
        return;
    }
    let folder = Folder::new();
    oracle::python(WRITE, &[folder.path().to_str().unwrap()]);
    for name in [
        "text.png",
        "packed.png",
        "international.png",
        "comfy.png",
        "invoke.png",
        "big.jpg",
        "little.jpg",
        "ascii.jpg",
        "comment.webp",
        "beside.png",
    ] {
        says_all(&folder.file(name));
    }
    let comfy = media::probe(&folder.file("comfy.png")).unwrap().origin;
    assert!(comfy.contains_key("graph") && comfy.contains_key("workflow"), "{comfy:?}");
    for name in ["xmp.jpg", "xmp.webp", "xmp.png"] {
        let origin = media::probe(&folder.file(name)).unwrap().origin;
        assert_eq!(origin.get("description").map(String::as_str), Some("from the sea"), "{name}");
    }
    for name in ["plain.jpg", "bomb.png"] {
        assert!(media::probe(&folder.file(name)).unwrap().origin.is_empty(), "{name}");
    }
    let said = program::done(folder.path(), "probe text.png");
    assert!(said.contains("seed     1234") && said.contains("a quiet room"), "{said}");
    let said = program::done(folder.path(), "--json probe text.png");
    let said: serde_json::Value = serde_json::from_str(&said).unwrap();
    assert_eq!(said["media"]["origin"]["seed"], "1234");
}

#[test]
fn the_words_in_a_clip_are_found() {
    if !oracle::have("ffmpeg", "words in clips") {
        return;
    }
    let folder = Folder::new();
    oracle::python(WRITE, &[folder.path().to_str().unwrap()]);
    let graph = std::fs::read_to_string(folder.file("graph.txt")).unwrap();
    let both = format!("comment={{\"prompt\": {graph}, \"workflow\": {{\"nodes\": []}}}}");
    let alone = format!("prompt={graph}");
    for (name, tag, more) in [
        ("a.mp4", &both, &[][..]),
        ("b.mkv", &both, &[]),
        ("c.webm", &both, &["-c:v", "libvpx"]),
        ("d.mov", &both, &[]),
        ("e.mkv", &alone, &[]),
        ("f.mp4", &alone, &["-movflags", "use_metadata_tags"]),
    ] {
        let path = folder.file(name);
        let source = ["-f", "lavfi", "-i", "color=s=32x32:d=0.2"];
        oracle::ffmpeg(
            &[&source[..], &["-metadata", tag], more, &[path.to_str().unwrap()]].concat(),
        );
        says_all(&path);
    }
}
