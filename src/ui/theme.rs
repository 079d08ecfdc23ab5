//! Every colour and size of the window. Greys are neutral, so that no panel tints the picture beside it.
//!
//! Colour is never the only sign. A switch that is on has a bar below it, a targeted track an arrow before
//! its name, the viewer with the keys a keyboard. What is locked, out of sync or hidden has another sign and
//! hatching; a clip that is off says so, a chosen one has a broader edge. Ratings, notices, deliveries and
//! missing media have signs of their own; edits that were undone say that they were; markers and meters tell
//! their colour and their level in words.

use eframe::egui::{
    self, Color32, CornerRadius, FontFamily, FontId, Margin, Stroke, TextStyle, Vec2, Visuals,
};
use timeline_format::track::{Role, TrackKind};

/// Behind everything, and around pictures.
pub(super) const GROUND: Color32 = Color32::from_gray(16);
/// Panels.
pub(super) const PANEL: Color32 = Color32::from_gray(27);
/// Bars, headers, rows that stand out.
pub(super) const RAISED: Color32 = Color32::from_gray(36);
/// What the pointer is over.
pub(super) const HOVERED: Color32 = Color32::from_gray(52);
/// Lines between panels and rows.
pub(super) const LINE: Color32 = Color32::from_gray(48);
/// Text that is read.
pub(super) const TEXT: Color32 = Color32::from_gray(212);
/// Text beside it.
pub(super) const QUIET: Color32 = Color32::from_gray(146);
/// Text and ticks in the background.
pub(super) const FAINT: Color32 = Color32::from_gray(122);
/// What is chosen, and the playhead.
pub(super) const ACCENT: Color32 = Color32::from_rgb(232, 163, 61);
/// What is chosen, as a ground.
pub(super) const CHOSEN: Color32 = Color32::from_rgb(74, 58, 34);
/// Marks in and out.
pub(super) const MARKED: Color32 = Color32::from_rgb(96, 150, 190);
/// Something to look at.
pub(super) const WARNING: Color32 = Color32::from_rgb(222, 178, 72);
/// Something that is wrong.
pub(super) const ERROR: Color32 = Color32::from_rgb(224, 96, 82);
/// Something that is well.
pub(super) const GOOD: Color32 = Color32::from_rgb(112, 178, 112);
/// Drawn over pictures and clips.
pub(super) const OVERLAY: Color32 = Color32::from_rgba_unmultiplied_const(0, 0, 0, 150);

/// Text in points.
pub(super) const BODY: f32 = 12.5;
/// Labels on clips and rulers.
pub(super) const SMALL: f32 = 10.5;
/// Timecodes over viewers.
pub(super) const LARGE: f32 = 17.0;
/// A row of a list or a field.
pub(super) const ROW: f32 = 22.0;
/// A bar with buttons.
pub(super) const BAR: f32 = 30.0;
/// Space between neighbours.
pub(super) const GAP: f32 = 6.0;
/// The ruler of the timeline.
pub(super) const RULER: f32 = 36.0;
/// How near an edge the pointer takes it, in points.
pub(super) const GRIP: f32 = 7.0;
/// The corners of clips and buttons.
pub(super) const CORNER: CornerRadius = CornerRadius::same(3);

/// The ground of a clip on a track.
pub(super) const fn clip_colour(kind: TrackKind, role: Option<Role>) -> Color32 {
    match (kind, role) {
        (_, Some(Role::Titles)) => Color32::from_rgb(104, 98, 62),
        (TrackKind::Picture, _) => Color32::from_rgb(58, 82, 104),
        (_, Some(Role::Dialogue)) => Color32::from_rgb(92, 82, 122),
        (_, Some(Role::Foley)) => Color32::from_rgb(114, 98, 60),
        (_, Some(Role::Ambience)) => Color32::from_rgb(58, 108, 92),
        (_, Some(Role::RoomTone)) => Color32::from_rgb(64, 98, 100),
        (_, Some(Role::Music)) => Color32::from_rgb(112, 72, 90),
        (_, Some(Role::Effects)) => Color32::from_rgb(124, 84, 60),
        (TrackKind::Sound, None) => Color32::from_rgb(66, 100, 78),
    }
}

/// The colours of markers by their names, the usual one first: those that OpenTimelineIO knows and that
/// can be told apart on a dark ground.
pub(super) const MARKERS: [(&str, Color32); 9] = [
    ("", ACCENT),
    ("red", ERROR),
    ("orange", Color32::from_rgb(226, 132, 62)),
    ("yellow", WARNING),
    ("green", GOOD),
    ("cyan", Color32::from_rgb(88, 184, 190)),
    ("blue", MARKED),
    ("purple", Color32::from_rgb(156, 120, 200)),
    ("pink", Color32::from_rgb(222, 132, 170)),
];

/// The colour of a marker.
pub(super) fn marker_colour(name: &str) -> Color32 {
    MARKERS.iter().find(|(known, _)| *known == name).map_or(ACCENT, |(_, colour)| *colour)
}

/// Numbers that change while one looks at them: every digit as wide as the other.
pub(super) const fn figures(size: f32) -> FontId {
    FontId::new(size, FontFamily::Monospace)
}

/// Words of a size.
pub(super) const fn words(size: f32) -> FontId {
    FontId::new(size, FontFamily::Proportional)
}

/// Gives a window its colours, sizes and fonts.
pub(super) fn dress(context: &egui::Context) {
    let mut fonts = egui::FontDefinitions::default();
    egui_phosphor::add_to_fonts(&mut fonts, egui_phosphor::Variant::Regular);
    context.set_fonts(fonts);
    context.set_theme(egui::Theme::Dark);
    context.options_mut(|options| options.zoom_with_keyboard = false);
    context.all_styles_mut(|style| {
        style.visuals = visuals();
        style.text_styles = [
            (TextStyle::Small, words(SMALL)),
            (TextStyle::Body, words(BODY)),
            (TextStyle::Button, words(BODY)),
            (TextStyle::Heading, words(LARGE)),
            (TextStyle::Monospace, figures(BODY)),
        ]
        .into();
        style.spacing.item_spacing = Vec2::splat(GAP);
        style.spacing.button_padding = Vec2::new(7.0, 2.0);
        style.spacing.interact_size = Vec2::new(28.0, ROW);
        style.spacing.menu_margin = Margin::same(5);
        style.spacing.window_margin = Margin::same(8);
        style.spacing.indent = 14.0;
        style.interaction.selectable_labels = false;
    });
}

fn visuals() -> Visuals {
    let mut visuals = Visuals::dark();
    let widgets = &mut visuals.widgets;
    let states = [
        (&mut widgets.noninteractive, PANEL, LINE, TEXT),
        (&mut widgets.inactive, RAISED, LINE, TEXT),
        (&mut widgets.hovered, HOVERED, FAINT, Color32::WHITE),
        (&mut widgets.active, CHOSEN, ACCENT, Color32::WHITE),
        (&mut widgets.open, HOVERED, FAINT, Color32::WHITE),
    ];
    for (state, fill, line, text) in states {
        state.bg_fill = fill;
        state.weak_bg_fill = fill;
        state.bg_stroke = Stroke::new(1.0, line);
        state.fg_stroke = Stroke::new(1.0, text);
        state.corner_radius = CORNER;
        state.expansion = 0.0;
    }
    visuals.selection.bg_fill = CHOSEN;
    visuals.selection.stroke = Stroke::new(1.0, ACCENT);
    visuals.hyperlink_color = ACCENT;
    visuals.weak_text_color = Some(QUIET);
    visuals.faint_bg_color = RAISED;
    visuals.extreme_bg_color = GROUND;
    visuals.panel_fill = PANEL;
    visuals.window_fill = PANEL;
    visuals.window_stroke = Stroke::new(1.0, LINE);
    visuals.window_corner_radius = CornerRadius::same(5);
    visuals.menu_corner_radius = CornerRadius::same(4);
    visuals.warn_fg_color = WARNING;
    visuals.error_fg_color = ERROR;
    visuals
}
