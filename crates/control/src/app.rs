//! The control plane as one thing: what its loops and handlers share.

use std::{
    sync::{Arc, Mutex, PoisonError},
    time::{SystemTime, UNIX_EPOCH},
};

use model::Timestamp;
use store::Store;

use crate::{
    Cx, Principal, Settings, authority::Authority, keys::Keys, reconcile::Queue, session::Hub,
};

/// A running control plane.
pub struct App {
    /// The state.
    pub store: Store,
    /// Who may call.
    pub keys: Keys,
    /// What is set once.
    pub settings: Arc<Settings>,
    /// Who called what.
    pub audit: audit::Log,
    /// The agents' sessions.
    pub hub: Hub,
    /// What is known of callers between their calls.
    pub authority: Arc<Authority>,
    queue: Mutex<Queue>,
}

impl App {
    /// A control plane over a store, without an audit log.
    pub fn new(store: Store, keys: Keys, settings: Settings) -> Arc<App> {
        Self::with_audit(store, keys, settings, audit::Log::nowhere())
    }

    /// A control plane over a store, with an audit log.
    pub fn with_audit(store: Store, keys: Keys, settings: Settings, audit: audit::Log) -> Arc<App> {
        let settings = Settings { vault: keys.vault(), ..settings };
        Arc::new(App {
            store,
            keys,
            settings: Arc::new(settings),
            audit,
            hub: Hub::default(),
            authority: Arc::default(),
            queue: Mutex::default(),
        })
    }

    /// The time. The one place where the control plane reads a clock.
    pub fn now(&self) -> Timestamp {
        let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        Timestamp(i64::try_from(since.as_millis()).unwrap_or(i64::MAX))
    }

    /// A context for a call.
    pub fn cx(&self, principal: Principal) -> Cx {
        Cx::new(self.now(), principal, self.settings.clone(), random())
    }

    /// A context for the control plane's own doings.
    pub fn own_cx(&self) -> Cx {
        let arn = format!(
            "arn:aws:iam::{}:role/aws-service-role/ecs.amazonaws.com/AWSServiceRoleForECS",
            self.settings.home.account
        );
        self.cx(Principal::new(arn))
    }

    /// What is to be reconciled, and what waits.
    pub fn queue(&self) -> std::sync::MutexGuard<'_, Queue> {
        self.queue.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Random bytes from the operating system. The one place where the control plane asks for them.
pub fn random() -> [u8; 32] {
    let mut bytes = [0; 32];
    getrandom::fill(&mut bytes).expect("invariant: the operating system has random bytes");
    bytes
}
