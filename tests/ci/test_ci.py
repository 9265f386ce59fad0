"""What is there for CI and for packages, as far as it runs without the services: workflows against the services' schemas, the action's
steps and the examples' commands in a shell, pre-commit on a made-up repository, the reports against the schemas of those who read them,
and the release archive from the inside."""

import json
import os
import pathlib
import platform
import re
import shutil
import subprocess
import sys
import tarfile

import jsonschema
import pytest
import yaml

ROOT = pathlib.Path(__file__).resolve().parents[2]
COPYDESK = os.environ["COPYDESK"]

DESK = {
    "copydesk.toml": 'corpus = "archive"\n',
    "archive/a.md": "Finance Minister Anja Kowalczyk presented the budget of Larsund on Friday.\n",
    "archive/sources.toml": '[[source]]\nfile = "a.md"\noutlet = "The Courier"\npublished = 2024-03-01\n',
    "drafts/good.md": "Anja Kowalczyk came to Larsund.\n",
}
FAULTY = {"drafts/faulty draft.md": "Finance Minister Anja Kowalczik came to Larsund.\n"}


def run(*command, cwd=ROOT, status=0, **environment):
    """What a command printed; it ends with this status."""
    done = subprocess.run(
        [str(word) for word in command], cwd=cwd, env={**os.environ, **environment}, capture_output=True, text=True, encoding="utf-8"
    )
    assert done.returncode == status, f"{command}: {done.returncode}\n{done.stdout}\n{done.stderr}"
    return done.stdout


@pytest.fixture
def desk(tmp_path):
    """A folder with an archive and drafts in it, one with a slip."""
    put(tmp_path / "desk", {**DESK, **FAULTY})
    return tmp_path / "desk"


def put(folder, files):
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")


@pytest.fixture
def on_path(tmp_path):
    """A PATH on which copydesk is the one that is tried."""
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin/copydesk").symlink_to(COPYDESK)
    return f"{tmp_path}/bin:{os.environ['PATH']}"


@pytest.mark.parametrize(
    ("schema", "files"),
    [
        ("vendor.github-workflows", [".github/workflows/release.yml", "examples/ci/github-action.yml", "examples/ci/github-command.yml"]),
        ("vendor.github-actions", ["action.yml"]),
        ("vendor.gitlab-ci", ["examples/ci/gitlab-ci.yml"]),
    ],
)
def test_files_are_as_the_services_want_them(schema, files):
    run("check-jsonschema", "--builtin-schema", schema, *files)


def test_files_are_as_pre_commit_wants_them():
    run("pre-commit", "validate-manifest", ".pre-commit-hooks.yaml")
    run("pre-commit", "validate-config", "examples/ci/pre-commit-config.yaml")


def sarif_schema():
    """As OASIS published it, from a crate that carries it."""
    metadata = json.loads(
        run("cargo", "metadata", "--locked", "--offline", "--format-version", "1", "--manifest-path", "tests/ci/sarif/Cargo.toml")
    )
    package = next(package for package in metadata["packages"] if package["name"] == "serde-sarif")
    return json.loads((pathlib.Path(package["manifest_path"]).parent / "src/schema.json").read_text(encoding="utf-8"))


def test_sarif_is_valid(tmp_path):
    """On all fixtures of the rules, and on a file that can't be read."""
    for number, fixture in enumerate(sorted((ROOT / "tests/fixtures").rglob("*.md"))):
        for section in fixture.read_text(encoding="utf-8").split("\n//- ")[1:]:
            head, _, body = section.partition("\n")
            name = head.split(" ")[0]
            if name != "findings":
                words = "\n".join(line for line in body.splitlines() if not re.match(r"\s*\^", line))
                put(tmp_path, {f"{number}/{name}": words})
        if (tmp_path / f"{number}/corpus").exists():
            put(tmp_path, {f"{number}/copydesk.toml": 'corpus = "corpus"\n'})
    put(tmp_path, {"not read.md": "---\ntitle: [\n---\nNothing.\n"})
    report = run(COPYDESK, "lint", ".", "--format", "sarif", cwd=tmp_path, status=1)
    report = json.loads(report)
    assert len(report["runs"][0]["results"]) > 150
    validator = jsonschema.Draft7Validator(sarif_schema())
    assert [error.message for error in validator.iter_errors(report)] == []
    # The schema sees when something is wrong.
    report["runs"][0]["results"][0]["level"] = "loud"
    assert not validator.is_valid(report)


def act(desk, path, tmp_path, **inputs):
    """Runs the steps of action.yml as a runner does, but for what other actions do: how it ended, what it printed."""
    action = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
    given = {name: str(inputs.get(name, of["default"])) for name, of in action["inputs"].items()}
    outputs, told = {}, ""

    def value(expression):
        name = expression.group(1).strip().split(".")
        match name:
            case ["inputs", name]:
                return given[name]
            case ["steps", step, "outputs", name]:
                return outputs[step][name]
            case ["github", _]:
                return ""
        raise AssertionError(expression.group(0))

    for step in action["runs"]["steps"]:
        if "run" not in step:
            continue
        output = tmp_path / "output"
        output.write_text("")
        environment = {name: re.sub(r"\$\{\{(.*?)\}\}", value, str(text)) for name, text in step["env"].items()}
        environment |= {"GITHUB_ACTION_PATH": str(ROOT), "GITHUB_OUTPUT": str(output), "RUNNER_TEMP": str(tmp_path), "PATH": path}
        assert "${{" not in step["run"], "what others write would be run"
        done = subprocess.run(
            ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"]],
            cwd=desk, env={**os.environ, **environment}, capture_output=True, text=True,
        )
        told += done.stdout + done.stderr
        if "id" in step:
            outputs[step["id"]] = dict(line.split("=", 1) for line in output.read_text().splitlines())
        if done.returncode:
            return done.returncode, told
    return 0, told


def test_the_action_annotates_and_ends_as_copydesk_does(desk, on_path, tmp_path):
    status, told = act(desk, on_path, tmp_path, paths="drafts\narchive")
    assert status == 1 and "::warning file=drafts/faulty draft.md,line=1" in told, told
    assert act(desk, on_path, tmp_path, paths="drafts", arguments="--fail-on\nerror")[0] == 0
    assert act(desk, on_path, tmp_path, paths="drafts/faulty draft.md")[0] == 1
    # No word of an input is run.
    status, told = act(desk, on_path, tmp_path, paths="$(touch ran)\n`touch ran`\n; touch ran")
    assert status == 2 and not (desk / "ran").exists(), told


def test_the_action_leaves_a_report_for_code_scanning(desk, on_path, tmp_path):
    assert act(desk, on_path, tmp_path, paths="drafts", sarif="copydesk.sarif")[0] == 1
    report = json.loads((desk / "copydesk.sarif").read_text(encoding="utf-8"))
    assert report["runs"][0]["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == "drafts/faulty%20draft.md"
    (desk / "copydesk.toml").write_text('corpus = "gone"\n')
    assert act(desk, on_path, tmp_path, paths="drafts", sarif="none.sarif")[0] == 2


def test_the_action_takes_the_release_that_it_is_of(desk, tmp_path):
    releases = tmp_path / "releases"
    run(sys.executable, "scripts/package.py", "--program", COPYDESK, "--out", releases)
    (tmp_path / "bin").mkdir()
    # Stands for GitHub's command: it "downloads" what was packed here.
    (tmp_path / "bin/gh").write_text(f'#!/bin/sh\n[ "$3" = v1.2.3 ] && [ "$5" = desk/copydesk ] && cp {releases}/* "$9"\n')
    (tmp_path / "bin/gh").chmod(0o755)
    environment = {
        "PATH": f"{tmp_path}/bin:/usr/bin:/bin",
        "GITHUB_OUTPUT": str(tmp_path / "output"),
        "GITHUB_ACTION_PATH": str(ROOT),
        "RUNNER_TEMP": str(tmp_path),
        "RUNNER_OS": "Linux",
        "RUNNER_ARCH": {"x86_64": "X64", "aarch64": "ARM64"}[platform.machine()],
        "ACTION_REPOSITORY": "desk/copydesk",
        "ACTION_REF": "v1.2.3",
    }
    run("bash", "scripts/action/install.sh", **environment)
    program = (tmp_path / "output").read_text().strip().removeprefix("program=")
    assert pathlib.Path(program).is_relative_to(tmp_path) and run(program, "--version").startswith("copydesk ")
    # One that is not what its checksum says is not run.
    (archive,) = releases.glob("*.tar.gz")
    archive.write_bytes(archive.read_bytes() + b"x")
    (tmp_path / "output").write_text("")
    run("bash", "scripts/action/install.sh", status=1, **environment)
    assert (tmp_path / "output").read_text() == ""


def commands(node):
    """All commands in a workflow."""
    if isinstance(node, dict):
        for key, value in node.items():
            if key in ("run", "script"):
                yield from [value] if isinstance(value, str) else value
            else:
                yield from commands(value)
    elif isinstance(node, list):
        for item in node:
            yield from commands(item)


@pytest.mark.parametrize("example", ["github-command.yml", "gitlab-ci.yml"])
def test_the_examples_commands_run(example, desk, on_path):
    ended = {}
    for command in commands(yaml.safe_load((ROOT / "examples/ci" / example).read_text(encoding="utf-8"))):
        done = subprocess.run(["bash", "-ec", command], cwd=desk, env={**os.environ, "PATH": on_path}, capture_output=True, text=True)
        ended[command] = done.returncode
    assert sorted(ended.values()) == [0, 1], ended
    assert "<!DOCTYPE html>" in (desk / "proof.html").read_text(encoding="utf-8")
    if example == "gitlab-ci.yml":
        (row,) = json.loads((desk / "gl-code-quality-report.json").read_text(encoding="utf-8"))
        assert row["location"]["path"] == "drafts/faulty draft.md"


def test_pre_commit_stops_a_faulty_draft(tmp_path, on_path):
    desk = tmp_path / "desk"
    put(desk, DESK)
    shutil.copy(ROOT / "examples/ci/pre-commit-config.yaml", desk / ".pre-commit-config.yaml")
    git = {"PATH": on_path, "HOME": str(tmp_path), "GIT_CONFIG_NOSYSTEM": "1", "PRE_COMMIT_HOME": str(tmp_path / "cache")}
    git |= {f"GIT_{who}_{what}": "desk@example.org" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
    run("git", "init", "--quiet", cwd=desk, **git)
    run("pre-commit", "install", cwd=desk, **git)
    run("git", "add", ".", cwd=desk, **git)
    run("git", "commit", "--quiet", "-m", "Good", cwd=desk, **git)
    put(desk, FAULTY)
    run("git", "add", ".", cwd=desk, **git)
    run("git", "commit", "--quiet", "-m", "Faulty", cwd=desk, status=1, **git)
    assert run("git", "log", "--format=%s", cwd=desk, **git) == "Good\n"


def test_the_archive_has_all_that_is_needed(tmp_path):
    package = [sys.executable, "scripts/package.py", "--program", COPYDESK, "--out"]
    archive = pathlib.Path(run(*package, tmp_path / "a").strip())
    again = pathlib.Path(run(*package, tmp_path / "b").strip())
    assert archive.read_bytes() == again.read_bytes(), "the same program makes the same archive"
    run("sha256sum", "--check", f"{archive.name}.sha256", cwd=archive.parent)
    with tarfile.open(archive) as tar:
        tar.extractall(tmp_path / "c", filter="data")
    (folder,) = (tmp_path / "c").iterdir()
    assert archive.name == f"{folder.name}.tar.gz"
    files = {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}
    assert {"copydesk", "README.md", "CHANGELOG.md", "LICENSE-MIT", "LICENSE-APACHE", "THIRD_PARTY.md"} <= files
    assert {"completions/copydesk.bash", "completions/_copydesk", "completions/copydesk.fish", "man/copydesk.1", "man/copydesk-lint.1"} <= files
    assert run(folder / "copydesk", "--version").startswith("copydesk ")
    run("bash", "-n", folder / "completions/copydesk.bash")


def test_the_formula_is_filled_in(tmp_path):
    text = (ROOT / "packaging/homebrew/copydesk.rb").read_text(encoding="utf-8")
    targets = re.findall(r"@SHA256 (\S+)@", text)
    assert len(targets) == 4
    for number, target in enumerate(targets):
        (tmp_path / f"copydesk-1.2.3-{target}.tar.gz.sha256").write_text(f"{number:064x}  copydesk-1.2.3-{target}.tar.gz\n")
    formula = run(sys.executable, "scripts/formula.py", "https://downloads.example/v1.2.3/", tmp_path)
    assert "@" not in formula
    assert f'url "https://downloads.example/v1.2.3/copydesk-1.2.3-{targets[0]}.tar.gz"\n      sha256 "{0:064x}"' in formula
    # The same targets are built.
    release = yaml.safe_load((ROOT / ".github/workflows/release.yml").read_text(encoding="utf-8"))
    built = {entry["target"] for entry in release["jobs"]["archive"]["strategy"]["matrix"]["include"]}
    assert set(targets) < built and len(built) == 5
