//! Articles are untrusted: nothing in them may steer a terminal, a spreadsheet or a page.

use crate::support::{command, entente_reading, file, finished, folder};

/// Steers the direction of text and so shows other words than are there.
const DIRECTION_MARKS: [char; 12] = [
    '\u{061c}', '\u{200e}', '\u{200f}', '\u{202a}', '\u{202b}', '\u{202c}', '\u{202d}', '\u{202e}',
    '\u{2066}', '\u{2067}', '\u{2068}', '\u{2069}',
];

/// An article that attacks with its id, title, publication, words and names, and holds real acts besides.
fn hostile_article() -> String {
    let text = "=1+1 Norway expelled the Danish ambassador on Monday. \
        @Sweden condemned Norway on \u{202e}Tuesday\u{202c}.\n\
        \u{1b}]0;owned\u{7}Denmark recalled its envoy from Norway. \u{1b}[2J\u{1b}[31mred\u{1b}[0m\n\
        -2+3 Iceland thanked <script>alert('Denmark')</script> on Friday. \u{9b}31mFinland accused Norway of theft.\n\
        \"Norway\",\"=cmd|' /C calc'!A0\" was condemned by Denmark.\u{200f}\u{2067}";
    serde_json::json!({
        "id": "=cmd|' /C calc'!A0",
        "title": "\u{1b}[31mOslo\u{1b}[0m <script>alert(1)</script>\u{202e}gnp.exe",
        "publication": "+SUM(A1)\u{7}",
        "published": "2024-03-07",
        "text": text,
    })
    .to_string()
}

#[test]
fn csv_cells_cannot_run() {
    let run = entente_reading(&["code", "--format", "csv", "-"], &hostile_article()).expect_silent_success();
    let mut reader = csv::Reader::from_reader(run.stdout.as_bytes());
    let rows: Vec<csv::StringRecord> = reader.records().map(|row| row.expect("a whole row")).collect();
    assert!(rows.len() >= 3, "too few events to check: {}", run.stdout);
    for row in &rows {
        assert_eq!(&row[1], "'=cmd|' /C calc'!A0");
        for cell in row {
            let is_number = cell.parse::<f64>().is_ok();
            assert!(is_number || !cell.starts_with(['=', '+', '-', '@', '\t', '\r']), "{cell:?} may be run");
            assert!(!cell.chars().any(char::is_control), "{cell:?}");
            assert!(!cell.contains(DIRECTION_MARKS), "{cell:?}");
        }
    }
    assert!(rows.iter().any(|row| row[22].starts_with("'@Sweden condemned")), "{}", run.stdout);
}

#[test]
fn tables_cannot_steer_the_terminal() {
    let folder = folder();
    let path = file(&folder, "hostile.jsonl", hostile_article());
    for force_colour in [false, true] {
        let mut table = command(&["code", "--explain", path.to_str().expect("a plain path")]);
        if force_colour {
            table.env("CLICOLOR_FORCE", "1");
        }
        let shown = finished(table.output().expect("the binary starts")).expect_silent_success().stdout;
        assert!(shown.contains("Norway"), "{shown}");
        assert_eq!(shown.contains('\u{1b}'), force_colour);
        let bare = without_colours(&shown);
        let steers = |character: char| character.is_control() && character != '\n';
        assert!(!bare.contains(steers), "{bare:?}");
        assert!(!bare.contains(DIRECTION_MARKS), "{bare:?}");
        assert!(!bare.contains("\n[31m"), "half an escape sequence was run: {bare:?}");
    }
}

/// Takes away "ESC [ numbers m", which is what our own colours are made of, and nothing else. The article's own
/// sequences have lost their ESC by then.
fn without_colours(shown: &str) -> String {
    let mut pieces = shown.split("\u{1b}[");
    let mut bare = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        let (numbers, rest) = piece.split_once('m').expect("a colour ends");
        assert!(numbers.chars().all(|character| character.is_ascii_digit() || character == ';'), "{piece:?}");
        bare.push_str(rest);
    }
    bare
}

#[test]
fn json_keeps_the_words_and_escapes_the_rest() {
    for format in ["jsonl", "json"] {
        let run =
            entente_reading(&["code", "--format", format, "-"], &hostile_article()).expect_silent_success();
        assert!(!run.stdout.contains(|character: char| character.is_control() && character != '\n'));
        assert!(run.stdout.contains("=cmd|' /C calc'!A0"), "the id is kept as it is");
    }
}

#[test]
fn conllu_lines_stay_lines() {
    let lines = serde_json::json!({
        "id": "one\n# newdoc id = two\t3",
        "text": "Norway\texpelled\u{b}Denmark.\r\n1\tFake\tfake\tNOUN\t_\t_\t0\troot\t_\t_\n\n# sent_id = 9\nIt\u{85}ended.",
    });
    let run = entente_reading(&["conllu", "-"], &lines.to_string()).expect_silent_success();
    let starts: Vec<&str> = run.stdout.lines().filter(|line| line.starts_with("# newdoc")).collect();
    assert_eq!(starts.len(), 1, "{}", run.stdout);
    for line in run.stdout.lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
        assert_eq!(line.split('\t').count(), 10, "{line:?}");
    }
    let texts = run.stdout.lines().filter(|line| line.starts_with("# text = "));
    let sentences = run.stdout.split("\n\n").filter(|block| !block.trim().is_empty());
    assert_eq!(texts.count(), sentences.count(), "{}", run.stdout);
}
