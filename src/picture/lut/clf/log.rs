//! `Log`: light to a logarithm and back, plain or as cameras have it: with slopes, offsets and a straight toe.

use super::{Element, Formula, Node, Stage, by_colour, depth, formula};
use crate::grade::power::{binary_log, two_to};
use signal::wide;

pub(super) const NODE: Node = Node { id: "Log", read };

/// The logarithms, one for each colour, and which way they are taken.
#[derive(Debug)]
struct Logs {
    colours: [Law; 3],
    is_back: bool,
}

/// `log_slope log2(lin_slope x + lin_offset) + log_offset` above `toe`, and a line below.
#[derive(Debug, Clone, Copy)]
struct Law {
    log_slope: f32,
    log_offset: f32,
    lin_slope: f32,
    lin_offset: f32,
    toe: Option<Toe>,
}

/// The straight part of a camera's logarithm.
#[derive(Debug, Clone, Copy)]
struct Toe {
    /// Where it ends, in light and in code.
    light: f32,
    code: f32,
    slope: f32,
    offset: f32,
}

fn read(element: &Element) -> Result<Vec<Stage>, String> {
    depth::whites(element)?;
    let style = element.attribute("style").ok_or("it states no style")?;
    let plain = |base: f64| {
        let law = Parameters { base, ..Parameters::default() }.law(false);
        law.map(|law| [law; 3])
    };
    let law = |is_camera: bool| {
        let neutral = Parameters::default().law(false)?;
        by_colour(element, "LogParams", neutral, |params| Parameters::of(params)?.law(is_camera))
    };
    let (colours, is_back) = match style {
        "log10" => (plain(10.0)?, false),
        "antiLog10" => (plain(10.0)?, true),
        "log2" => (plain(2.0)?, false),
        "antiLog2" => (plain(2.0)?, true),
        "linToLog" => (law(false)?, false),
        "logToLin" => (law(false)?, true),
        "cameraLinToLog" => (law(true)?, false),
        "cameraLogToLin" => (law(true)?, true),
        other => {
            let words = "log10, antiLog10, log2, antiLog2, linToLog, logToLin, cameraLinToLog and cameraLogToLin";
            return Err(format!("its style is {other:?}, and there are {words}"));
        }
    };
    Ok(formula(Logs { colours, is_back }))
}

/// What `LogParams` states.
#[derive(Debug, Clone, Copy)]
struct Parameters {
    base: f64,
    log_slope: f64,
    log_offset: f64,
    lin_slope: f64,
    lin_offset: f64,
    lin_break: Option<f64>,
    linear_slope: Option<f64>,
}

impl Default for Parameters {
    fn default() -> Self {
        Self {
            base: 2.0,
            log_slope: 1.0,
            log_offset: 0.0,
            lin_slope: 1.0,
            lin_offset: 0.0,
            lin_break: None,
            linear_slope: None,
        }
    }
}

impl Parameters {
    fn of(element: &Element) -> Result<Self, String> {
        let number = |name: &str, neutral: f64| {
            element.number(name).map(|number| number.unwrap_or(neutral))
        };
        Ok(Self {
            base: number("base", 2.0)?,
            log_slope: number("logSideSlope", 1.0)?,
            log_offset: number("logSideOffset", 0.0)?,
            lin_slope: number("linSideSlope", 1.0)?,
            lin_offset: number("linSideOffset", 0.0)?,
            lin_break: element.number("linSideBreak")?,
            linear_slope: element.number("linearSlope")?,
        })
    }

    fn law(self, is_camera: bool) -> Result<Law, String> {
        if self.base <= 0.0 || self.base == 1.0 || self.log_slope == 0.0 || self.lin_slope == 0.0 {
            return Err("its base is 1 or below 0, or a slope is 0: that is no logarithm".to_owned());
        }
        let toe = match (is_camera, self.lin_break) {
            (true, Some(light)) => Some(self.toe(light)?),
            (true, None) => return Err("a camera's logarithm needs a linSideBreak".to_owned()),
            (false, _) => None,
        };
        Ok(Law {
            log_slope: (self.log_slope / self.base.log2()) as f32,
            log_offset: self.log_offset as f32,
            lin_slope: self.lin_slope as f32,
            lin_offset: self.lin_offset as f32,
            toe,
        })
    }

    /// The line below a break: through the logarithm there, as steep as it unless a slope is stated.
    fn toe(self, light: f64) -> Result<Toe, String> {
        let inner = self.lin_slope * light + self.lin_offset;
        if inner <= 0.0 {
            return Err(format!("at its linSideBreak of {light} it has no logarithm"));
        }
        let code = self.log_slope * inner.log2() / self.base.log2() + self.log_offset;
        let steep = self.log_slope * self.lin_slope / (inner * self.base.ln());
        let slope = self.linear_slope.unwrap_or(steep);
        if slope == 0.0 {
            return Err("its linearSlope is 0".to_owned());
        }
        let offset = code - slope * light;
        let [light, code, slope, offset] = [light, code, slope, offset].map(|it| it as f32);
        Ok(Toe { light, code, slope, offset })
    }
}

impl Law {
    #[inline(always)]
    fn code(&self, light: f32) -> f32 {
        let inner = (self.lin_slope * light + self.lin_offset).max(f32::MIN_POSITIVE);
        let code = self.log_slope * binary_log(inner) + self.log_offset;
        match self.toe {
            Some(toe) if light <= toe.light => toe.slope * light + toe.offset,
            _ => code,
        }
    }

    #[inline(always)]
    fn light(&self, code: f32) -> f32 {
        let inner = two_to((code - self.log_offset) / self.log_slope);
        let light = (inner - self.lin_offset) / self.lin_slope;
        match self.toe {
            Some(toe) if code <= toe.code => (code - toe.offset) / toe.slope,
            _ => light,
        }
    }
}

impl Formula for Logs {
    fn line(&self, channels: [&mut [f32]; 3]) {
        for (law, channel) in self.colours.iter().zip(channels) {
            if self.is_back {
                wide(
                    #[inline(always)]
                    move || channel.iter_mut().for_each(|value| *value = law.light(*value)),
                );
            } else {
                wide(
                    #[inline(always)]
                    move || channel.iter_mut().for_each(|value| *value = law.code(*value)),
                );
            }
        }
    }

    fn words(&self) -> String {
        "logarithm".to_owned()
    }
}
