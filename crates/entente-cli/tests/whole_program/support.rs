//! Runs the binary, and holds what is true of every run: it ends by itself, and it never panics.

use serde_json::Value;
use std::ffi::OsStr;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

/// An article that every command reads without complaint.
pub(crate) const ARTICLE: &str = "Norway expelled the Danish ambassador on Monday, the government in Oslo said. \
    The prime minister of Denmark condemned the decision and recalled two envoys.";

/// What a run left behind.
#[derive(Debug)]
pub(crate) struct Run {
    pub(crate) code: i32,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

impl Run {
    /// The exit code must be this one; the run's messages are shown where it is not.
    pub(crate) fn expect_code(self, code: i32) -> Self {
        assert_eq!(self.code, code, "stderr: {}\nstdout: {:.2000}", self.stderr, self.stdout);
        self
    }

    /// Success without a word on stderr.
    pub(crate) fn expect_silent_success(self) -> Self {
        assert_eq!(self.stderr, "");
        self.expect_code(0)
    }

    /// The lines on stderr.
    pub(crate) fn complaints(&self) -> Vec<&str> {
        self.stderr.lines().collect()
    }

    /// The lines on stdout, each a JSON value.
    pub(crate) fn json_lines(&self) -> Vec<Value> {
        self.stdout.lines().map(|line| serde_json::from_str(line).expect("a line is JSON")).collect()
    }
}

/// The command with nothing to read, and without the caller's wishes about colour.
pub(crate) fn command(arguments: &[impl AsRef<OsStr>]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_entente"));
    for variable in ["CLICOLOR", "CLICOLOR_FORCE", "FORCE_COLOR", "NO_COLOR"] {
        command.env_remove(variable);
    }
    command.args(arguments).stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

/// Runs `entente` with these arguments.
pub(crate) fn entente(arguments: &[impl AsRef<OsStr>]) -> Run {
    finished(command(arguments).output().expect("the binary starts"))
}

/// Runs `entente` with something on standard input.
pub(crate) fn entente_reading(arguments: &[&str], input: &str) -> Run {
    let mut child = command(arguments).stdin(Stdio::piped()).spawn().expect("the binary starts");
    let mut stdin = child.stdin.take().expect("standard input was asked for");
    let bytes = input.as_bytes().to_vec();
    // A thread of its own, so that a full pipe on either side cannot stop both.
    let feeder = std::thread::spawn(move || stdin.write_all(&bytes));
    let output = child.wait_with_output().expect("the binary ends");
    feeder.join().expect("the feeder ends").expect("the binary reads all of its input");
    finished(output)
}

/// Checks what holds for every run.
pub(crate) fn finished(output: Output) -> Run {
    let stderr = String::from_utf8(output.stderr).expect("messages are UTF-8");
    assert!(!stderr.contains("panicked"), "{stderr}");
    let code =
        output.status.code().unwrap_or_else(|| panic!("ended by a signal, {}: {stderr}", output.status));
    let stdout = String::from_utf8(output.stdout).expect("records are UTF-8");
    Run { code, stdout, stderr }
}

/// The repository's root.
pub(crate) fn repository() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// The sample article.
pub(crate) fn summit() -> PathBuf {
    repository().join("examples/summit.txt")
}

/// An empty folder that is removed with the value.
pub(crate) fn folder() -> tempfile::TempDir {
    tempfile::tempdir().expect("a temporary folder")
}

/// A file in a folder.
pub(crate) fn file(folder: &tempfile::TempDir, name: &str, bytes: impl AsRef<[u8]>) -> PathBuf {
    let path = folder.path().join(name);
    fs::create_dir_all(path.parent().expect("a file has a folder")).expect("a folder is made");
    fs::write(&path, bytes).expect("a file is written");
    path
}

/// JSON lines of articles with ids, texts and a common day of publication.
pub(crate) fn json_lines_of<'t>(articles: impl IntoIterator<Item = (&'t str, &'t str)>) -> String {
    let line = |(id, text)| {
        serde_json::json!({"id": id, "text": text, "published": "2024-03-07"}).to_string() + "\n"
    };
    articles.into_iter().map(line).collect()
}

/// The prose of the built-in codebook's examples, in the order of files and lines.
pub(crate) fn example_texts() -> Vec<String> {
    let folder = repository().join("codebooks/plover");
    let mut files: Vec<PathBuf> = fs::read_dir(&folder)
        .expect("the codebook is there")
        .map(|entry| entry.expect("an entry").path())
        .collect();
    files.sort();
    let mut texts = Vec::new();
    for path in files {
        let content = fs::read_to_string(&path).expect("a codebook file is text");
        let quoted = content.lines().filter_map(|line| line.strip_prefix("text = "));
        // A basic string of TOML on one line is a string of JSON as well.
        texts.extend(quoted.filter_map(|quoted| serde_json::from_str::<String>(quoted).ok()));
    }
    texts
}

/// Forty articles of three paragraphs each, with every kind of act in them, as (id, text).
pub(crate) fn forty_articles() -> Vec<(String, String)> {
    const ARTICLES: usize = 40;
    let texts = example_texts();
    assert!(texts.len() > 3 * ARTICLES, "only {} examples found", texts.len());
    let stride = texts.len() / (3 * ARTICLES);
    let picked: Vec<&String> = texts.iter().step_by(stride).take(3 * ARTICLES).collect();
    // Paragraphs from the beginning, the middle and the end, so that an article mixes types.
    let article = |index: usize| {
        let paragraphs = [index, index + ARTICLES, index + 2 * ARTICLES].map(|at| picked[at].as_str());
        (format!("article-{index:02}"), paragraphs.join("\n"))
    };
    (0..ARTICLES).map(article).collect()
}

/// [`forty_articles`] as JSON lines.
pub(crate) fn forty_articles_as_json_lines() -> String {
    let articles = forty_articles();
    json_lines_of(articles.iter().map(|(id, text)| (id.as_str(), text.as_str())))
}
