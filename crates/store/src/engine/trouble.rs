//! The errors of redb in our words: damage told apart from a disk that refuses.

use crate::error::{Error, damaged};
use std::io::ErrorKind;

/// An error of redb, or one of ours that was found while working with it.
pub(super) enum Trouble {
    Engine(redb::Error),
    Ours(Error),
}

impl From<Error> for Trouble {
    fn from(error: Error) -> Self {
        Trouble::Ours(error)
    }
}

macro_rules! from_engine {
    ($($error:ident),+) => {
        $(impl From<redb::$error> for Trouble {
            fn from(error: redb::$error) -> Self {
                Trouble::Engine(error.into())
            }
        })+
    };
}
from_engine!(CommitError, DatabaseError, StorageError, TableError, TransactionError);

/// Says what was being done to the store when there was trouble.
pub(super) fn doing<T>(what: &str, result: Result<T, Trouble>) -> Result<T, Error> {
    result.map_err(|trouble| match trouble {
        Trouble::Ours(error) => error,
        Trouble::Engine(error) => to_error(what, error),
    })
}

fn to_error(doing: &str, error: redb::Error) -> Error {
    match error {
        redb::Error::Corrupted(what) => damaged(what),
        redb::Error::Io(error) if error.kind() == ErrorKind::InvalidData => {
            damaged(error.to_string())
        }
        redb::Error::Io(error) if error.kind() == ErrorKind::UnexpectedEof => {
            damaged("the file ends too early")
        }
        // Our file has the tables that we made, in the format that we wrote.
        error @ (redb::Error::UpgradeRequired(_)
        | redb::Error::TableDoesNotExist(_)
        | redb::Error::TableTypeMismatch { .. }
        | redb::Error::TypeDefinitionChanged { .. }) => damaged(error.to_string()),
        error => Error::Io { doing: format!("{doing} the store"), reason: error.to_string() },
    }
}
