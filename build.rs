//! Tells the program which commit it was built from (`commonwatch --version`).

use std::process::Command;

fn main() {
    println!("cargo::rerun-if-env-changed=COMMONWATCH_COMMIT");
    println!("cargo::rerun-if-changed=build.rs");
    for name in ["HEAD", "logs/HEAD"] {
        // A path that is not there would make every build run this again.
        if let Some(path) = git(&["rev-parse", "--git-path", name])
            && std::path::Path::new(&path).exists()
        {
            println!("cargo::rerun-if-changed={path}");
        }
    }
    // A source package has no history; whoever packs it may name the commit.
    let named = std::env::var("COMMONWATCH_COMMIT").ok();
    let commit = named.or_else(|| git(&["rev-parse", "--short=12", "HEAD"]));
    if let Some(commit) = commit {
        println!("cargo::rustc-env=COMMONWATCH_COMMIT={commit}");
    }
}

fn git(words: &[&str]) -> Option<String> {
    let output = Command::new("git").args(words).output().ok()?;
    let text = String::from_utf8(output.stdout).ok()?;
    let text = text.trim();
    (output.status.success() && !text.is_empty()).then(|| text.to_owned())
}
