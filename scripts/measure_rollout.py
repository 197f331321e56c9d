"""`scripts/measure rollout`: a rolling update beside bare Docker and beside Docker Swarm.

Every side runs the same image and command, without ports and without health checks. When the last
new container runs is read from Docker's own events, for all sides alike. Done is, for ours, the
deployment COMPLETED and alone; for Swarm, the update's state `completed`; for bare Docker, the last
`docker stop` come back.
"""

import statistics
import subprocess
import sys
import time

from measuring import (
    delete_service, engine, four_at_a_time, last_start, longshore_up, remove_containers, until,
)

IMAGE = "longshore/busybox:latest"
# Ends at once on SIGTERM: the first process of a container must handle it.
COMMAND = ["sh", "-c", "trap 'exit 0' TERM; sleep 86400 & wait"]
LABEL = "longshore.measure"

# Tasks, minimumHealthyPercent, maximumPercent, and Swarm's parallelism that moves as many at once.
CASES = [(20, 100, 200, 20), (4, 100, 150, 2)]


def bare(count, mark):
    """Seconds until `count` containers run, and until as many others have stopped."""
    old = [f"longshore-measure-{mark}-old-{n}" for n in range(count)]
    new = [f"longshore-measure-{mark}-new-{n}" for n in range(count)]

    def run(names, label):
        return [["docker", "run", "-d", "-m", "16m", "--label", f"{LABEL}={label}", "--name", name,
                 IMAGE, *COMMAND] for name in names]

    four_at_a_time(run(old, f"{mark}-old"))
    begin = time.time()
    four_at_a_time(run(new, f"{mark}-new"))
    running = last_start(f"{LABEL}={mark}-new", count, begin, time.time())
    four_at_a_time([["docker", "stop", name] for name in old])
    done = time.time()
    remove_containers([f"{LABEL}={mark}-old", f"{LABEL}={mark}-new"])
    return running - begin, done - begin


def definition(mark, side):
    return {
        "family": "measure",
        "containerDefinitions": [{
            "name": "app", "image": IMAGE, "command": COMMAND, "memory": 16,
            "dockerLabels": {LABEL: f"{mark}-{side}"},
        }],
    }


def ours(up, count, minimum, maximum, mark):
    """Seconds from UpdateService until all new tasks run, and until the deployment is COMPLETED."""
    name, ecs = f"measure-{mark}", up.ecs
    ecs.register_task_definition(**definition(mark, "old"))
    ecs.create_service(
        serviceName=name, taskDefinition="measure", desiredCount=count,
        deploymentConfiguration={"minimumHealthyPercent": minimum, "maximumPercent": maximum},
    )
    up.steady(name)
    ecs.register_task_definition(**definition(mark, "new"))
    begin = time.time()
    ecs.update_service(service=name, taskDefinition="measure")
    up.steady(name)
    done = time.time()
    running = last_start(f"{LABEL}={mark}-new", count, begin, done)
    delete_service(ecs, name)
    remove_containers([f"{LABEL}={mark}-old", f"{LABEL}={mark}-new"])
    return running - begin, done - begin


def swarm_spec(name, count, parallelism, order, mark, side):
    return {
        "Name": name,
        "TaskTemplate": {
            "ContainerSpec": {
                "Image": IMAGE, "Command": COMMAND, "Labels": {LABEL: f"{mark}-{side}"},
            },
            "Resources": {"Limits": {"MemoryBytes": 16 * 2**20}},
        },
        "Mode": {"Replicated": {"Replicas": count}},
        "UpdateConfig": {"Parallelism": parallelism, "Delay": 0, "Order": order, "Monitor": 1},
    }


def swarm(count, parallelism, order, mark):
    """Seconds from `docker service update` until all new tasks run, and until it says `completed`."""
    name = f"longshore-measure-{mark}"
    spec = swarm_spec(name, count, parallelism, order, mark, "old")
    service = engine("POST", "/services/create", spec)["ID"]
    try:
        filters = {"service": [name], "desired-state": ["running"]}

        def running():
            tasks = engine("GET", "/tasks", filters=filters)
            return sum(task["Status"]["State"] == "running" for task in tasks)

        until(lambda: running() == count)
        version = engine("GET", f"/services/{service}")["Version"]["Index"]
        spec = swarm_spec(name, count, parallelism, order, mark, "new")

        def is_done():
            status = engine("GET", f"/services/{service}").get("UpdateStatus") or {}
            return status.get("State") == "completed"

        begin = time.time()
        engine("POST", f"/services/{service}/update", spec, version=version)
        until(is_done)
        done = time.time()
        return last_start(f"{LABEL}={mark}-new", count, begin, done) - begin, done - begin
    finally:
        engine("DELETE", f"/services/{service}")
        labels = [f"{LABEL}={mark}-old", f"{LABEL}={mark}-new"]
        until(lambda: not any(
            engine("GET", "/containers/json", all=1, filters={"label": [label]}) for label in labels
        ))


def median(pairs):
    return [statistics.median(column) for column in zip(*pairs)]


def report(case, sides):
    count, minimum, maximum, parallelism = case
    print(f"\n{count} tasks, {minimum}/{maximum} percent; Swarm's parallelism {parallelism}")
    print(f"{'':34}{'all new run':>12}{'done':>9}")
    for name, pairs in sides.items():
        running, done = median(pairs)
        low, high = min(p[1] for p in pairs), max(p[1] for p in pairs)
        print(f"{name:34}{running:10.3f} s{done:7.3f} s   ({low:.3f} to {high:.3f})")
    running, done = median(sides["Longshore"])
    print(f"Longshore / bare Docker, done      {done / median(sides['bare docker run and stop'])[1]:.2f}")
    for order in ("start-first", "stop-first"):
        theirs = median(sides[f"docker service update, {order}"])
        print(f"Longshore / Swarm {order:11}      all new run {running / theirs[0]:.2f}, done {done / theirs[1]:.2f}")


def main(rounds):
    if engine("GET", "/info")["Swarm"]["LocalNodeState"] != "inactive":
        sys.exit("this engine is in a swarm already; nothing is measured on it")
    subprocess.run(
        ["docker", "swarm", "init", "--advertise-addr", "127.0.0.1", "--listen-addr", "127.0.0.1"],
        check=True, stdout=subprocess.DEVNULL,
    )
    try:
        with longshore_up() as up:
            for case in CASES:
                report(case, rounds_of(case, up, rounds))
    finally:
        subprocess.run(["docker", "swarm", "leave", "--force"], check=True, stdout=subprocess.DEVNULL)


def rounds_of(case, up, rounds):
    """The seconds of every side in every round; a first round, which warms up, is left out."""
    count, minimum, maximum, parallelism = case
    sides = {}
    for number in range(rounds + 1):
        mark = f"{count}-{number}"
        results = {
            "Longshore": ours(up, count, minimum, maximum, f"{mark}-ours"),
            "bare docker run and stop": bare(count, f"{mark}-bare"),
        }
        for order in ("start-first", "stop-first"):
            name = f"docker service update, {order}"
            results[name] = swarm(count, parallelism, order, f"{mark}-{order}")
        if number:
            for side, pair in results.items():
                sides.setdefault(side, []).append(pair)
    return sides
