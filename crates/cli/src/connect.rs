//! Which control plane a command talks to, and with which key.
//!
//! As for the aws CLI, what is said on the command line goes before the environment, and the variable
//! for ECS before the one for all services. What is then still missing comes from where `longshore up`
//! put it on this machine: its address, and the keys in its data directory. Profiles in `~/.aws` are not
//! read: they name keys of AWS.
//! <https://docs.aws.amazon.com/cli/latest/userguide/cli-configure-endpoints.html>

use std::{
    io,
    path::{Path, PathBuf},
};

use clap::Args;
use client::{Client, Credentials, Signer};

use crate::Error;

/// Where a control plane listens that was told nothing.
const ENDPOINT: &str = "http://127.0.0.1:6440";
/// What it is told to be the region of.
const REGION: &str = "us-east-1";

/// The control plane to talk to.
#[derive(Clone, Debug, Default, Args)]
#[command(next_help_heading = "Control plane")]
pub struct ConnectArgs {
    /// Its address. [default: AWS_ENDPOINT_URL_ECS, AWS_ENDPOINT_URL, http://127.0.0.1:6440]
    #[arg(long, value_name = "URL")]
    pub endpoint: Option<String>,
    /// The region to sign for. [default: AWS_REGION, AWS_DEFAULT_REGION, us-east-1]
    #[arg(long)]
    pub region: Option<String>,
    /// The data directory whose root key to sign with, before the AWS_ variables. [default: ~/.longshore]
    #[arg(long, env = "LONGSHORE_DATA", value_name = "DIR")]
    pub data: Option<PathBuf>,
}

impl ConnectArgs {
    /// A client of it. `root_key` reads the root key of a data directory, or of the default one.
    pub fn connect(
        &self,
        root_key: impl Fn(Option<&Path>) -> io::Result<Credentials>,
    ) -> Result<Client, Error> {
        let variable = |name: &str| std::env::var(name).ok().filter(|value| !value.is_empty());
        let signer = Signer::new(self.credentials(&variable, root_key)?, self.region(&variable));
        let user_agent = concat!("longshore/", env!("CARGO_PKG_VERSION"));
        Ok(Client::new(&self.endpoint(&variable), signer, user_agent)?)
    }

    fn endpoint(&self, variable: &impl Fn(&str) -> Option<String>) -> String {
        let said = self.endpoint.clone();
        said.or_else(|| variable("AWS_ENDPOINT_URL_ECS"))
            .or_else(|| variable("AWS_ENDPOINT_URL"))
            .or_else(|| variable("LONGSHORE_LISTEN").map(|address| format!("http://{address}")))
            .unwrap_or_else(|| ENDPOINT.into())
    }

    fn region(&self, variable: &impl Fn(&str) -> Option<String>) -> String {
        let said = self.region.clone();
        said.or_else(|| variable("AWS_REGION"))
            .or_else(|| variable("AWS_DEFAULT_REGION"))
            .or_else(|| variable("LONGSHORE_REGION"))
            .unwrap_or_else(|| REGION.into())
    }

    fn credentials(
        &self,
        variable: &impl Fn(&str) -> Option<String>,
        root_key: impl Fn(Option<&Path>) -> io::Result<Credentials>,
    ) -> Result<Credentials, Error> {
        let of_variables = || {
            Some(Credentials {
                access_key_id: variable("AWS_ACCESS_KEY_ID")?,
                secret_access_key: variable("AWS_SECRET_ACCESS_KEY")?,
                session_token: variable("AWS_SESSION_TOKEN"),
            })
        };
        match &self.data {
            Some(data) => root_key(Some(data)).map_err(Error::Credentials),
            None => of_variables().map_or_else(|| root_key(None).map_err(Error::Credentials), Ok),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn among<'a>(set: &'a [(&str, &str)]) -> impl Fn(&str) -> Option<String> + 'a {
        |name| set.iter().find(|(key, _)| *key == name).map(|(_, value)| (*value).to_owned())
    }

    fn key_of(data: Option<&Path>) -> Credentials {
        Credentials {
            access_key_id: data.map_or("default".into(), |data| data.display().to_string()),
            secret_access_key: String::new(),
            session_token: None,
        }
    }

    #[test]
    fn what_is_said_goes_before_the_variable_for_ecs_and_that_before_the_one_for_all() {
        let all = [
            ("LONGSHORE_LISTEN", "127.0.0.1:4"),
            ("AWS_ENDPOINT_URL", "http://127.0.0.1:3"),
            ("AWS_ENDPOINT_URL_ECS", "http://127.0.0.1:2"),
        ];
        let said =
            ConnectArgs { endpoint: Some("http://127.0.0.1:1".into()), ..Default::default() };
        assert_eq!(said.endpoint(&among(&all)), "http://127.0.0.1:1");
        let silent = ConnectArgs::default();
        assert_eq!(silent.endpoint(&among(&all)), "http://127.0.0.1:2");
        assert_eq!(silent.endpoint(&among(&all[..2])), "http://127.0.0.1:3");
        assert_eq!(silent.endpoint(&among(&all[..1])), "http://127.0.0.1:4");
        assert_eq!(silent.endpoint(&among(&[])), "http://127.0.0.1:6440");
    }

    #[test]
    fn a_data_directory_goes_before_keys_in_variables_and_those_before_the_default_one() {
        let pair = [("AWS_ACCESS_KEY_ID", "variable"), ("AWS_SECRET_ACCESS_KEY", "secret")];
        let id = |args: &ConnectArgs, set: &[(&str, &str)]| {
            args.credentials(&among(set), |data| Ok(key_of(data)))
                .expect("credentials")
                .access_key_id
        };
        let said = ConnectArgs { data: Some("/data".into()), ..Default::default() };
        assert_eq!(id(&said, &pair), "/data");
        let silent = ConnectArgs::default();
        assert_eq!(id(&silent, &pair), "variable");
        assert_eq!(id(&silent, &pair[..1]), "default", "half a key is none");
    }

    #[test]
    fn without_any_key_the_error_says_how_to_get_one() {
        let none = |_: Option<&Path>| Err(io::Error::other("no keys in /nowhere"));
        let error = ConnectArgs::default().credentials(&among(&[]), none).expect_err("no key");
        let text = error.to_string();
        assert!(text.contains("/nowhere") && text.contains("longshore env"), "{text}");
    }
}
