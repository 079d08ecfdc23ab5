//! `ASC_CDL`: slope, offset, power and saturation, forward and back, held to black and white or not.

use super::{Element, Formula, Node, Stage, depth, formula};
use crate::grade::luma::saturate;
use crate::grade::power::power;
use signal::wide;

pub(super) const NODE: Node = Node { id: "ASC_CDL", read };

/// A colour decision as it is worked: forward or back.
#[derive(Debug)]
struct Decision {
    slope: [f32; 3],
    offset: [f32; 3],
    power: [f32; 3],
    saturation: f32,
    is_back: bool,
    is_held: bool,
}

fn read(element: &Element) -> Result<Vec<Stage>, String> {
    depth::whites(element)?;
    let (is_back, is_held) = match element.attribute("style") {
        None | Some("Fwd" | "v1.2_Fwd") => (false, true),
        Some("Rev" | "v1.2_Rev") => (true, true),
        Some("FwdNoClamp" | "noClampFwd") => (false, false),
        Some("RevNoClamp" | "noClampRev") => (true, false),
        Some(other) => {
            let words = "Fwd, Rev, FwdNoClamp and RevNoClamp";
            return Err(format!("its style is {other:?}, and there are {words}"));
        }
    };
    let colours = element.maybe("SOPNode");
    let three = |name: &str, neutral: f64, least: f64| -> Result<[f32; 3], String> {
        let Some(child) = colours.and_then(|colours| colours.maybe(name)) else {
            return Ok([neutral as f32; 3]);
        };
        let numbers = child.finite::<3>()?;
        let is_allowed = numbers.iter().all(|number| *number >= least);
        let numbers = is_allowed.then_some(numbers.map(|number| number as f32));
        numbers.ok_or_else(|| format!("its {name} is below what a colour decision has"))
    };
    let least = if is_back { f64::from(f32::MIN_POSITIVE) } else { 0.0 };
    let saturation = element.maybe("SatNode").or_else(|| element.maybe("SATNode"));
    let saturation = saturation.map(|node| node.one("Saturation")?.finite::<1>()).transpose()?;
    let [saturation] = saturation.unwrap_or([1.0]);
    if saturation < least {
        return Err("its Saturation is below what a colour decision has".to_owned());
    }
    Ok(formula(Decision {
        slope: three("Slope", 1.0, least)?,
        offset: three("Offset", 0.0, f64::MIN)?,
        power: three("Power", 1.0, f64::from(f32::MIN_POSITIVE))?,
        saturation: saturation as f32,
        is_back,
        is_held,
    }))
}

impl Formula for Decision {
    fn line(&self, mut channels: [&mut [f32]; 3]) {
        if self.is_back { self.back(&mut channels) } else { self.forward(&mut channels) }
    }

    fn words(&self) -> String {
        "colour decision".to_owned()
    }
}

impl Decision {
    fn forward(&self, channels: &mut [&mut [f32]; 3]) {
        for (colour, channel) in channels.iter_mut().enumerate() {
            scale(channel, self.slope[colour], self.offset[colour]);
            self.hold(channel);
            raise(channel, self.power[colour]);
        }
        saturate(channels.each_mut().map(|channel| &mut **channel), self.saturation);
        channels.iter_mut().for_each(|channel| self.hold(channel));
    }

    fn back(&self, channels: &mut [&mut [f32]; 3]) {
        channels.iter_mut().for_each(|channel| self.hold(channel));
        saturate(channels.each_mut().map(|channel| &mut **channel), 1.0 / self.saturation);
        for (colour, channel) in channels.iter_mut().enumerate() {
            self.hold(channel);
            raise(channel, 1.0 / self.power[colour]);
            let slope = 1.0 / self.slope[colour];
            scale(channel, slope, -self.offset[colour] * slope);
            self.hold(channel);
        }
    }

    fn hold(&self, channel: &mut [f32]) {
        if self.is_held {
            wide(
                #[inline(always)]
                move || channel.iter_mut().for_each(|value| *value = value.clamp(0.0, 1.0)),
            );
        }
    }
}

fn scale(channel: &mut [f32], slope: f32, offset: f32) {
    wide(
        #[inline(always)]
        move || channel.iter_mut().for_each(|value| *value = *value * slope + offset),
    );
}

/// What is above 0, to a power.
fn raise(channel: &mut [f32], exponent: f32) {
    if exponent == 1.0 {
        return;
    }
    wide(
        #[inline(always)]
        move || {
            for value in channel.iter_mut() {
                let raised = power(*value, exponent);
                *value = if *value > 0.0 { raised } else { *value };
            }
        },
    );
}
