//! Names: from the model's spelling to Rust's.

/// The words of a name: `enableECSManagedTags` has `enable`, `ECS`, `Managed`, `Tags`.
fn words(name: &str) -> Vec<String> {
    // Units and symbols whose capitals do not begin a word.
    let name = name.replace("GiB", "Gib").replace("VCpu", "Vcpu").replace("vCpu", "vcpu");
    let characters: Vec<char> = name.chars().collect();
    let mut words = vec![String::new()];
    for (index, &character) in characters.iter().enumerate() {
        if !character.is_ascii_alphanumeric() {
            words.push(String::new());
            continue;
        }
        let before = index.checked_sub(1).map(|before| characters[before]);
        let after_small = before.is_some_and(|before| !before.is_ascii_uppercase());
        let before_small = characters.get(index + 1).is_some_and(char::is_ascii_lowercase);
        if character.is_ascii_uppercase() && (after_small || before_small) {
            words.push(String::new());
        }
        words.last_mut().expect("invariant: a word was pushed before").push(character);
    }
    words.retain(|word| !word.is_empty());
    words
}

/// `capacityProviderStrategy` as `capacity_provider_strategy`.
pub fn snake_case(name: &str) -> String {
    words(name).join("_").to_ascii_lowercase()
}

/// `TagKey` as `TAG_KEY`.
pub fn screaming_case(name: &str) -> String {
    words(name).join("_").to_ascii_uppercase()
}

/// `awsvpc`, `FARGATE_SPOT`, `json-file` as `Awsvpc`, `FargateSpot`, `JsonFile`.
pub fn variant(value: &str) -> String {
    words(value).into_iter().map(|word| capitalised(&word.to_ascii_lowercase())).collect()
}

/// A type's name: `statusType` as `StatusType`.
pub fn type_name(name: &str) -> String {
    capitalised(name)
}

/// What serde's `rename_all = "camelCase"` makes of a field's name.
pub fn camel_case(field: &str) -> String {
    let mut words = field.split('_');
    let first = words.next().unwrap_or_default().to_owned();
    words.fold(first, |name, word| name + &capitalised(word))
}

/// What serde's `rename_all = "PascalCase"` makes of a field's name.
pub fn pascal_case(field: &str) -> String {
    field.split('_').map(capitalised).collect()
}

fn capitalised(word: &str) -> String {
    word[..1].to_ascii_uppercase() + &word[1..]
}

/// The name as a field, with `r#` where Rust has taken the word.
pub fn field(name: &str) -> String {
    match snake_case(name).as_str() {
        "type" => "r#type".to_owned(),
        field => field.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn acronyms_and_units_stay_one_word() {
        for (name, expected) in [
            ("clientToken", "client_token"),
            ("enableECSManagedTags", "enable_ecs_managed_tags"),
            ("managedEBSVolume", "managed_ebs_volume"),
            ("totalLocalStorageGB", "total_local_storage_gb"),
            ("memoryGiBPerVCpu", "memory_gib_per_vcpu"),
            ("vCpuCount", "vcpu_count"),
            ("webACLArn", "web_acl_arn"),
            ("ipv6Address", "ipv6_address"),
        ] {
            assert_eq!(snake_case(name), expected);
        }
        assert_eq!(screaming_case("EBSKMSKeyId"), "EBSKMS_KEY_ID");
    }

    #[test]
    fn variants_are_camel_case() {
        for (value, expected) in [
            ("FARGATE_SPOT", "FargateSpot"),
            ("json-file", "JsonFile"),
            ("distinctInstance", "DistinctInstance"),
            ("WINDOWS_SERVER_2019_CORE", "WindowsServer2019Core"),
            ("fargateFIPSMode", "FargateFipsMode"),
            ("GPU", "Gpu"),
            ("v100", "V100"),
        ] {
            assert_eq!(variant(value), expected);
        }
    }
}
