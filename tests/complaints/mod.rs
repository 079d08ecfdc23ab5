//! What people complain of in editors, and what holds it off here.
//!
//! Each row is a complaint that came up again and again in the trackers of open editors. The tests that are
//! named are there, as tests, in the files that are named: that is itself tested. Rows that no other place
//! is about have theirs in this folder.

mod colours;
mod copies;
mod dissolves;
mod films;
mod long;
mod numbered;
mod parts;
mod playing;
mod uneven;

use std::path::{Path, PathBuf};

/// A complaint, and the tests that hold it off: file and name.
type Row = (&'static str, &'static [(&'static str, &'static str)]);

const COMPLAINTS: [Row; 26] = [
    (
        "it crashes while one scrubs or seeks in a film that plays",
        &[
            (
                "tests/complaints/playing.rs",
                "ten_thousand_seeks_speeds_and_edits_while_it_plays_freeze_nothing_and_click_nowhere",
            ),
            (
                "tests/play/hands.rs",
                "ten_thousand_seeks_speeds_and_edits_leave_the_film_right_and_the_memory_in_bounds",
            ),
            (
                "tests/sound/realtime.rs",
                "a_minute_of_random_edits_and_seeks_makes_no_system_call_and_no_click",
            ),
        ],
    ),
    (
        "it freezes when a clip is moved while it plays",
        &[
            (
                "tests/complaints/playing.rs",
                "a_clip_that_is_moved_while_it_plays_stops_neither_picture_nor_sound",
            ),
            ("tests/ui/moving.rs", "a_clip_that_is_dragged_while_the_film_plays_holds_nothing_up"),
            (
                "tests/play/transport.rs",
                "an_edit_goes_to_both_halves_and_a_shorter_film_is_not_left",
            ),
        ],
    ),
    (
        "a seek shows the frame before or after",
        &[
            ("tests/media/frames.rs", "every_frame_of_every_codec_is_reached_in_any_order"),
            ("tests/play/screen.rs", "every_frame_is_the_delivered_one_whichever_way_one_comes"),
        ],
    ),
    (
        "a frame is doubled or left out at a key frame, the last cannot be reached",
        &[
            ("tests/media/frames.rs", "every_frame_of_every_codec_is_reached_in_any_order"),
            ("tests/media/timing.rs", "stamps_that_lack_or_lie_are_made_up_for"),
        ],
    ),
    (
        "the part that is exported is off",
        &[("tests/complaints/parts.rs", "a_part_has_exactly_the_frames_that_were_asked_for")],
    ),
    (
        "cuts are not exact, a frame is repeated at a dissolve's end",
        &[
            (
                "tests/complaints/dissolves.rs",
                "a_dissolve_of_a_shot_with_its_own_continuation_cannot_be_seen",
            ),
            ("tests/exactness.rs", "every_frame_and_sample_is_where_the_cut_puts_it_lossless"),
            ("tests/exactness.rs", "every_frame_and_sample_is_where_the_cut_puts_it_for_the_web"),
        ],
    ),
    (
        "sound drifts from pictures of a variable rate",
        &[
            (
                "tests/complaints/uneven.rs",
                "for_an_hour_of_a_variable_rate_flash_and_burst_are_half_a_frame_apart_at_most",
            ),
            ("tests/media/timing.rs", "a_variable_rate_is_shown_by_its_stamps"),
        ],
    ),
    (
        "sound is off by a constant after a cut",
        &[("tests/sound/many_cuts.rs", "after_five_hundred_cuts_every_beep_is_on_its_sample")],
    ),
    (
        "long films drift at fractional rates",
        &[
            ("tests/sound/exact.rs", "ten_hours_end_on_their_sample"),
            ("tests/play/sync.rs", "for_an_hour_what_is_seen_is_what_is_heard_to_half_a_frame"),
        ],
    ),
    (
        "cuts click",
        &[
            ("tests/sound/many_cuts.rs", "a_sine_through_a_thousand_cuts_that_join_is_the_sine"),
            (
                "tests/sound/many_cuts.rs",
                "a_thousand_cuts_between_places_of_a_sine_leave_nothing_but_their_crossfades",
            ),
            ("tests/sound/cuts.rs", "a_through_edit_changes_no_bit"),
        ],
    ),
    (
        "the end of a short sound is lost",
        &[
            ("tests/sound/many_cuts.rs", "ten_short_noises_keep_their_energy_to_the_last_sample"),
            ("tests/media/hostile.rs", "a_sound_file_is_as_long_as_what_is_in_it"),
        ],
    ),
    (
        "colours are darker or paler in the export",
        &[
            ("tests/complaints/colours.rs", "colour_bars_come_out_as_they_went_in"),
            (
                "tests/complaints/colours.rs",
                "stream_and_container_say_what_the_colours_mean_also_where_they_were_copied",
            ),
            ("tests/delivery/proof.rs", "colours_that_moved_are_caught"),
            ("tests/delivery/presets.rs", "every_preset_writes_what_it_says"),
        ],
    ),
    ("edges of alpha are fringed", &[("tests/picture/placing.rs", "soft_edges_have_no_fringe")]),
    (
        "a dissolve is black, upside down or frozen",
        &[
            (
                "tests/complaints/dissolves.rs",
                "every_dissolve_is_its_weights_with_handles_and_without",
            ),
            (
                "tests/complaints/dissolves.rs",
                "at_the_head_and_the_tail_of_a_film_a_dissolve_is_a_fade",
            ),
            (
                "tests/picture/mixing.rs",
                "every_transition_starts_as_one_picture_and_ends_as_the_other",
            ),
        ],
    ),
    (
        "there is a pop after a transition was trimmed",
        &[
            (
                "tests/complaints/dissolves.rs",
                "a_dissolve_that_was_trimmed_fifty_times_is_as_if_made_anew",
            ),
            (
                "tests/sound/many_cuts.rs",
                "a_crossfade_that_was_trimmed_fifty_times_sounds_as_one_made_anew",
            ),
        ],
    ),
    (
        "undo leaves something else than there was",
        &[
            (
                "tests/edit/undo.rs",
                "a_hundred_thousand_steps_back_and_forth_give_every_film_back_to_the_byte",
            ),
            ("tests/edit/mod.rs", "random_edits_keep_the_rules_and_undo_gives_back_every_film"),
            ("tests/ui/whole_film.rs", "a_film_is_made_by_the_keyboard_alone"),
        ],
    ),
    (
        "a film is lost, or what was kept by itself is older than what was saved",
        &[
            ("tests/document.rs", "a_kill_leaves_the_old_film_or_the_new_one"),
            ("tests/ui/killed.rs", "kills_at_random_moments_lose_no_film_and_nothing_a_second_old"),
            (
                "tests/ui/killed.rs",
                "kills_of_the_drawn_window_lose_no_film_and_nothing_a_second_old",
            ),
            ("src/project/recovery.rs", "a_film_that_was_saved_since_is_not_taken_for_older"),
        ],
    ),
    (
        "long timelines are slow to edit",
        &[
            ("tests/complaints/long.rs", "an_edit_of_ten_thousand_clips_touches_a_few_hundred"),
            ("tests/complaints/long.rs", "films_are_told_apart_without_looking_at_what_they_share"),
            ("timeline-format/src/sequence.rs", "many_starts_are_those_of_each_item"),
        ],
    ),
    (
        "memory grows until the program is ended",
        &[
            (
                "tests/complaints/long.rs",
                "an_export_of_two_hours_holds_as_much_at_its_end_as_at_its_beginning",
            ),
            ("tests/ui/memory.rs", "an_hour_of_work_pressed_together_stays_within_its_bounds"),
            ("tests/sound/swap.rs", "edits_and_seeks_do_not_pile_anything_up"),
        ],
    ),
    (
        "stand-ins are delivered, or are stale",
        &[
            ("tests/complaints/copies.rs", "a_delivery_is_the_same_with_stand_ins_and_without"),
            (
                "tests/complaints/copies.rs",
                "an_original_of_the_same_size_and_date_but_other_content_has_no_stand_in",
            ),
            ("tests/tidy.rs", "stand_ins_of_media_are_seen_and_never_delivered"),
            (
                "tests/play/stand_ins.rs",
                "every_frame_has_its_number_and_an_original_that_changes_has_none",
            ),
        ],
    ),
    (
        "keyframes are lost or moved by a trim, a split, a speed",
        &[
            ("src/edit/parameters.rs", "a_split_and_a_trim_leave_the_curve_where_it_was"),
            ("src/edit/parameters.rs", "twice_the_speed_and_half_of_it_again_is_nothing"),
        ],
    ),
    (
        "numbered pictures lose half their frames, or begin with black",
        &[
            (
                "tests/complaints/numbered.rs",
                "as_many_numbered_pictures_come_out_as_went_in_and_the_same",
            ),
            ("tests/complaints/numbered.rs", "a_hole_takes_its_own_frame_and_no_other"),
            ("tests/media/sequences.rs", "numbers_of_any_size_and_padding_are_told_apart"),
        ],
    ),
    (
        "media that moved must be found one by one, and stop the film from opening",
        &[
            ("tests/ui/broken.rs", "missing_media_are_slates_until_they_are_found_again"),
            ("tests/ui/broken.rs", "each_broken_media_is_named_with_what_is_wrong"),
        ],
    ),
    (
        "interchange loses frames of odd dissolves, or adds a timecode twice",
        &[
            ("tests/interchange/oracle.rs", "what_we_write_means_the_same_to_otio"),
            ("tests/interchange/oracle.rs", "real_files_come_back_from_us_as_otio_knew_them"),
        ],
    ),
    (
        "the export is wrong and nothing says so",
        &[
            ("tests/delivery/proof.rs", "what_was_delivered_is_the_film"),
            ("tests/delivery/proof.rs", "frames_out_of_their_places_are_caught"),
            ("tests/delivery/proof.rs", "sound_that_is_not_the_films_is_caught"),
        ],
    ),
    (
        "the preview stutters",
        &[
            ("tests/play/ahead.rs", "a_long_group_of_full_size_plays_with_nothing_left_out"),
            ("tests/play/ahead.rs", "before_a_cut_the_next_shot_is_decoded_up_to_it"),
            ("tests/play/transport.rs", "frames_that_were_due_and_not_seen_are_counted"),
        ],
    ),
];

/// The names of the tests in a file: functions under a `#[test]`, whatever stands between the two.
fn tests_in(text: &str) -> Vec<&str> {
    let mut names = Vec::new();
    let mut is_test = false;
    for line in text.lines().map(str::trim_start) {
        if line == "#[test]" {
            is_test = true;
        } else if let Some(rest) = line.strip_prefix("fn ").filter(|_| is_test) {
            names.extend(rest.split('(').next());
            is_test = false;
        }
    }
    names
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).to_owned()
}

#[test]
fn every_complaint_is_held_off_by_tests_that_are_there() {
    for (complaint, tests) in COMPLAINTS {
        assert!(!tests.is_empty(), "{complaint}");
        for (file, name) in tests {
            let text = std::fs::read_to_string(root().join(file)).unwrap_or_default();
            assert!(tests_in(&text).contains(name), "{complaint}: no test {name} in {file}");
        }
    }
}

#[test]
fn a_function_that_is_no_test_is_not_taken_for_one() {
    let text = "fn a() {}\n#[test]\n#[expect(x)]\nfn b() {\n    fn c() {}\n}\n// fn d()\n#[test]\nfn e() {}";
    assert_eq!(tests_in(text), ["b", "e"]);
}
