//! Choices that look random and are repeatable: a seed and an id make a number.

/// Spreads the bits of a number (the finaliser of splitmix64).
fn mix(mut x: u64) -> u64 {
    x = (x ^ (x >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    x = (x ^ (x >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    x ^ (x >> 31)
}

/// One of `items`, each as likely as any other; `salt` tells apart the choices under one seed.
pub(crate) fn pick<T: Copy>(seed: u64, salt: u128, items: &[T]) -> Option<T> {
    let count = items.len().max(1) as u64;
    items.get((lot(seed, salt) % count) as usize).copied()
}

/// The lot that an id draws under a seed. Whoever draws the lowest is chosen, so that the order of
/// the candidates does not matter and each is as likely as any other.
pub(crate) fn lot(seed: u64, id: u128) -> u64 {
    let high = mix(seed.wrapping_add(0x9e37_79b9_7f4a_7c15) ^ (id >> 64) as u64);
    mix(high ^ id as u64)
}
