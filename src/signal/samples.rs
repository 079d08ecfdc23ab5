//! Sound in memory: one run of 32-bit floats a channel.

/// Samples of some channels, all equally long. 1.0 is full scale.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Samples {
    channels: Vec<Vec<f32>>,
}

impl Samples {
    /// Silence.
    pub fn silence(channels: usize, length: usize) -> Self {
        Self { channels: vec![vec![0.0; length]; channels] }
    }

    /// From runs of samples; the shortest decides the length.
    pub fn from_channels(mut channels: Vec<Vec<f32>>) -> Self {
        let length = channels.iter().map(Vec::len).min().unwrap_or(0);
        for channel in &mut channels {
            channel.truncate(length);
        }
        Self { channels }
    }

    /// How many channels.
    pub fn channel_count(&self) -> usize {
        self.channels.len()
    }

    /// Samples in each channel.
    pub fn length(&self) -> usize {
        self.channels.first().map_or(0, Vec::len)
    }

    /// The channels.
    pub fn channels(&self) -> &[Vec<f32>] {
        &self.channels
    }

    /// The channels, to write.
    pub fn channels_mut(&mut self) -> &mut [Vec<f32>] {
        &mut self.channels
    }
}
