//! Network interfaces and block devices, which this agent cannot attach. It does not claim to; a
//! control plane that sends one all the same is told so.

use session_wire::acs::{Down, NackRequest, Up};

/// Refuses the attachment.
pub fn answer(message: Down) -> Vec<Up> {
    let (cluster, container_instance, message_id) = match message {
        Down::AttachTaskNetworkInterfaces(m) => {
            (m.cluster_arn, m.container_instance_arn, m.message_id)
        }
        Down::AttachInstanceNetworkInterfaces(m) => {
            (m.cluster_arn, m.container_instance_arn, m.message_id)
        }
        Down::ConfirmAttachment(m) => (m.cluster_arn, m.container_instance_arn, m.message_id),
        _ => return Vec::new(),
    };
    let reason = "this agent has no attachments".to_owned();
    vec![Up::Nack(NackRequest { cluster, container_instance, message_id, reason })]
}
