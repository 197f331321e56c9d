"""PutAccountSetting, PutAccountSettingDefault, ListAccountSettings, DeleteAccountSetting."""

from suite import check, ecs, eq, pages, refused, run, true


def settings(**filters):
    listed = ecs.get_paginator("list_account_settings").paginate(**filters)
    return {s["name"]: s["value"] for page in listed for s in page["settings"]}


@check
def nothing_is_set_at_first():
    eq(settings(), {})


@check
def effective_settings_are_all_with_their_defaults():
    seen = settings(effectiveSettings=True)
    for name, value in {"serviceLongArnFormat": "enabled", "taskLongArnFormat": "enabled",
                        "containerInstanceLongArnFormat": "enabled", "containerInsights": "disabled",
                        "awsvpcTrunking": "disabled", "defaultLogDriverMode": "non-blocking",
                        "fargateTaskRetirementWaitPeriod": "7"}.items():
        eq(seen.get(name), value, name)


@check
def a_setting_is_put_listed_and_deleted():
    put = ecs.put_account_setting(name="containerInsights", value="enabled")["setting"]
    eq((put["name"], put["value"]), ("containerInsights", "enabled"))
    true(put["principalArn"].startswith("arn:aws:"), put["principalArn"])
    eq(settings(name="containerInsights"), {"containerInsights": "enabled"})
    eq(settings(name="containerInsights", value="disabled"), {})
    made = ecs.create_cluster(clusterName="insights")["cluster"]
    eq(made["settings"], [{"name": "containerInsights", "value": "enabled"}], "a new cluster's settings")
    ecs.delete_account_setting(name="containerInsights")
    eq(settings(name="containerInsights"), {})
    eq(settings(name="containerInsights", effectiveSettings=True), {"containerInsights": "disabled"})


@check
def a_default_holds_where_nothing_is_set():
    ecs.put_account_setting_default(name="containerInsights", value="enhanced")
    eq(settings(name="containerInsights", effectiveSettings=True), {"containerInsights": "enhanced"})
    ecs.put_account_setting(name="containerInsights", value="disabled")
    eq(settings(name="containerInsights", effectiveSettings=True), {"containerInsights": "disabled"})
    ecs.delete_account_setting(name="containerInsights")
    eq(settings(name="containerInsights", effectiveSettings=True), {"containerInsights": "enhanced"})
    ecs.put_account_setting_default(name="containerInsights", value="disabled")


@check
def names_and_values_are_checked():
    refused("InvalidParameterException", ecs.put_account_setting, name="nonsense", value="enabled")
    refused("InvalidParameterException", ecs.put_account_setting, name="containerInsights", value="perhaps")
    refused("InvalidParameterException", ecs.put_account_setting_default, name="containerInsights", value="perhaps")
    refused("InvalidParameterException", ecs.list_account_settings, value="enabled")


@check
def pages_have_at_most_ten():
    seen = pages("list_account_settings", "settings", 3, effectiveSettings=True)
    true(len(seen) >= 11, f"only {len(seen)}")
    refused("InvalidParameterException", ecs.list_account_settings, effectiveSettings=True, maxResults=11)


run()
