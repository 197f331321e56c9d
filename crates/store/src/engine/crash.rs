//! What the engine on disk does when the disk fails, the machine crashes, or the file was damaged.

use super::batch::{self, Batch, Image, Revision, Rows, Write};
use super::embedded::make;
use super::faulty_disk::{FaultyDisk, Survival, survival};
use super::{Backend, Bounds, Embedded};
use crate::Error;
use crate::limits::FORMAT;
use proptest::prelude::*;
use std::path::Path;
use std::sync::LazyLock;

const FEW: Bounds = Bounds { batches_max: 8, bytes_max: 20_000, fold_bytes: 5_000 };

fn new_disk() -> FaultyDisk {
    let disk = FaultyDisk::default();
    make(Box::new(disk.clone())).unwrap();
    disk
}

fn open(disk: &FaultyDisk) -> Result<Embedded, Error> {
    Embedded::open_disk(Box::new(disk.clone()), FEW)
}

/// A batch whose rows tell its revision: some rows are written again and again, some are deleted.
fn batch_of(revision: u64, size: usize) -> Batch {
    let row = |n: u64| {
        let key = ((revision * 7 + n * 3) % 40).to_be_bytes();
        match (revision + n) % 5 {
            0 => Write::delete(1, key),
            _ => Write::put(1, key, format!("{revision} ").repeat(size).into_bytes()),
        }
    };
    Batch { revision: Revision(revision), writes: (0..4).map(row).collect() }
}

/// A sound file, closed in good order, and what it holds.
static SOUND: LazyLock<(Vec<u8>, Image)> = LazyLock::new(|| {
    let disk = new_disk();
    let mut engine = open(&disk).unwrap();
    for revision in 1..30 {
        engine.commit(&batch_of(revision, 50)).unwrap();
    }
    let image = engine.load(None).unwrap();
    drop(engine);
    (disk.bytes(), image)
});

#[derive(Clone, Debug)]
struct Round {
    /// Writes and syncs that go well, from before the opening on.
    good_ops: usize,
    size: usize,
    survival: Survival,
}

fn round() -> impl Strategy<Value = Round> {
    (0_usize..150, 1_usize..400, survival()).prop_map(|(good_ops, size, survival)| Round {
        good_ops,
        size,
        survival,
    })
}

/// Commits until the disk fails; answers with the images that may be found after it.
fn commit_until_failure(
    disk: &FaultyDisk,
    round: &Round,
    rows: &mut Rows,
    acked: &mut u64,
) -> Result<Image, Image> {
    let mut engine = match open(disk) {
        Ok(engine) => engine,
        Err(Error::Io { .. }) => return Ok(batch::to_image(Revision(*acked), rows.clone())),
        Err(error) => panic!("a crash is not damage: {error}"),
    };
    for _ in 0..50 {
        let next = batch_of(*acked + 1, round.size);
        let before = rows.clone();
        batch::apply(rows, &next);
        if engine.commit(&next).is_err() {
            let unsure = batch::to_image(next.revision, rows.clone());
            *rows = before;
            return Err(unsure);
        }
        *acked += 1;
    }
    Ok(batch::to_image(Revision(*acked), rows.clone()))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    /// Wherever the disk fails, also while a start repairs what an earlier crash left: what was
    /// acknowledged is there, and of the commit that failed all or nothing.
    #[test]
    fn what_was_acknowledged_survives(rounds in prop::collection::vec(round(), 1..6)) {
        let (mut disk, mut rows, mut acked) = (new_disk(), Rows::new(), 0);
        for round in rounds {
            disk.fail_after(round.good_ops);
            let unsure = commit_until_failure(&disk, &round, &mut rows, &mut acked).err();
            disk = disk.crash(&round.survival);
            let known = batch::to_image(Revision(acked), rows.clone());
            let found = open(&disk.crash(&Survival::Nothing)).unwrap().load(None).unwrap();
            if Some(&found) == unsure.as_ref() {
                acked += 1;
                rows = found.rows.into_iter()
                    .filter_map(|row| Some(((row.table, row.key), row.value?)))
                    .collect();
            } else {
                prop_assert_eq!(found, known);
            }
        }
    }

    /// Whatever bytes of the file change: either it reads as it was, or it is refused; and then it
    /// is untouched.
    #[test]
    fn damage_is_refused_or_harmless(
        at in any::<prop::sample::Index>(), change in 1_u8.., run in 1_usize..600,
        in_header in any::<bool>(),
    ) {
        let (mut bytes, image) = SOUND.clone();
        let start = at.index(if in_header { 600 } else { bytes.len() });
        bytes.iter_mut().skip(start).take(run).for_each(|byte| *byte ^= change);
        let damaged = FaultyDisk::with_bytes(bytes.clone());
        match open(&damaged) {
            Ok(mut engine) => prop_assert_eq!(engine.load(None).unwrap(), image),
            Err(error) => {
                prop_assert!(matches!(error, Error::Damaged { .. }), "{}", error);
                prop_assert!(damaged.bytes() == bytes, "the file was touched");
            }
        }
    }
}

#[test]
fn a_file_that_was_cut_short_is_refused() {
    let disk = new_disk();
    let whole = disk.bytes();
    for len in [0, 1, 4096, whole.len() / 2] {
        let cut = FaultyDisk::with_bytes(whole[..len].to_vec());
        let refusal = open(&cut).map(|_| ()).unwrap_err();
        assert!(matches!(refusal, Error::Damaged { .. }), "{len}: {refusal}");
        assert_eq!(cut.bytes(), whole[..len]);
    }
}

fn open_directory(path: &Path) -> Result<Embedded, Error> {
    Embedded::open(path, Bounds::default())
}

/// Every file of a directory but the lock, with its contents.
fn contents(path: &Path) -> Vec<(std::ffi::OsString, Vec<u8>)> {
    let entries = std::fs::read_dir(path).unwrap().map(Result::unwrap);
    let mut files: Vec<_> = entries
        .filter(|entry| entry.file_name() != "lock")
        .map(|entry| (entry.file_name(), std::fs::read(entry.path()).unwrap()))
        .collect();
    files.sort();
    files
}

#[test]
fn a_newer_format_is_refused_and_untouched() {
    let dir = tempfile::tempdir().unwrap();
    open_directory(dir.path()).unwrap();
    let newer = format!("longshore store {}\nand more\n", FORMAT + 1);
    std::fs::write(dir.path().join("FORMAT"), newer).unwrap();
    assert!(matches!(open_directory(dir.path()), Err(Error::Damaged { .. })), "no number");
    std::fs::write(dir.path().join("FORMAT"), format!("longshore store {}\n", FORMAT + 1)).unwrap();
    let before = contents(dir.path());
    let refusal = open_directory(dir.path()).unwrap_err();
    assert_eq!(
        refusal.to_string(),
        format!(
            "{} has format 2, but this version reads up to 1; nothing was changed",
            dir.path().display()
        )
    );
    assert_eq!(contents(dir.path()), before);
}

#[test]
fn a_directory_in_use_is_refused_until_it_is_given_back() {
    let dir = tempfile::tempdir().unwrap();
    let mut first = open_directory(dir.path()).unwrap();
    let refusal = open_directory(dir.path()).unwrap_err();
    let holder = std::process::id().to_string();
    let directory = dir.path().display().to_string();
    assert_eq!(refusal, Error::InUse { directory, holder });
    first.commit(&batch_of(1, 1)).unwrap();
    drop(first);
    assert_eq!(open_directory(dir.path()).unwrap().load(None).unwrap().revision, Revision(1));
}

#[test]
fn a_lost_file_is_not_taken_for_a_new_store() {
    let dir = tempfile::tempdir().unwrap();
    open_directory(dir.path()).unwrap();
    for lost in ["FORMAT", "store.redb"] {
        let kept = std::fs::read(dir.path().join(lost)).unwrap();
        std::fs::remove_file(dir.path().join(lost)).unwrap();
        let refusal = open_directory(dir.path()).unwrap_err();
        assert!(matches!(refusal, Error::Damaged { .. }), "{lost}: {refusal}");
        assert!(!dir.path().join(lost).exists());
        std::fs::write(dir.path().join(lost), kept).unwrap();
    }
    open_directory(dir.path()).unwrap();
}

#[test]
fn a_first_start_that_was_cut_short_is_begun_again_or_finished() {
    let dir = tempfile::tempdir().unwrap();
    // Cut short while the file was being made.
    std::fs::write(dir.path().join("store.redb.new"), b"half").unwrap();
    open_directory(dir.path()).unwrap();
    // Cut short before the file got its name.
    std::fs::rename(dir.path().join("store.redb"), dir.path().join("store.redb.new")).unwrap();
    assert_eq!(open_directory(dir.path()).unwrap().load(None).unwrap(), Image::default());
}
