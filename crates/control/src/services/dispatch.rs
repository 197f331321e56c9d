//! Calls in the query protocol: from an operation to its service's table, and what every table needs.

use std::sync::Arc;

use store::{Store, Tx};
use wire::{
    Error,
    query::{self, Form, Operation, QueryOp},
};

use super::{asks::asks, iam, sts};
use crate::{
    Cx,
    api::dispatch::{Read, Write, refusal},
    authority::Asker,
};

/// A call that was authenticated.
pub struct Call<'a> {
    /// Where it is carried out.
    pub store: &'a Store,
    /// Its context.
    pub cx: Cx,
    /// Its form.
    pub form: &'a Form,
    /// The id that its answer carries.
    pub request_id: &'a str,
    /// Who makes it.
    pub asker: Arc<Asker>,
}

/// Carries a call out, and answers with the body of its output.
pub async fn dispatch(operation: Operation, call: Call<'_>) -> Result<Vec<u8>, Error> {
    match operation {
        Operation::Iam(operation) => iam::dispatch::dispatch(operation, call).await,
        Operation::Sts(operation) => sts::dispatch::dispatch(operation, call).await,
    }
}

#[expect(clippy::unused_async, reason = "the tables await readers and writers alike")]
pub(super) async fn read<O: QueryOp>(
    mut call: Call<'_>,
    handler: Read<O>,
) -> Result<Vec<u8>, Error> {
    let input = query::decode_input::<O>(call.form)?;
    let snapshot = call.store.snapshot();
    call.asker.admit(&snapshot, |_, _| asks::<O>(&snapshot, &call.cx, &input))?;
    let output = handler(&snapshot, &mut call.cx, input)?;
    Ok(query::encode_output::<O>(&output, call.request_id))
}

pub(super) async fn write<O: QueryOp>(call: Call<'_>, handler: Write<O>) -> Result<Vec<u8>, Error>
where
    O::Input: Send + 'static,
    O::Output: Send + 'static,
{
    let input = query::decode_input::<O>(call.form)?;
    let (mut cx, asker) = (call.cx, call.asker);
    let carried_out = move |tx: &mut Tx| {
        asker.admit(tx, |_, _| asks::<O>(tx, &cx, &input))?;
        handler(tx, &mut cx, input)
    };
    let output = call.store.update(carried_out).await;
    output.map(|output| query::encode_output::<O>(&output, call.request_id)).map_err(refusal)
}

/// The table of a service: every operation that its model keeps has a handler.
macro_rules! operations {
    ($service:ident: $($kind:ident $operation:ident => $handler:path;)+) => {
        /// Carries a call out, and answers with the body of its output.
        pub async fn dispatch(
            operation: wire::$service::Operation,
            call: $crate::services::Call<'_>,
        ) -> Result<Vec<u8>, wire::Error> {
            use wire::$service::op;
            match operation {
                $(wire::$service::Operation::$operation => {
                    $crate::services::dispatch::$kind::<op::$operation>(call, $handler).await
                })+
            }
        }

        /// Gives `caller` the handler of an operation.
        #[cfg(test)]
        pub(crate) fn handler<C: $crate::api::dispatch::Caller>(
            operation: wire::$service::Operation,
            caller: C,
        ) -> C::Answer {
            use wire::$service::op;
            match operation {
                $(wire::$service::Operation::$operation => {
                    caller.$kind::<op::$operation>($handler)
                })+
            }
        }
    };
}
pub(super) use operations;
