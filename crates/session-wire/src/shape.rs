//! How a structure of the protocol is written down: camelCase members, all of them optional on the
//! wire, absent ones left out.

use std::collections::BTreeMap;

/// Whether a member is left out when it is written.
pub(crate) trait Absent {
    /// True for what a reader takes an absent member for anyway, where leaving it out is usual.
    fn absent(&self) -> bool {
        false
    }
}

impl Absent for bool {}
impl Absent for i32 {}
impl Absent for i64 {}
impl Absent for u64 {}
impl Absent for f64 {}

impl Absent for String {
    fn absent(&self) -> bool {
        self.is_empty()
    }
}

impl<T> Absent for Option<T> {
    fn absent(&self) -> bool {
        self.is_none()
    }
}

impl<T> Absent for Vec<T> {
    fn absent(&self) -> bool {
        self.is_empty()
    }
}

impl<K, V> Absent for BTreeMap<K, V> {
    fn absent(&self) -> bool {
        self.is_empty()
    }
}

/// Declares structures of the protocol.
macro_rules! shapes {
    ($(
        $(#[$doc:meta])*
        $name:ident { $( $(#[$member_doc:meta])* $member:ident: $type:ty, )* }
    )*) => { $(
        $(#[$doc])*
        #[derive(Clone, Debug, Default, PartialEq, serde::Serialize, serde::Deserialize)]
        #[serde(rename_all = "camelCase", default)]
        pub struct $name { $(
            $(#[$member_doc])*
            #[serde(skip_serializing_if = "crate::shape::Absent::absent")]
            pub $member: $type,
        )* }
    )* };
}
pub(crate) use shapes;
