//! Conversion against arithmetic in double precision, and against zimg.

use super::support::{codes, image, noise};
use crate::support::folder::Folder;
use crate::support::oracle;
use roomtone::picture::convert::{self, Dither, Options};
use roomtone::signal::{Colour, Depth, Image, Matrix, Model, PixelFormat, Range};

const EXACT: Options = Options { dither: Dither::Off, shared: false };

/// Planes to exact codes, by the definitions of H.273 and the stated filters.
const DEFINITION: &str = r#"
import sys, numpy as np
W = {"bt709": (.2126, .0722), "bt601": (.299, .114), "bt2020": (.2627, .0593)}
def spec(text):
    model, a, d, bits, rng, matrix = text.split(":")
    return model, int(a), int(d), int(bits), rng, matrix
def scale(bits, rng, chroma):
    s, m = 2.0 ** (bits - 8), 2.0 ** bits - 1
    if rng == "limited": return (224 * s, 128 * s) if chroma else (219 * s, 16 * s)
    return (m, 128 * s) if chroma else (m, 0.0)
def up_across(p, n, w):
    for _ in range(n):
        q = np.empty((p.shape[0], p.shape[1] * 2)); nxt = np.concatenate([p[:, 1:], p[:, -1:]], 1)
        q[:, 0::2] = p; q[:, 1::2] = (p + nxt) / 2; p = q
    return p[:, :w]
def up_down(p, n, h):
    for _ in range(n):
        b = np.concatenate([p[:1], p[:-1]]); a = np.concatenate([p[1:], p[-1:]])
        q = np.empty((p.shape[0] * 2, p.shape[1])); q[0::2] = .25 * b + .75 * p; q[1::2] = .75 * p + .25 * a; p = q
    return p[:h]
def down_across(p, n):
    if n:
        i = np.arange(0, p.shape[1], 2); at = lambda j: p[:, np.clip(j, 0, p.shape[1] - 1)]
        p = (at(i - 1) + 2 * at(i) + at(i + 1)) / 4
    return p
def down_down(p, n):
    if n:
        i = np.arange(0, p.shape[0], 2); at = lambda j: p[np.clip(j, 0, p.shape[0] - 1)]
        p = (at(i - 1) + 3 * at(i) + 3 * at(i + 1) + at(i + 2)) / 8
    return p
a = sys.argv[1:]
for k in range(0, len(a), 5):
    path, w, h, src, dst = a[k], int(a[k + 1]), int(a[k + 2]), spec(a[k + 3]), spec(a[k + 4])
    raw = open(path, "rb").read(); at = 0; planes = []
    for i in range(3):
        pw, ph = (-(-w >> src[1]) if False else (w + (1 << src[1]) - 1) >> src[1], (h + (1 << src[2]) - 1) >> src[2]) if i and src[0] == "yuv" else (w, h)
        kind = np.uint8 if src[3] == 8 else np.uint16
        count = pw * ph * np.dtype(kind).itemsize
        p = np.frombuffer(raw[at:at + count], kind).astype(float).reshape(ph, pw); at += count
        s, o = scale(src[3], src[4], i > 0 and src[0] == "yuv")
        planes.append((p - o) / s)
    if src[0] == "rgb": g, b, r = planes
    else:
        kr, kb = W[src[5]]; y = planes[0]
        cb, cr = [up_across(up_down(p, src[2], h), src[1], w) for p in planes[1:]]
        r = y + (2 - 2 * kr) * cr; b = y + (2 - 2 * kb) * cb; g = (y - kr * r - kb * b) / (1 - kr - kb)
    if dst[0] == "rgb": out = [g, b, r]
    else:
        kr, kb = W[dst[5]]; y = kr * r + (1 - kr - kb) * g + kb * b
        out = [y] + [down_down(down_across(c, dst[1]), dst[2]) for c in ((b - y) / (2 - 2 * kb), (r - y) / (2 - 2 * kr))]
    for i, p in enumerate(out):
        s, o = scale(dst[3], dst[4], i > 0 and dst[0] == "yuv")
        sys.stdout.buffer.write((np.clip(p * s + o, 0, 2.0 ** dst[3] - 1)).astype("<f8").tobytes())
"#;

struct Kind(PixelFormat, Colour);

impl Kind {
    fn rgb(depth: Depth, range: Range) -> Self {
        let format = PixelFormat { model: Model::Rgb, alpha: false, depth };
        Self(format, Colour { matrix: Matrix::Rgb, range, ..Colour::REC709 })
    }

    fn yuv(sub: (u8, u8), depth: Depth, range: Range, matrix: Matrix) -> Self {
        let format = PixelFormat::yuv(sub.0, sub.1, depth);
        Self(format, Colour { matrix, range, ..Colour::REC709 })
    }

    fn spec(&self) -> String {
        let (model, across, down) = match self.0.model {
            Model::Yuv { across, down } => ("yuv", across, down),
            _ => ("rgb", 0, 0),
        };
        let range = if self.1.range == Range::Full { "full" } else { "limited" };
        let matrix = match self.1.matrix {
            Matrix::Bt601 => "bt601",
            Matrix::Bt2020 => "bt2020",
            _ => "bt709",
        };
        format!("{model}:{across}:{down}:{}:{range}:{matrix}", self.0.depth.bits())
    }
}

fn raw(image: &Image) -> Vec<u8> {
    (0..image.planes.len()).flat_map(|plane| image.lines(plane).flatten().copied()).collect()
}

fn random(size: (u32, u32), kind: &Kind) -> Image {
    let most = ((1_u64 << kind.0.depth.bits()) - 1) as f64;
    image(size, kind.0, kind.1, |plane, x, y| (noise(plane, x / 2, y) * (most + 1.0)).min(most))
}

#[test]
fn every_conversion_is_the_definition_to_half_a_code() {
    use Depth::{U8, U10, U12, U16};
    use Matrix::{Bt601, Bt709, Bt2020};
    use Range::{Full, Limited};
    let cases = [
        (Kind::rgb(U8, Full), Kind::yuv((1, 1), U8, Limited, Bt709)),
        (Kind::rgb(U8, Full), Kind::yuv((1, 0), U10, Limited, Bt709)),
        (Kind::rgb(U16, Full), Kind::yuv((1, 0), U10, Limited, Bt2020)),
        (Kind::rgb(U8, Limited), Kind::yuv((0, 0), U12, Full, Bt601)),
        (Kind::rgb(U16, Full), Kind::yuv((1, 1), U16, Full, Bt709)),
        (Kind::yuv((1, 1), U8, Limited, Bt709), Kind::rgb(U8, Full)),
        (Kind::yuv((1, 0), U10, Limited, Bt2020), Kind::rgb(U16, Full)),
        (Kind::yuv((0, 0), U8, Full, Bt601), Kind::rgb(U10, Limited)),
        (Kind::yuv((0, 0), U8, Limited, Bt601), Kind::yuv((1, 1), U8, Limited, Bt709)),
        (Kind::yuv((1, 1), U8, Limited, Bt601), Kind::yuv((0, 0), U10, Full, Bt601)),
    ];
    let folder = Folder::new();
    for size in [(34, 22), (7, 5)] {
        let mut arguments = Vec::new();
        let sources: Vec<Image> = cases.iter().map(|(from, _)| random(size, from)).collect();
        for (index, ((from, to), source)) in cases.iter().zip(&sources).enumerate() {
            let path = folder.file(&format!("{index}.raw"));
            std::fs::write(&path, raw(source)).unwrap();
            arguments.push(path.display().to_string());
            arguments.extend([size.0.to_string(), size.1.to_string(), from.spec(), to.spec()]);
        }
        let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
        let bytes = oracle::python(DEFINITION, &arguments);
        let mut exact = bytes.as_chunks::<8>().0.iter().map(|bytes| f64::from_le_bytes(*bytes));
        for ((from, to), source) in cases.iter().zip(&sources) {
            let ours = convert::with(source, to.0, to.1, EXACT);
            for (plane, code) in
                (0..3).flat_map(|p| codes(&ours, p).into_iter().map(move |c| (p, c)))
            {
                let wanted = exact.next().unwrap();
                let apart = (code - wanted).abs();
                let most = if to.0.depth == U16 { 0.52 } else { 0.501 };
                let name = format!("{} to {}", from.spec(), to.spec());
                assert!(apart <= most, "{name}: plane {plane} is {code}, exactly {wanted}");
            }
        }
        assert!(exact.next().is_none());
    }
}

#[test]
fn zimg_agrees() {
    if !oracle::have("ffmpeg", "zimg_agrees") {
        return;
    }
    let kind = Kind::rgb(Depth::U8, Range::Full);
    let source = random((64, 48), &kind);
    let folder = Folder::new();
    let path = folder.file("in.raw");
    std::fs::write(&path, raw(&source)).unwrap();
    for (name, sub, depth) in [("yuv420p", (1, 1), Depth::U8), ("yuv422p10le", (1, 0), Depth::U10)]
    {
        let target = Kind::yuv(sub, depth, Range::Limited, Matrix::Bt709);
        let filter = "zscale=matrixin=gbr:rangein=full:matrix=709:range=limited:dither=none";
        let input = ["-f", "rawvideo", "-pix_fmt", "gbrp", "-s", "64x48", "-i"];
        let output =
            [path.to_str().unwrap(), "-vf", filter, "-pix_fmt", name, "-f", "rawvideo", "-"];
        let theirs = oracle::ffmpeg(&[&input[..], &output[..]].concat());
        let ours = raw(&convert::with(&source, target.0, target.1, EXACT));
        assert_eq!(ours.len(), theirs.len());
        let step = depth.bytes();
        let codes = |bytes: &[u8]| -> Vec<i32> {
            let code =
                |part: &[u8]| i32::from(part[0]) | part.get(1).map_or(0, |b| i32::from(*b) << 8);
            bytes.chunks(step).map(code).collect()
        };
        let (ours, theirs) = (codes(&ours), codes(&theirs));
        let apart = ours.iter().zip(&theirs).map(|(a, b)| (a - b).abs());
        let (worst, wrong) = (apart.clone().max().unwrap(), apart.filter(|d| *d > 0).count());
        assert!(worst <= 1 && wrong * 200 < ours.len(), "{name}: {worst}, {wrong} differ");
    }
}

#[test]
fn nothing_to_do_costs_nothing() {
    let kind = Kind::yuv((1, 1), Depth::U8, Range::Limited, Matrix::Bt709);
    let source = random((16, 8), &kind);
    let same = convert::to(&source, kind.0, kind.1);
    assert!(std::ptr::eq(source.planes[0].bytes(), same.planes[0].bytes()));
}

#[test]
fn depth_alone_moves_no_sample() {
    let kind = Kind::yuv((1, 1), Depth::U8, Range::Limited, Matrix::Bt709);
    let source = random((34, 22), &kind);
    let deep = convert::to(&source, PixelFormat::yuv(1, 1, Depth::U10), kind.1);
    for plane in 0..3 {
        let wanted: Vec<f64> = codes(&source, plane).iter().map(|code| code * 4.0).collect();
        assert_eq!(codes(&deep, plane), wanted);
    }
    assert!(convert::to(&deep, kind.0, kind.1).same_as(&source));
}

#[test]
fn dither_keeps_the_mean_and_whole_codes() {
    let (format, grey) = (PixelFormat::RGBA_F32, 100.25 / 255.0);
    let colour = roomtone::picture::WORKING;
    let ramp = image((64, 64), format, colour, |plane, _, _| if plane == 3 { 1.0 } else { grey });
    let target = Colour { range: Range::Full, ..colour };
    let out = codes(&convert::to(&ramp, PixelFormat::RGB8, target), 0);
    let mean = out.iter().sum::<f64>() / out.len() as f64;
    assert!((mean - 100.25).abs() < 0.01, "{mean}");
    let flat = image((64, 64), format, colour, |plane, _, _| if plane == 3 { 1.0 } else { 0.4 });
    assert_eq!(codes(&convert::to(&flat, PixelFormat::RGB8, target), 0), vec![102.0; 64 * 64]);
}

#[test]
fn bands_on_many_threads_are_the_same() {
    let source = random((130, 197), &Kind::rgb(Depth::U8, Range::Full));
    let one = convert::with(&source, PixelFormat::YUV420P8, Colour::REC709, EXACT);
    let options = Options { shared: true, ..EXACT };
    assert!(one.same_as(&convert::with(&source, PixelFormat::YUV420P8, Colour::REC709, options)));
}
