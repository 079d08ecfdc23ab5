//! What people complain of in editors, and the test that it cannot happen here.
//!
//! Each row is a complaint that came up again and again in the trackers of open editors, and the tests of
//! this program that hold it off; that these tests are there is itself tested.

use std::path::Path;

/// A complaint, and the tests that hold it off.
const COMPLAINTS: &[(&str, &[&str])] = &[
    (
        "it crashes while one scrubs or seeks in a film that plays",
        &[
            "ten_thousand_seeks_speeds_and_edits_leave_the_film_right_and_the_memory_in_bounds",
            "a_minute_of_random_edits_and_seeks_makes_no_system_call_and_no_click",
        ],
    ),
    (
        "it freezes when a clip is moved while it plays",
        &[
            "an_edit_goes_to_both_halves_and_a_shorter_film_is_not_left",
            "a_minute_of_edits_elsewhere_leaves_a_sine_as_it_is",
        ],
    ),
    (
        "a seek shows the frame before or after",
        &[
            "every_frame_of_every_codec_is_reached_in_any_order",
            "every_frame_is_the_delivered_one_whichever_way_one_comes",
        ],
    ),
    (
        "a frame is doubled or left out at a key frame, the last cannot be reached",
        &[
            "every_frame_of_every_codec_is_reached_in_any_order",
            "stamps_that_lack_or_lie_are_made_up_for",
        ],
    ),
    ("the part that is exported is off", &["cuts_show_every_frame_where_it_belongs"]),
    (
        "cuts are not exact, a frame is repeated at a dissolve's end",
        &[
            "every_frame_and_sample_is_where_the_cut_puts_it_lossless",
            "every_frame_and_sample_is_where_the_cut_puts_it_for_the_web",
        ],
    ),
    ("sound drifts from pictures of a variable rate", &["a_variable_rate_is_shown_by_its_stamps"]),
    (
        "sound is off by a constant after a cut",
        &["every_frame_and_sample_is_where_the_cut_puts_it_lossless"],
    ),
    (
        "long films drift at fractional rates",
        &[
            "ten_hours_end_on_their_sample",
            "for_an_hour_what_is_seen_is_what_is_heard_to_half_a_frame",
        ],
    ),
    (
        "cuts click",
        &[
            "a_sine_through_a_cut_leaves_nothing_outside_the_declick",
            "a_through_edit_changes_no_bit",
        ],
    ),
    ("the end of a short sound is lost", &["a_sound_file_is_as_long_as_what_is_in_it"]),
    (
        "colours are darker or paler in the export",
        &[
            "colours_that_moved_are_caught",
            "every_preset_writes_what_it_says",
            "what_a_still_states_of_its_colours_is_no_guess",
        ],
    ),
    (
        "edges of alpha are fringed",
        &[
            "a_fade_is_straight_in_codes_and_keeps_its_alpha",
            "a_flat_colour_stays_itself_whatever_is_done_to_it",
        ],
    ),
    (
        "a dissolve is black, upside down or frozen",
        &[
            "every_transition_starts_as_one_picture_and_ends_as_the_other",
            "a_dissolve_runs_on_into_the_handles",
        ],
    ),
    (
        "there is a pop after a transition was trimmed",
        &["what_was_edited_is_faded_and_then_the_bounce"],
    ),
    (
        "undo leaves something else than there was",
        &[
            "five_shots_and_two_dissolves_are_cut_by_the_keyboard",
            "random_edits_keep_the_rules_and_undo_gives_back_every_film",
        ],
    ),
    (
        "a film is lost, or what was kept by itself is older than what was saved",
        &[
            "a_kill_leaves_the_old_film_or_the_new_one",
            "two_hundred_kills_lose_no_film_and_nothing_a_second_old",
            "a_film_that_was_saved_since_is_not_taken_for_older",
        ],
    ),
    ("long timelines are slow to edit", &["many_starts_are_those_of_each_item"]),
    (
        "memory grows until the program is ended",
        &[
            "ten_thousand_seeks_speeds_and_edits_leave_the_film_right_and_the_memory_in_bounds",
            "edits_and_seeks_do_not_pile_anything_up",
        ],
    ),
    (
        "stand-ins are delivered, or are stale",
        &[
            "stand_ins_of_media_are_seen_and_never_delivered",
            "every_frame_has_its_number_and_an_original_that_changes_has_none",
        ],
    ),
    (
        "keyframes are lost or moved by a trim, a split, a speed",
        &[
            "keys_of_a_generator_stay_with_the_clip_or_with_its_content",
            "speeds_values_keys_and_effects_are_set_and_taken_off",
        ],
    ),
    (
        "numbered pictures lose half their frames, or begin with black",
        &[
            "numbers_of_any_size_and_padding_are_told_apart",
            "a_hole_in_a_film_is_a_slate_and_a_problem",
        ],
    ),
    (
        "media that moved must be found one by one, and stop the film from opening",
        &[
            "missing_media_are_slates_until_they_are_found_again",
            "broken_media_do_not_stop_the_film",
        ],
    ),
    (
        "interchange loses frames of odd dissolves, or adds a timecode twice",
        &["what_we_write_means_the_same_to_otio", "real_files_come_back_from_us_as_otio_knew_them"],
    ),
    (
        "the export is wrong and nothing says so",
        &[
            "what_was_delivered_is_the_film",
            "frames_out_of_their_places_are_caught",
            "sound_that_is_not_the_films_is_caught",
        ],
    ),
    ("the preview stutters", &["frames_that_were_due_and_not_seen_are_counted"]),
];

fn sources(folder: &Path, text: &mut String) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() && !path.ends_with("target") {
            sources(&path, text);
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            text.push_str(&std::fs::read_to_string(path).unwrap());
        }
    }
}

#[test]
fn every_complaint_is_held_off_by_a_test_that_is_there() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut text = String::new();
    for folder in ["src", "tests", "timeline-format"] {
        sources(&root.join(folder), &mut text);
    }
    for (complaint, tests) in COMPLAINTS {
        assert!(!tests.is_empty(), "{complaint}");
        for test in *tests {
            assert!(text.contains(&format!("fn {test}(")), "{complaint}: there is no test {test}");
        }
    }
}
