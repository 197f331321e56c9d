//! GetSessionToken: temporary credentials of the root user or a user.
//! <https://docs.aws.amazon.com/STS/latest/APIReference/API_GetSessionToken.html>

use model::iam::{SessionClaims, SessionOf};
use store::State;
use wire::{Error, sts};

use super::{caller::caller, credentials};
use crate::{Cx, authority::Who};

/// How long a user's session lasts where the call does not say: 12 hours.
const USER_S: i64 = 12 * 3600;
/// How long the root user's session lasts at most: an hour.
const ROOT_S: i64 = 3600;

/// Makes the credentials of a session of the caller.
pub fn get_session_token(
    state: &State,
    cx: &mut Cx,
    input: sts::GetSessionTokenRequest,
) -> Result<sts::GetSessionTokenResponse, Error> {
    credentials::check_no_mfa(input.serial_number.as_deref(), input.token_code.as_deref())?;
    let asked_s = input.duration_seconds.map(i64::from);
    let (of, lasts_s) = match (caller(state, cx)?, &cx.principal.session) {
        (Who::Root, None) => (SessionOf::Root, asked_s.unwrap_or(ROOT_S).min(ROOT_S)),
        (Who::User(user), None) => {
            (SessionOf::User { user: user.name.clone() }, asked_s.unwrap_or(USER_S))
        }
        _ => {
            return Err(Error::access_denied(
                "Cannot call GetSessionToken with session credentials",
            ));
        }
    };
    let claims = SessionClaims::new(of, cx.now, cx.now.plus_ms(lasts_s * 1000));
    let credentials = credentials::mint(state, cx, claims)?;
    Ok(sts::GetSessionTokenResponse { credentials: Some(credentials) })
}
