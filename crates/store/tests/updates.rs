//! What a user of the store sees: updates, snapshots, the feed, and what happens when things fail.
#![allow(missing_docs, clippy::unwrap_used)]

use model::AccountSetting;
use std::sync::{Arc, mpsc};
use store::engine::{Bounds, Embedded, Fault, Memory};
use store::{Change, Core, Error, Lagged, Revision, Store, Tx, UpdateError, limits};

fn setting(name: &str, value: &str) -> AccountSetting {
    AccountSetting { principal: "default".into(), name: name.into(), value: value.into() }
}

fn key(name: &str) -> (String, String) {
    ("default".into(), name.into())
}

fn value(state: &store::State, name: &str) -> Option<String> {
    state.account_settings().get(&key(name)).map(|setting| setting.value.clone())
}

/// A transaction that writes a setting.
#[allow(clippy::unnecessary_wraps, reason = "transactions answer results")]
fn put(tx: &mut Tx, name: &str) -> Result<(), ()> {
    tx.put(setting(name, "1"));
    Ok(())
}

/// A transaction that counts up.
#[allow(clippy::unnecessary_wraps, reason = "transactions answer results")]
fn count(tx: &mut Tx) -> Result<u64, std::convert::Infallible> {
    let counted = value(tx, "count").map_or(0, |text| text.parse::<u64>().unwrap()) + 1;
    tx.put(setting("count", &counted.to_string()));
    Ok(counted)
}

fn in_memory() -> Store {
    Store::open(Box::new(Memory::new())).unwrap()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn concurrent_updates_are_all_done_once_and_told_in_order() {
    let store = in_memory();
    let mut feed = store.subscribe();
    let tasks: Vec<_> = (0..200)
        .map(|_| {
            let store = store.clone();
            tokio::spawn(async move { store.update(count).await.unwrap() })
        })
        .collect();
    let mut answers = Vec::new();
    for task in tasks {
        answers.push(task.await.unwrap());
    }
    answers.sort_unstable();
    assert_eq!(answers, (1..=200).collect::<Vec<_>>());
    assert_eq!(value(&store.snapshot(), "count").as_deref(), Some("200"));

    let (mut told, mut revision) = (Vec::new(), Revision(0));
    while told.len() < 200 {
        let commit = feed.recv().await.unwrap().unwrap();
        assert_eq!(commit.revision, revision.next());
        revision = commit.revision;
        told.extend(commit.changes.iter().map(|change| match change {
            Change::AccountSetting(changed) => {
                let before = changed.old.as_ref().map_or(0, |old| old.value.parse().unwrap());
                let after = changed.new.as_ref().unwrap().value.parse::<u64>().unwrap();
                assert_eq!(after, before + 1);
                after
            }
            other => panic!("{other:?}"),
        }));
    }
    assert_eq!(told, (1..=200).collect::<Vec<_>>());
    assert_eq!(store.snapshot().revision(), revision);
}

#[tokio::test]
async fn an_update_that_fails_leaves_no_trace() {
    let store = in_memory();
    store.update(count).await.unwrap();
    let mut feed = store.subscribe();
    let refused: Result<(), _> = store
        .update(|tx| {
            tx.put(setting("count", "99"));
            tx.put(setting("other", "1"));
            Err("no")
        })
        .await;
    assert_eq!(refused, Err(UpdateError::Refused("no")));
    let panicked: Result<(), UpdateError<()>> = store
        .update(|tx| {
            tx.put(setting("count", "99"));
            panic!("at the {}", "disco")
        })
        .await;
    let message = "at the disco".to_owned();
    assert_eq!(panicked, Err(UpdateError::Store(Error::Panicked { message })));
    assert_eq!(store.snapshot().revision(), Revision(1));
    assert!(feed.try_recv().is_none());
    assert_eq!(store.update(count).await, Ok(2));
    assert_eq!(value(&store.snapshot(), "other"), None);
}

#[tokio::test]
async fn a_snapshot_stays_as_it_was() {
    let store = in_memory();
    store.update(count).await.unwrap();
    let before = store.snapshot();
    store.update(count).await.unwrap();
    assert_eq!(value(&before, "count").as_deref(), Some("1"));
    assert_eq!(value(&store.snapshot(), "count").as_deref(), Some("2"));
}

#[tokio::test]
async fn a_transaction_reads_its_own_changes_and_tells_each_record_once() {
    let store = in_memory();
    let mut feed = store.subscribe();
    let revision = store
        .update(|tx| {
            tx.put(setting("a", "1"));
            assert_eq!(value(tx, "a").as_deref(), Some("1"));
            assert!(tx.edit::<AccountSetting>(&key("a"), |a| a.value.push('2')));
            tx.put(setting("gone again", "1"));
            assert!(tx.delete::<AccountSetting>(&key("gone again")).is_some());
            assert!(tx.delete::<AccountSetting>(&key("never there")).is_none());
            assert!(!tx.edit::<AccountSetting>(&key("never there"), |_| panic!()));
            Ok::<_, ()>(tx.revision())
        })
        .await
        .unwrap();
    let commit = feed.recv().await.unwrap().unwrap();
    assert_eq!(commit.revision, revision);
    let [Change::AccountSetting(changed)] = &commit.changes[..] else { panic!("{commit:?}") };
    assert_eq!((changed.key.clone(), changed.old.clone()), (key("a"), None));
    assert_eq!(changed.new.as_ref().unwrap().value, "12");
}

#[tokio::test]
async fn writing_what_is_there_is_no_change() {
    let store = in_memory();
    for _ in 0..2 {
        store.update(|tx| put(tx, "a")).await.unwrap();
    }
    let snapshot = store.snapshot();
    assert_eq!(snapshot.revision(), Revision(1));
    store.update(|tx| put(tx, "b")).await.unwrap();
    let snapshot = store.snapshot();
    assert_eq!(snapshot.account_settings().row(&key("a")).unwrap().revision, Revision(1));
    assert_eq!(snapshot.account_settings().row(&key("b")).unwrap().revision, Revision(2));
}

/// Holds the writer inside a transaction; dropping what is returned lets it go.
fn hold(store: &Store) -> (mpsc::Sender<()>, std::thread::JoinHandle<()>) {
    let (inside, is_inside) = mpsc::channel();
    let (go, may_go) = mpsc::channel::<()>();
    let store = store.clone();
    let thread = std::thread::spawn(move || {
        let held = store.update_blocking(move |_| {
            inside.send(()).unwrap();
            // Ends with an error when the sender is dropped.
            let _ = may_go.recv();
            Ok::<_, ()>(())
        });
        held.unwrap();
    });
    is_inside.recv().unwrap();
    (go, thread)
}

#[tokio::test]
async fn what_waits_together_is_one_commit_and_one_too_many_is_told() {
    let store = in_memory();
    let (go, holder) = hold(&store);
    // Each update is queued when it is first polled.
    let mut waiting: Vec<_> =
        (0..limits::QUEUE_MAX).map(|_| Box::pin(store.update(count))).collect();
    for update in &mut waiting {
        assert!(futures_util::poll!(update).is_pending());
    }
    assert_eq!(store.update(count).await, Err(UpdateError::Store(Error::Busy)));
    drop(go);
    for (number, update) in (1..).zip(waiting) {
        assert_eq!(update.await, Ok(number));
    }
    holder.join().unwrap();
    let groups = limits::QUEUE_MAX.div_ceil(limits::GROUP_MAX) as u64;
    assert_eq!(store.snapshot().revision(), Revision(groups));
}

#[tokio::test]
async fn in_a_group_those_that_fail_leave_no_trace_either() {
    let store = in_memory();
    store.update(count).await.unwrap();
    let (go, holder) = hold(&store);
    let put_and = |end: fn() -> Result<(), &'static str>| {
        let mut update = Box::pin(store.update(move |tx| {
            count(tx).unwrap();
            tx.put(setting("trace", "1"));
            end()
        }));
        assert!(futures_util::FutureExt::now_or_never(&mut update).is_none());
        update
    };
    let counting = |name: &'static str| {
        let mut update = Box::pin(store.update(move |tx| {
            tx.put(setting(name, "1"));
            count(tx)
        }));
        assert!(futures_util::FutureExt::now_or_never(&mut update).is_none());
        update
    };
    let first = counting("first");
    let refused = put_and(|| Err("no"));
    let second = counting("second");
    let panicked = put_and(|| panic!("no"));
    let third = counting("third");
    let mut feed = store.subscribe();
    drop(go);
    assert_eq!((first.await, second.await, third.await), (Ok(2), Ok(3), Ok(4)));
    assert_eq!(refused.await, Err(UpdateError::Refused("no")));
    assert!(matches!(panicked.await, Err(UpdateError::Store(Error::Panicked { .. }))));
    holder.join().unwrap();
    let snapshot = store.snapshot();
    assert_eq!(snapshot.revision(), Revision(2));
    assert_eq!(value(&snapshot, "trace"), None);
    for name in ["first", "second", "third"] {
        let row = snapshot.account_settings().row(&key(name)).unwrap();
        assert_eq!(row.revision, Revision(2));
    }
    assert_eq!(feed.recv().await.unwrap().unwrap().changes.len(), 6);
    assert!(snapshot.is_indexed_rightly());
}

#[tokio::test]
async fn a_listener_that_is_too_slow_is_told_and_goes_on() {
    let mut core = Core::open(Box::new(Memory::new())).unwrap();
    let mut feed = core.subscribe();
    for _ in 0..limits::FEED_MAX + 10 {
        core.update(count).unwrap();
    }
    assert_eq!(feed.recv().await, Some(Err(Lagged { missed: 10 })));
    assert_eq!(feed.recv().await.unwrap().unwrap().revision, Revision(11));
}

#[tokio::test]
async fn after_a_failed_commit_the_store_only_reads_until_opened_again() {
    for (fault, kept) in [(Fault::Lost, "1"), (Fault::Unanswered, "2")] {
        let engine = Memory::new();
        let store = Store::open(Box::new(engine.clone())).unwrap();
        let mut feed = store.subscribe();
        store.update(count).await.unwrap();
        engine.fail_next_commit(fault);
        let failed = store.update(count).await.unwrap_err();
        assert!(matches!(failed, UpdateError::Store(Error::Failed { .. })), "{failed}");
        assert_eq!(store.update(count).await, Err(failed));
        assert_eq!(value(&store.snapshot(), "count").as_deref(), Some("1"));
        assert!(feed.try_recv().is_some());
        assert!(feed.try_recv().is_none(), "what failed was told");
        drop(store);
        assert_eq!(feed.recv().await, None);
        let store = Store::open(Box::new(engine)).unwrap();
        assert_eq!(value(&store.snapshot(), "count").as_deref(), Some(kept));
        store.update(count).await.unwrap();
    }
}

#[tokio::test]
async fn waiting_for_a_state_ends_when_it_comes() {
    let store = in_memory();
    let waiting = {
        let store = store.clone();
        tokio::spawn(async move {
            store.wait_for(|state| value(state, "count").as_deref() == Some("3")).await
        })
    };
    for _ in 0..3 {
        store.update(count).await.unwrap();
    }
    assert_eq!(waiting.await.unwrap().unwrap().revision(), Revision(3));
}

#[test]
fn a_closed_store_gives_its_directory_back_with_all_that_was_done() {
    let dir = tempfile::tempdir().unwrap();
    let open = || Store::open(Box::new(Embedded::open(dir.path(), Bounds::default())?));
    let store = open().unwrap();
    store.update_blocking(count).unwrap();
    assert!(matches!(open(), Err(Error::InUse { .. })));
    // The last clone goes away inside a transaction: the writer does not wait for itself.
    let last = store.clone();
    store.update_blocking(move |tx| count(tx).map(|_| drop(last))).unwrap();
    drop(store);
    let store = open().unwrap();
    assert_eq!(value(&store.snapshot(), "count").as_deref(), Some("2"));
}

#[test]
fn state_at_an_earlier_revision_is_rebuilt() {
    let mut core = Core::open(Box::new(Memory::new())).unwrap();
    for _ in 0..3 {
        core.update(count).unwrap();
    }
    let state = core.state_at(Revision(2)).unwrap();
    assert_eq!(value(&state, "count").as_deref(), Some("2"));
    assert!(matches!(core.state_at(Revision(4)).unwrap_err(), Error::NotKept { .. }));
}

/// The sum of all settings that are numbers, kept by changes alone once it is made.
struct Sum(i64);

fn number(setting: Option<&Arc<AccountSetting>>) -> i64 {
    setting.map_or(0, |setting| setting.value.parse().unwrap_or(0))
}

impl store::Companion for Sum {
    fn of(state: &store::State) -> Self {
        Sum(state.account_settings().iter().map(|setting| number(Some(setting))).sum())
    }

    fn follow(&mut self, change: &Change) {
        if let Change::AccountSetting(changed) = change {
            self.0 += number(changed.new.as_ref()) - number(changed.old.as_ref());
        }
    }
}

/// What the companion says, and whether that is what one made anew would say.
fn sum(tx: &mut Tx) -> i64 {
    let anew = <Sum as store::Companion>::of(tx).0;
    let kept = tx.companion::<Sum>().0;
    assert_eq!(kept, anew);
    kept
}

#[tokio::test]
async fn a_companion_says_what_the_state_says_whatever_becomes_of_transactions() {
    let store = in_memory();
    store.update(count).await.unwrap();
    let seen = store.update(|tx| Ok::<_, ()>(sum(tx))).await;
    assert_eq!(seen, Ok(1));
    let seen = store.update(|tx| {
        tx.put(setting("a", "10"));
        let first = sum(tx);
        tx.put(setting("a", "20"));
        tx.put(setting("b", "5"));
        tx.delete::<AccountSetting>(&key("b"));
        Ok::<_, ()>((first, sum(tx)))
    });
    assert_eq!(seen.await, Ok((11, 21)));
    let refused: Result<(), _> = store
        .update(|tx| {
            tx.put(setting("a", "1000"));
            tx.put(setting("c", "1000"));
            tx.delete::<AccountSetting>(&key("count"));
            Err(sum(tx))
        })
        .await;
    assert_eq!(refused, Err(UpdateError::Refused(2_000)));
    assert_eq!(store.update(|tx| Ok::<_, ()>(sum(tx))).await, Ok(21));
    let panicked: Result<(), UpdateError<()>> = store
        .update(|tx| {
            tx.put(setting("a", "1000"));
            panic!("after {}", sum(tx))
        })
        .await;
    assert!(matches!(panicked, Err(UpdateError::Store(Error::Panicked { .. }))));
    assert_eq!(store.update(|tx| Ok::<_, ()>(sum(tx))).await, Ok(21));
}
