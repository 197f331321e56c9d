//! The account's alias: CreateAccountAlias, ListAccountAliases, DeleteAccountAlias.

use model::iam::Account;
use store::{State, Tx};
use wire::{Error, iam};

use super::page;
use crate::Cx;

/// What IAM knows of the account.
pub fn get(state: &State, cx: &Cx) -> Account {
    let id = &cx.home().account;
    let account = state.accounts().get(id).map(|account| (**account).clone());
    account.unwrap_or_else(|| Account { id: id.clone(), alias: None, seeded_at: None })
}

/// Gives the account an alias, in place of the one that it has.
pub fn create_account_alias(
    tx: &mut Tx,
    cx: &mut Cx,
    input: iam::CreateAccountAliasRequest,
) -> Result<(), Error> {
    let account = get(tx, cx);
    if account.alias == input.account_alias {
        let alias = input.account_alias.unwrap_or_default();
        return Err(Error::entity_already_exists(format!(
            "The account alias {alias} already exists."
        )));
    }
    tx.put(Account { alias: input.account_alias, ..account });
    Ok(())
}

/// Lists the account's alias, if it has one.
pub fn list_account_aliases(
    state: &State,
    cx: &mut Cx,
    input: iam::ListAccountAliasesRequest,
) -> Result<iam::ListAccountAliasesResponse, Error> {
    let aliases = get(state, cx).alias.into_iter().collect();
    let (max_items, marker) = (input.max_items, input.marker.as_deref());
    let page = page::items("ListAccountAliases", max_items, marker, aliases, String::clone)?;
    Ok(iam::ListAccountAliasesResponse {
        is_truncated: Some(page.is_truncated()),
        account_aliases: Some(page.items),
        marker: page.marker,
    })
}

/// Takes its alias from the account.
pub fn delete_account_alias(
    tx: &mut Tx,
    cx: &mut Cx,
    input: iam::DeleteAccountAliasRequest,
) -> Result<(), Error> {
    let account = get(tx, cx);
    if account.alias != input.account_alias {
        let alias = input.account_alias.unwrap_or_default();
        return Err(Error::no_such_entity(format!(
            "The account alias with name {alias} cannot be found."
        )));
    }
    tx.put(Account { alias: None, ..account });
    Ok(())
}
