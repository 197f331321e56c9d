//! What users, roles, policies and instance profiles have in common: a name, tags, and the errors of
//! one that is not there.

use std::sync::Arc;

use model::{
    Tag,
    iam::{InstanceProfile, ManagedPolicy, Permissions, Role, User, key_of},
};
use store::{Record, State, Tx};
use wire::Error;

/// Something with a name.
pub trait Entity: Record<Key = String> {
    /// Its name, in the case in which it was given.
    fn name(&self) -> &str;
    /// The message about a name that nothing has.
    fn missing(name: &str) -> String;
    /// Its tags.
    fn tags(&self) -> &Vec<Tag>;
    /// Its tags, to change.
    fn tags_mut(&mut self) -> &mut Vec<Tag>;
    /// Refuses to change what only AWS changes.
    fn check_modifiable(&self) -> Result<(), Error> {
        Ok(())
    }
}

/// Something that policies are put on: a user or a role.
pub trait Holder: Entity {
    /// `user` or `role`.
    const KIND: &'static str;
    /// How long all inline policies together may be, in characters without white space.
    const INLINE_CHARS_MAX: usize;
    /// What it may.
    fn permissions(&self) -> &Permissions;
    /// What it may, to change.
    fn permissions_mut(&mut self) -> &mut Permissions;
}

macro_rules! entities {
    ($($entity:ident, $missing:literal;)+) => { $(
        impl Entity for $entity {
            fn name(&self) -> &str {
                &self.name
            }
            fn missing(name: &str) -> String {
                format!($missing, name)
            }
            fn tags(&self) -> &Vec<Tag> {
                &self.tags
            }
            fn tags_mut(&mut self) -> &mut Vec<Tag> {
                &mut self.tags
            }
        }
    )+ };
}

entities! {
    User, "The user with name {} cannot be found.";
    InstanceProfile, "Instance Profile {} cannot be found.";
    ManagedPolicy, "Policy {} was not found.";
}

impl Entity for Role {
    fn name(&self) -> &str {
        &self.name
    }
    fn missing(name: &str) -> String {
        format!("The role with name {name} cannot be found.")
    }
    fn tags(&self) -> &Vec<Tag> {
        &self.tags
    }
    fn tags_mut(&mut self) -> &mut Vec<Tag> {
        &mut self.tags
    }
    fn check_modifiable(&self) -> Result<(), Error> {
        if self.is_service_linked() {
            return Err(Error::unmodifiable(format!(
                "Cannot perform the operation on the protected role '{}' - this role is only modifiable by AWS",
                self.name
            )));
        }
        Ok(())
    }
}

impl Holder for User {
    const KIND: &'static str = "user";
    const INLINE_CHARS_MAX: usize = iam::limits::USER_INLINE_CHARS_MAX;
    fn permissions(&self) -> &Permissions {
        &self.permissions
    }
    fn permissions_mut(&mut self) -> &mut Permissions {
        &mut self.permissions
    }
}

impl Holder for Role {
    const KIND: &'static str = "role";
    const INLINE_CHARS_MAX: usize = iam::limits::ROLE_INLINE_CHARS_MAX;
    fn permissions(&self) -> &Permissions {
        &self.permissions
    }
    fn permissions_mut(&mut self) -> &mut Permissions {
        &mut self.permissions
    }
}

/// The entity with this name. Two names that differ in case alone cannot both be taken, but only the
/// right one finds what it names.
pub fn find<E: Entity>(state: &State, name: Option<&str>) -> Result<Arc<E>, Error> {
    // The model requires the member.
    let name = name.unwrap_or_default();
    let found = E::table(state).get(&key_of(name)).filter(|entity| entity.name() == name);
    found.cloned().ok_or_else(|| Error::no_such_entity(E::missing(name)))
}

/// Changes the entity with this name, if it is one that may be changed.
pub fn edit<E: Entity>(
    tx: &mut Tx,
    name: Option<&str>,
    edit: impl FnOnce(&mut E) -> Result<(), Error>,
) -> Result<(), Error> {
    let mut entity = E::clone(&*find::<E>(tx, name)?);
    entity.check_modifiable()?;
    edit(&mut entity)?;
    tx.put(entity);
    Ok(())
}

/// Whether the name is taken.
pub fn is_taken<E: Entity>(state: &State, name: &str) -> bool {
    E::table(state).get(&key_of(name)).is_some()
}
