//! The time, and randomness that is good enough to spread timers.

use std::hash::{BuildHasher, RandomState};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use model::Timestamp;

/// The time of the host.
pub fn now() -> Timestamp {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    Timestamp(i64::try_from(since.as_millis()).unwrap_or(i64::MAX))
}

/// A number that differs from call to call; not for secrets.
pub fn random() -> u64 {
    RandomState::new().hash_one(0_u8)
}

/// An id for messages: 32 hexadecimal digits.
pub fn message_id() -> String {
    format!("{:016x}{:016x}", random(), random())
}

/// 32 hexadecimal digits that nobody can guess.
pub fn secret() -> String {
    let mut bytes = [0; 16];
    getrandom::fill(&mut bytes).expect("invariant: the operating system has random bytes");
    bytes.iter().fold(String::new(), |text, byte| format!("{text}{byte:02x}"))
}

/// Some time below `most`.
pub fn jitter(most: Duration) -> Duration {
    let ms = u64::try_from(most.as_millis()).unwrap_or(u64::MAX).max(1);
    Duration::from_millis(random() % ms)
}

/// Growing pauses between attempts, each a fifth longer or shorter at random.
#[derive(Clone, Debug)]
pub struct BackOff {
    first: Duration,
    most: Duration,
    next: Duration,
}

impl BackOff {
    /// Pauses from `first` to `most`, each half as long again as the one before.
    pub fn new(first: Duration, most: Duration) -> Self {
        Self { first, most, next: first }
    }

    /// The next pause.
    pub fn pause(&mut self) -> Duration {
        let pause = self.next;
        self.next = (pause * 3 / 2).min(self.most);
        pause * 4 / 5 + jitter(pause * 2 / 5)
    }

    /// Begins with the shortest pause again.
    pub fn reset(&mut self) {
        self.next = self.first;
    }
}

#[cfg(test)]
mod tests {
    use super::BackOff;
    use std::time::Duration;

    #[test]
    fn pauses_grow_to_the_most_and_begin_again_after_a_reset() {
        let (first, most) = (Duration::from_millis(100), Duration::from_secs(1));
        let mut back_off = BackOff::new(first, most);
        let within =
            |pause: Duration, middle: Duration| pause >= middle * 4 / 5 && pause <= middle * 6 / 5;
        assert!(within(back_off.pause(), first));
        assert!(within(back_off.pause(), first * 3 / 2));
        for _ in 0..10 {
            back_off.pause();
        }
        assert!(within(back_off.pause(), most));
        back_off.reset();
        assert!(within(back_off.pause(), first));
    }
}
