//! What the nouns promise.

use alloc::string::ToString;

use crate::{Resources, Scale, TaskStatus, Timestamp};

#[test]
fn statuses_are_ordered_as_a_task_lives() {
    assert!(TaskStatus::ALL.is_sorted());
    assert!(TaskStatus::Running < TaskStatus::Stopped);
    for status in TaskStatus::ALL {
        assert_eq!(status.as_str().parse(), Ok(*status));
        assert_eq!(serde_json::to_string(status).unwrap(), alloc::format!("\"{status}\""));
    }
    assert_eq!("Running".parse::<TaskStatus>(), Err("Running".to_string()));
}

#[test]
fn what_is_added_can_be_taken_away_again() {
    let mut held = Resources::new(512, 256);
    held.tcp_ports.insert(80);
    let before = held.clone();
    let mut more = Resources::new(256, 64);
    more.tcp_ports.insert(8080);
    held.add(&more);
    assert_eq!((held.cpu_units, held.memory_mib, held.tcp_ports.len()), (768, 320, 2));
    held.subtract(&more);
    assert_eq!(held, before);
}

#[test]
fn an_instant_reads_as_a_date() {
    for (ms, text) in [
        (0, "1970-01-01T00:00:00Z"),
        (1_529_360_908_999, "2018-06-18T22:28:28Z"),
        (951_782_400_000, "2000-02-29T00:00:00Z"),
        (-1, "1969-12-31T23:59:59Z"),
    ] {
        assert_eq!(Timestamp(ms).to_string(), text);
    }
}

#[test]
fn time_never_wraps() {
    assert_eq!(Timestamp(i64::MAX).plus_ms(1), Timestamp(i64::MAX));
    assert_eq!(Timestamp(5).ms_since(Timestamp(7)), -2);
}

#[test]
fn a_scale_is_read_as_it_was_written() {
    for percent in [0.0, 0.000_000_001, 12.5, 33.3, 66.66, 99.999_999_999, 100.0] {
        assert_eq!(Scale::from_percent(percent).map(Scale::percent), Some(percent));
    }
    assert_eq!(Scale::from_percent(-0.0), Some(Scale::NONE));
    assert_eq!(Scale::from_percent(100.0), Some(Scale::ALL));
    for percent in [-0.1, 100.000_001, f64::NAN, f64::INFINITY, f64::NEG_INFINITY] {
        assert_eq!(Scale::from_percent(percent), None, "{percent}");
    }
}
