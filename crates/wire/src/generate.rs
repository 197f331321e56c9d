//! What a structure, an enumeration, an operation and an error code are in Rust: the macros that
//! the generated files fill in.

use std::fmt;
use std::marker::PhantomData;
use std::str::FromStr;

use serde::de::{Deserializer, Unexpected, Visitor};

/// Structures whose members are all optional and leave nothing on the wire when absent.
macro_rules! structures {
    (
        $service:literal, $case:literal;
        $( $name:ident { $( $(#[$attribute:meta])* $field:ident: $type:ty, )* } )*
    ) => { $(
        #[doc = concat!($service, "'s `", stringify!($name), "`.")]
        #[derive(Clone, Debug, Default, PartialEq, serde::Serialize, serde::Deserialize)]
        #[serde(rename_all = $case)]
        #[allow(missing_docs, reason = "AWS's API reference describes the members")]
        pub struct $name { $(
            $(#[$attribute])*
            #[serde(skip_serializing_if = "Option::is_none")]
            pub $field: Option<$type>,
        )* }
    )* };
}

/// Enumerations that are strings on the wire.
macro_rules! enumerations {
    (
        $service:literal;
        $( $name:ident { $( $variant:ident = $wire:literal, )* } )*
    ) => { $(
        #[doc = concat!($service, "'s `", stringify!($name), "`.")]
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name { $(
            #[doc = concat!("`", $wire, "`")]
            $variant,
        )* }

        impl $name {
            /// The values as strings, in the order of the variants.
            pub const VALUES: &'static [&'static str] = &[$( $wire ),*];

            /// The value as it stands on the wire.
            pub const fn as_str(self) -> &'static str {
                match self { $( Self::$variant => $wire, )* }
            }
        }

        impl std::str::FromStr for $name {
            type Err = $crate::UnknownValue;

            fn from_str(value: &str) -> Result<Self, Self::Err> {
                match value {
                    $( $wire => Ok(Self::$variant), )*
                    _ => Err($crate::UnknownValue),
                }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.pad(self.as_str())
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.as_str())
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                $crate::generate::from_wire_string(deserializer, stringify!($name))
            }
        }
    )* };
}

/// The service, its `Operation` enumeration, and in `op` a type for each operation that ties it to its input
/// and output.
macro_rules! operations {
    (
        $title:literal, $pages:literal, $id:literal, $version:literal;
        $(
            $name:ident $access:ident: $input:ident as $schema:ident => $output:ty {
                $( $error:ident, )*
            }
        )*
    ) => {
        #[doc = concat!($title, ", version ", $version, " of its API.")]
        pub const SERVICE: $crate::Service =
            $crate::Service { id: $id, title: $title, version: $version };

        #[doc = concat!("An operation of the ", $title, " API.")]
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Operation { $(
            #[doc = concat!("[`", stringify!($name), "`](https://docs.aws.amazon.com/", $pages, "/latest/APIReference/API_", stringify!($name), ".html)")]
            $name,
        )* }

        impl Operation {
            /// All operations, sorted by name.
            pub const ALL: &'static [Self] = &[$( Self::$name ),*];

            /// The name on the wire, such as `RunTask`.
            pub const fn name(self) -> &'static str {
                match self { $( Self::$name => stringify!($name), )* }
            }

            /// The operation called `name`.
            pub fn from_name(name: &str) -> Option<Self> {
                match name {
                    $( stringify!($name) => Some(Self::$name), )*
                    _ => None,
                }
            }

            /// Whether the operation only reads.
            pub const fn is_read_only(self) -> bool {
                match self { $( Self::$name => operations!(@ $access), )* }
            }

            /// The errors that the model declares for the operation; every operation can answer
            /// the errors that are common to all of AWS as well.
            pub const fn errors(self) -> &'static [$crate::ErrorCode] {
                match self { $( Self::$name => &[$( $crate::ErrorCode::$error ),*], )* }
            }

            /// Runs code that is generic over the operation.
            pub fn with<W: $crate::WithOp>(self, code: W) -> W::Answer {
                match self { $( Self::$name => code.run::<op::$name>(), )* }
            }

            /// What the operation's input must look like.
            pub const fn input_schema(self) -> &'static $crate::schema::Shape {
                match self { $( Self::$name => &schema::$schema, )* }
            }
        }

        /// A type for each operation, for code that is generic over [`Op`](crate::Op).
        pub mod op {
            use super::super::structures::*;

            $(
            #[doc = concat!("The operation `", stringify!($name), "`.")]
            #[derive(Clone, Copy, Debug)]
            pub struct $name;

            impl $crate::Op for $name {
                type Input = $input;
                type Output = $output;
                type Operation = super::Operation;
                const OPERATION: super::Operation = super::Operation::$name;
                const NAME: &'static str = stringify!($name);
                const ACTION: &'static str = concat!($id, ":", stringify!($name));
                const SERVICE: $crate::Service = super::SERVICE;

                fn input_schema() -> &'static $crate::schema::Shape {
                    &super::schema::$schema
                }
            }
            )*
        }
    };
    (@ reads) => { true };
    (@ writes) => { false };
}

/// The `ErrorCode` enumeration: names and HTTP statuses.
macro_rules! error_codes {
    ($(
        $variant:ident = $wire:literal, $status:literal, $query:literal, $query_status:literal;
    )*) => {
        /// The name of an error that an API answers: an exception of a service's model, or one
        /// that is common to all of AWS. The two protocols call some of them by other names.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum ErrorCode { $(
            #[doc = concat!("`", $wire, "`, HTTP status ", $status)]
            #[doc = concat!("(in the query protocol `", $query, "`, ", $query_status, ")")]
            $variant,
        )* }

        impl ErrorCode {
            /// All codes, sorted by name.
            pub const ALL: &'static [Self] = &[$( Self::$variant ),*];

            /// The name in the JSON protocol, such as `ClusterNotFoundException`.
            pub const fn name(self) -> &'static str {
                match self { $( Self::$variant => $wire, )* }
            }

            /// The code called `name` in the JSON protocol.
            pub fn from_name(name: &str) -> Option<Self> {
                match name {
                    $( $wire => Some(Self::$variant), )*
                    _ => None,
                }
            }

            /// The HTTP status of the answer in the JSON protocol.
            pub const fn status(self) -> u16 {
                match self { $( Self::$variant => $status, )* }
            }

            /// The name in the query protocol, such as `NoSuchEntity`.
            pub const fn query_name(self) -> &'static str {
                match self { $( Self::$variant => $query, )* }
            }

            /// The HTTP status of the answer in the query protocol.
            pub const fn query_status(self) -> u16 {
                match self { $( Self::$variant => $query_status, )* }
            }
        }
    };
}

/// The shapes of the outputs of a service that speaks the query protocol.
macro_rules! answers {
    ($( $name:ident => $shape:expr, )*) => { $(
        impl $crate::query::QueryOp for op::$name {
            fn output_schema() -> Option<&'static $crate::schema::Shape> {
                $shape
            }
        }
    )* };
}

pub(crate) use {answers, enumerations, error_codes, operations, structures};

/// A string that is none of an enumeration's values.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UnknownValue;

impl fmt::Display for UnknownValue {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("not a value of the enumeration")
    }
}

impl std::error::Error for UnknownValue {}

/// Reads an enumeration's value; a string that is none of its values is an error.
pub(crate) fn from_wire_string<'de, T, D>(
    deserializer: D,
    name: &'static str,
) -> Result<T, D::Error>
where
    T: FromStr,
    D: Deserializer<'de>,
{
    struct ValueOf<T>(&'static str, PhantomData<T>);

    impl<T: FromStr> Visitor<'_> for ValueOf<T> {
        type Value = T;

        fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
            write!(formatter, "a value of {}", self.0)
        }

        fn visit_str<E: serde::de::Error>(self, value: &str) -> Result<T, E> {
            value.parse().map_err(|_| E::invalid_value(Unexpected::Str(value), &self))
        }
    }

    deserializer.deserialize_str(ValueOf(name, PhantomData))
}
