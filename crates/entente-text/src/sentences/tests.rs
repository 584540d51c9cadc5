use super::*;

fn split(text: &str) -> Vec<&str> {
    sentence_spans(text, Span::new(0, text.len())).into_iter().map(|span| span.of(text)).collect()
}

/// A paragraph with a bar where a sentence ends and the next begins.
const CASES: &[&str] = &[
    "Russia warned Kyiv. | Ukraine refused to yield.",
    "He met Gen. Smith and Sen. Roe. | They talked.",
    "The U.S. Senate voted. | It passed.",
    "Troops left the U.S. | The talks went on.",
    "They moved to the U.S. from Iran.",
    "U.S. President Joe Biden and U.N. envoys met.",
    "Dr. J. Smith of St. Petersburg left on Jan. 6 with Lt. Col. Roe.",
    "Acme Inc. said so. | Acme Inc. Chairman Roe left.",
    "They met at 10 a.m. Monday in Geneva. | Others came at 5 p.m. | Officials were late.",
    "See Nos. 5 and 6, e.g. the treaty of No. 7.",
    "Was it war? | No. | It was worse!",
    "Prices rose 3.5 percent. | In 2014. | 30 people left.",
    "“We will win.” | He left the room.",
    "\"We will win.\" | He left the room.",
    "\"We will win,\" Putin said. | \"They know it.\"",
    "“Why now?” he asked. | Nobody knew.",
    "“Why now?” Ms. Roe asked.",
    "“Stop!” the foreign minister of Iran said.",
    "“Is it over?” | The crowd grew.",
    "“I came. | I saw,” he said.",
    "Nato “will not expand”. | Moscow doubts it.",
    "He left. | (He came back later.) | Nobody saw him.",
    "He said “no” . . . and left.",
    "Wait... what happened?",
    "It was over… | Nobody came.",
    "KABUL, Afghanistan (AP) — A bomb exploded. | Two died.",
    "MOSCOW — The Kremlin denied it. | WASHINGTON (Reuters) - The Pentagon did too.",
    "KABUL, Afghanistan (Jan. 13, 2013) – Troops left. | Others stayed.",
    "See www.nato.int/Docs.Html for more. | Write to us.",
    "Amazon.com Inc. v. Roe was heard.",
    "1. Stop the war. | 2. Free the men.",
    "The list: a. men; b. arms.",
    "Yahoo! News reported it. | Great!",
    "He knows it. | al-Shabab does too.",
    "We saw King Charles III. | In London he spoke.",
    "The army of Col. Gadhafi fell etc. | Then came war.",
    "Fighting stopped (for now). | It resumed.",
    "“He lied.” | “He did not.”",
    "Talks ended . | Both left .",
    "He said , `` We stay . '' | They left .",
    "What?! | Nobody said so.",
    "George W. Bush spoke. | So did John F. Kennedy Jr. and others.",
    "Only 5 p.c. of voters, approx. 300, came.",
    "The U.K., France and the U.S. agreed.",
    "He did (sic!) say it.",
];

#[test]
fn sentences_end_where_they_should() {
    let mut wrong = Vec::new();
    for case in CASES {
        let (text, expected) = joined(case);
        let got = split(&text);
        if got != expected {
            wrong.push(format!("expected {expected:?}\n  got      {got:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The text of a case and its sentences; a missing space in the text is written as the two run together.
fn joined(case: &str) -> (String, Vec<String>) {
    let sentences: Vec<String> = case.split(" | ").map(str::to_string).collect();
    (sentences.join(" "), sentences)
}

#[test]
fn a_missing_space_does_not_hide_the_end() {
    assert_eq!(split("It was an alliance.The talks failed."), ["It was an alliance.", "The talks failed."]);
    assert_eq!(split("He said “no.”The talks failed."), ["He said “no.”", "The talks failed."]);
    assert_eq!(split("See U.N.org and Node.Js now."), ["See U.N.org and Node.Js now."]);
}
