//! Service events: the newest hundred of each service, in ECS's words.

use model::{Service, ServiceEvent};
use store::Tx;

use crate::{Cx, limits};

/// Adds events to a service, oldest first. The caller writes the service.
pub fn add(tx: &mut Tx, cx: &mut Cx, service: &mut Service, messages: Vec<String>) {
    for message in messages {
        service.event_seq += 1;
        tx.put(ServiceEvent {
            cluster: service.cluster.clone(),
            service: service.name.clone(),
            seq: service.event_seq,
            id: cx.event_id(),
            created_at: cx.now,
            message,
        });
        if let Some(oldest) = service.event_seq.checked_sub(limits::SERVICE_EVENT_COUNT_MAX) {
            tx.delete::<ServiceEvent>(&(service.cluster.clone(), service.name.clone(), oldest));
        }
    }
}
