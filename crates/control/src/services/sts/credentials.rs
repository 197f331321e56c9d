//! Temporary credentials as STS answers them.

use model::iam::SessionClaims;
use store::State;
use wire::{Error, ErrorCode, sts};

use crate::{Cx, authority::tokens};

/// Makes the credentials of a session.
pub fn mint(state: &State, cx: &mut Cx, claims: SessionClaims) -> Result<sts::Credentials, Error> {
    let made = tokens::mint(state, cx, claims).ok_or_else(|| {
        Error::new(ErrorCode::ServiceUnavailable, "There is no key for session tokens yet.")
    })?;
    Ok(sts::Credentials {
        access_key_id: Some(made.access_key_id),
        secret_access_key: Some(made.secret_access_key),
        session_token: Some(made.session_token),
        expiration: Some(wire::Timestamp(made.expires_at.0)),
    })
}

/// Refuses the code of an MFA device: there are none here.
pub fn check_no_mfa(serial_number: Option<&str>, code: Option<&str>) -> Result<(), Error> {
    if serial_number.or(code).is_some() {
        return Err(Error::access_denied(
            "MultiFactorAuthentication failed: SerialNumber and TokenCode are not supported by this control plane, which knows no MFA devices.",
        ));
    }
    Ok(())
}
