//! What every engine must do, run against each of them.

use super::batch::{self, Batch, Image, Revision, Rows, Write};
use super::{Backend, Bounds, Embedded, Memory};
use crate::Error;
use proptest::prelude::*;
use std::collections::BTreeMap;

/// An engine that can be closed and opened again.
trait Place {
    fn new(bounds: Bounds) -> Self;
    fn open(&self) -> Box<dyn Backend>;
}

struct InMemory(Memory);

impl Place for InMemory {
    fn new(bounds: Bounds) -> Self {
        InMemory(Memory::with_history(bounds))
    }
    fn open(&self) -> Box<dyn Backend> {
        Box::new(self.0.clone())
    }
}

struct OnDisk(tempfile::TempDir, Bounds);

impl Place for OnDisk {
    fn new(bounds: Bounds) -> Self {
        OnDisk(tempfile::tempdir().unwrap(), bounds)
    }
    fn open(&self) -> Box<dyn Backend> {
        Box::new(Embedded::open(self.0.path(), self.1).unwrap())
    }
}

const FEW: Bounds = Bounds { batches_max: 5, bytes_max: 400, fold_bytes: 60 };

fn batch(revision: u64, writes: Vec<Write>) -> Batch {
    Batch { revision: Revision(revision), writes }
}

fn put(key: &str, value: &str) -> Write {
    Write::put(1, key.as_bytes(), value.as_bytes())
}

fn begins_empty<P: Place>() {
    let place = P::new(Bounds::default());
    assert_eq!(place.open().load(None).unwrap(), Image::default());
    let mut again = place.open();
    assert_eq!(again.load(None).unwrap(), Image::default());
    assert_eq!(again.follow(Revision(0)).unwrap(), []);
}

fn gives_back_what_was_committed<P: Place>() {
    let place = P::new(Bounds::default());
    let mut engine = place.open();
    let odd = Write::put(0, *b"\0\xff", vec![0xff; 70_000]);
    engine.commit(&batch(1, vec![put("b", "1"), put("a", "1"), odd.clone()])).unwrap();
    engine.commit(&batch(2, vec![put("b", "2"), Write::put(255, *b"", *b"")])).unwrap();
    engine.commit(&batch(3, vec![Write::delete(1, *b"a"), Write::delete(1, *b"none")])).unwrap();
    let rows = vec![odd, put("b", "2"), Write::put(255, *b"", *b"")];
    let image = Image { revision: Revision(3), rows };
    assert_eq!(engine.load(None).unwrap(), image);
    drop(engine);
    assert_eq!(place.open().load(None).unwrap(), image);
}

fn refuses_batches_out_of_order<P: Place>() {
    let place = P::new(Bounds::default());
    let mut engine = place.open();
    engine.commit(&batch(1, vec![put("a", "1")])).unwrap();
    for offered in [0, 1, 3] {
        let newest = Revision(1);
        let refusal = Error::OutOfOrder { offered: Revision(offered), newest };
        assert_eq!(engine.commit(&batch(offered, vec![put("a", "x")])), Err(refusal));
    }
    assert_eq!(engine.load(None).unwrap().rows, [put("a", "1")]);
    engine.commit(&batch(2, vec![put("a", "2")])).unwrap();
    drop(engine);
    assert_eq!(place.open().load(None).unwrap().rows, [put("a", "2")]);
}

fn says_what_history_is_not_kept<P: Place>() {
    let place = P::new(FEW);
    let mut engine = place.open();
    for revision in 1..=20 {
        engine.commit(&batch(revision, vec![put("a", "value")])).unwrap();
    }
    let Err(Error::NotKept { oldest, newest, .. }) = engine.load(Some(Revision(0))) else {
        panic!("20 batches are more than 5")
    };
    assert!((15..20).contains(&oldest.0), "oldest is {oldest}");
    assert_eq!(newest, Revision(20));
    assert!(engine.follow(Revision(oldest.0 - 1)).is_err());
    assert_eq!(engine.follow(oldest).unwrap().len() as u64, 20 - oldest.0);
    assert!(engine.load(Some(oldest)).is_ok());
    assert!(engine.load(Some(Revision(21))).is_err());
    assert!(engine.follow(Revision(21)).is_err());
}

fn write() -> impl Strategy<Value = Write> {
    let value = prop::option::of("[a-z]{0,40}");
    (1_u8..3, "[a-d]{1,2}", value).prop_map(|(table, key, value)| Write {
        table,
        key: key.into_bytes().into(),
        value: value.map(|value| value.into_bytes().into()),
    })
}

/// Batches with each row at most once, and whether to open the engine again after each.
fn batches() -> impl Strategy<Value = Vec<(Vec<Write>, bool)>> {
    let writes = prop::collection::vec(write(), 1..6).prop_map(|writes| {
        let unique: BTreeMap<_, _> =
            writes.into_iter().map(|write| ((write.table, write.key.clone()), write)).collect();
        unique.into_values().collect()
    });
    prop::collection::vec((writes, prop::bool::weighted(0.2)), 1..30)
}

/// Whatever is committed, every revision that is kept reads as the batches up to it make it.
fn agrees_with_a_map<P: Place>(steps: Vec<(Vec<Write>, bool)>) {
    let place = P::new(FEW);
    let mut engine = place.open();
    let (mut rows, mut images, mut batches) = (Rows::new(), vec![Image::default()], Vec::new());
    for (revision, (writes, again)) in (1..).zip(steps) {
        let next = batch(revision, writes);
        engine.commit(&next).unwrap();
        batch::apply(&mut rows, &next);
        images.push(batch::to_image(Revision(revision), rows.clone()));
        batches.push(next);
        if again {
            drop(engine);
            engine = place.open();
        }
        assert_eq!(engine.load(None).unwrap(), images[revision as usize]);
        for at in 0..=revision {
            match engine.load(Some(Revision(at))) {
                Ok(image) => {
                    assert_eq!(image, images[at as usize]);
                    assert_eq!(engine.follow(Revision(at)).unwrap(), batches[at as usize..]);
                }
                Err(Error::NotKept { oldest, .. }) => assert!(at < oldest.0),
                Err(error) => panic!("{error}"),
            }
        }
    }
}

macro_rules! conformance {
    ($engine:ident: $place:ty) => {
        mod $engine {
            use super::*;

            #[test]
            fn begins_empty() {
                super::begins_empty::<$place>();
            }
            #[test]
            fn gives_back_what_was_committed() {
                super::gives_back_what_was_committed::<$place>();
            }
            #[test]
            fn refuses_batches_out_of_order() {
                super::refuses_batches_out_of_order::<$place>();
            }
            #[test]
            fn says_what_history_is_not_kept() {
                super::says_what_history_is_not_kept::<$place>();
            }
            proptest! {
                #![proptest_config(ProptestConfig::with_cases(24))]
                #[test]
                fn agrees_with_a_map(steps in batches()) {
                    super::agrees_with_a_map::<$place>(steps);
                }
            }
        }
    };
}

conformance!(memory: InMemory);
conformance!(embedded: OnDisk);
