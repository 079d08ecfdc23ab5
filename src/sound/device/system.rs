//! The system's devices: the one door to cpal.

use super::pace::Pace;
use super::{Device, Failed, Form, Lent, News, Stream};
use cpal::traits::{DeviceTrait as _, HostTrait as _, StreamTrait as _};
use cpal::{
    BufferSize, ErrorKind, OutputCallbackInfo, SampleFormat, StreamConfig, SupportedBufferSize,
};
use std::path::Path;
use std::time::Duration;

/// How long a device may take to be opened.
const PATIENCE: Duration = Duration::from_secs(5);
/// Frames that a device is to take at a time: 11 ms at 48 kHz.
const PERIOD: u32 = 512;
/// The rates that are tried where a device does not have the film's.
const USUAL_RATES: [u32; 4] = [48_000, 96_000, 44_100, 192_000];

/// A device of the system, by name, or the one that the system prefers.
#[derive(Debug, Clone, Default)]
pub struct System {
    name: Option<String>,
}

/// A device of the system, as it is now.
struct Found {
    device: cpal::Device,
    /// It is a server's.
    is_served: bool,
}

/// The names of the devices that can be played to.
pub fn names() -> Vec<String> {
    let devices = host().and_then(|host| host.output_devices().ok()).into_iter().flatten();
    devices.filter_map(|device| name_of(&device)).collect()
}

/// Whether all programs of this system play to a server, which runs its devices at a rate of its own,
/// brings everything to that, and says nothing of samples that come late.
fn is_served(id: cpal::HostId) -> bool {
    matches!(id.name(), "PulseAudio" | "PipeWire")
}

/// The system's way to sound; `None` where there is none. On a Linux without a sound server and without
/// a card, ALSA would only complain on standard error.
fn host() -> Option<cpal::Host> {
    let host = cpal::default_host();
    let is_bare = host.id().name() == "ALSA" && !Path::new("/dev/snd").exists();
    (!is_bare).then_some(host)
}

fn name_of(device: &cpal::Device) -> Option<String> {
    device.description().ok().map(|description| description.name().to_owned())
}

impl System {
    /// The device called `name`; `None` is the preferred one, whichever that is at the time.
    pub const fn new(name: Option<String>) -> Self {
        Self { name }
    }

    fn find(&self) -> Result<Found, Failed> {
        let found = host().and_then(|host| {
            let device = match &self.name {
                None => host.default_output_device(),
                Some(wanted) => {
                    let mut devices = host.output_devices().ok()?;
                    devices.find(|device| name_of(device).as_ref() == Some(wanted))
                }
            };
            Some(Found { device: device?, is_served: is_served(host.id()) })
        });
        found.ok_or_else(|| Failed(self.is_not_there()))
    }

    fn is_not_there(&self) -> String {
        let known = names();
        let choose = match known.len() {
            0 => "the system has none that can be played to".to_owned(),
            _ => format!("there are: {}", known.join(", ")),
        };
        let name = self.name.as_deref().unwrap_or("of the system's choice");
        format!("there is no sound device {name}: {choose}; --device null plays without one")
    }
}

fn failed(tried: &str, error: &cpal::Error) -> Failed {
    Failed(format!("{tried}: {error}"))
}

impl Device for System {
    fn name(&self) -> String {
        let found = || self.find().ok().and_then(|found| name_of(&found.device));
        self.name.clone().or_else(found).unwrap_or_else(|| "the system's device".into())
    }

    fn is_there(&self) -> bool {
        self.find().is_ok()
    }

    fn form(&self, film: Form) -> Result<Form, Failed> {
        let Found { device, is_served } = self.find()?;
        let tried = || format!("ask the sound device {} what it can", self.name());
        let ranges = device.supported_output_configs().map_err(|error| failed(&tried(), &error))?;
        let ranges = ranges.filter(|range| range.sample_format() == SampleFormat::F32);
        let ranges = ranges.collect::<Vec<_>>();
        let has = |form: &Form| {
            ranges.iter().any(|range| {
                let rates = range.min_sample_rate()..=range.max_sample_rate();
                usize::from(range.channels()) == form.channels && rates.contains(&form.rate)
            })
        };
        let channels = [film.channels, 2, 6, 8, 1];
        let usual = device.default_output_config().map_err(|error| failed(&tried(), &error));
        let served =
            usual.as_ref().ok().filter(|_| is_served).map(cpal::SupportedStreamConfig::sample_rate);
        let rates = served.into_iter().chain([film.rate]).chain(USUAL_RATES);
        let forms = rates.flat_map(|rate| channels.map(|channels| Form { rate, channels }));
        if let Some(form) = forms.into_iter().find(has) {
            return Ok(form);
        }
        let usual = usual?;
        Ok(Form { rate: usual.sample_rate(), channels: usize::from(usual.channels()) })
    }

    fn start(
        &mut self,
        form: Form,
        mut edge: Lent,
        tell: Box<dyn Fn(News) + Send + Sync>,
    ) -> Result<Box<dyn Stream>, Failed> {
        let Found { device, is_served } = self.find()?;
        let tried = || format!("open the sound device {}", self.name());
        let config = StreamConfig {
            channels: form.channels as u16,
            sample_rate: form.rate,
            buffer_size: period_of(&device, form),
        };
        let mut pace = is_served.then(|| Pace::new(form.rate));
        let opened = cpal::StreamInstant::new(0, 0);
        let fill = move |out: &mut [f32], info: &OutputCallbackInfo| {
            let time = info.timestamp();
            let start = time.playback.saturating_duration_since(opened);
            let frames = out.len() / form.channels.max(1);
            if pace.as_mut().is_some_and(|pace| pace.is_late(start, frames)) {
                edge.count_underrun();
            }
            edge.fill(out, time.playback.saturating_duration_since(time.callback));
        };
        let hear = move |error: cpal::Error| {
            if let Some(news) = news_of(&error) {
                tell(news);
            }
        };
        let stream = device.build_output_stream(config, fill, hear, Some(PATIENCE));
        let stream = stream.map_err(|error| failed(&tried(), &error))?;
        stream.play().map_err(|error| failed(&tried(), &error))?;
        Ok(Box::new(Playing { _stream: stream }))
    }
}

/// [`PERIOD`], as far as the device lets one choose: left to itself, a sound server takes seconds at a
/// time.
fn period_of(device: &cpal::Device, form: Form) -> BufferSize {
    let ranges = device.supported_output_configs().into_iter().flatten();
    let alike = |range: &cpal::SupportedStreamConfigRange| {
        usize::from(range.channels()) == form.channels && range.sample_format() == SampleFormat::F32
    };
    match ranges.filter(alike).map(|range| *range.buffer_size()).next() {
        Some(SupportedBufferSize::Range { min, max }) if min <= max => {
            BufferSize::Fixed(PERIOD.clamp(min, max))
        }
        _ => BufferSize::Default,
    }
}

/// What an error of a running stream means; `None` where it changes nothing that is heard.
fn news_of(error: &cpal::Error) -> Option<News> {
    match error.kind() {
        ErrorKind::Xrun => Some(News::Underrun),
        ErrorKind::RealtimeDenied => None,
        ErrorKind::DeviceChanged => Some(News::Moved(error.to_string())),
        _ => Some(News::Lost(error.to_string())),
    }
}

struct Playing {
    _stream: cpal::Stream,
}

impl Stream for Playing {}
