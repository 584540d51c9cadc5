//! Tables: headers, separators, columns, slips of quotation marks.

use super::{ARTICLE, read};
use crate::reader::{Columns, ReadOptions};
use jiff::civil::date;

const OTHER: &str =
    "Chad closed its border with Niger on Friday after two soldiers were killed near the crossing there.";

fn texts(name: &str, table: &str, options: &ReadOptions) -> Vec<Result<String, String>> {
    read(name, table.as_bytes(), options)
        .into_iter()
        .map(|result| result.map(|document| document.text))
        .collect()
}

#[test]
fn a_header_tells_what_the_columns_hold() {
    let table = format!(
        "Doc ID,Headline,Pub. Date,Source,Body\n7,Iran leaves the talks,2021-12-16,The Example,\"{ARTICLE}\"\n"
    );
    let document = read("a.csv", table.as_bytes(), &ReadOptions::default()).remove(0).expect("document");
    assert_eq!((document.id.as_str(), document.title()), ("7", Some("Iran leaves the talks")));
    assert_eq!(document.published, Some(date(2021, 12, 16)));
    assert_eq!(document.publication.as_deref(), Some("The Example"));
    assert_eq!(document.text, format!("Iran leaves the talks\n{ARTICLE}"));
}

#[test]
fn separators_are_told_by_the_first_line() {
    let flat = ARTICLE.replace('\n', " ");
    for separator in [",", ";", "\t", "|"] {
        let table = format!("text{separator}title\n\"{flat}\"{separator}Talks\n");
        assert_eq!(
            texts("a.csv", &table, &ReadOptions::default()),
            [Ok(format!("Talks\n{flat}"))],
            "{separator:?}"
        );
    }
}

#[test]
fn the_user_names_columns_or_numbers_them() {
    let by_name = Columns::parse("text=Wording,date=When").expect("columns");
    let table = format!("When;Wording\n2021-12-16;{OTHER}\n");
    let options = ReadOptions { columns: by_name, ..ReadOptions::default() };
    let document = read("a.csv", table.as_bytes(), &options).remove(0).expect("document");
    assert_eq!((document.text.as_str(), document.published), (OTHER, Some(date(2021, 12, 16))));
    let by_number = Columns::parse("text=2,id=1").expect("columns");
    let options = ReadOptions { columns: by_number, ..ReadOptions::default() };
    let table = format!("x1\t{OTHER}\nx2\t{OTHER}\n");
    let ids: Vec<String> = read("a.tsv", table.as_bytes(), &options)
        .into_iter()
        .map(|found| found.expect("document").id)
        .collect();
    assert_eq!(ids, ["x1", "x2"]);
}

#[test]
fn wrong_columns_are_explained() {
    for (columns, part) in [("text", "PART=COLUMN"), ("tune=1", "tune"), ("text=0", "counted from 1")] {
        let message = Columns::parse(columns).unwrap_err();
        assert!(message.contains(part), "{message}");
    }
    let options = ReadOptions { columns: Columns::parse("text=Wording").unwrap(), ..ReadOptions::default() };
    let message = texts("a.csv", "a,b\n1,2\n", &options).remove(0).unwrap_err();
    assert!(message.starts_with("a.csv:1: ") && message.contains("\"Wording\""), "{message}");
    let message = texts("a.csv", "a,b\n1,2\n", &ReadOptions::default()).remove(0).unwrap_err();
    assert!(message.contains("--columns"), "{message}");
}

#[test]
fn cells_may_hold_separators_quotation_marks_and_lines() {
    let table = format!("title,text\n\"A \"\"great\"\" day, they say\",\"{ARTICLE}\"\nPlain,{OTHER}\n");
    let found = texts("a.csv", &table, &ReadOptions::default());
    assert_eq!(found, [Ok(format!("A \"great\" day, they say\n{ARTICLE}")), Ok(format!("Plain\n{OTHER}"))]);
}

#[test]
fn an_unclosed_quotation_mark_costs_its_row_alone() {
    let table = format!("title,text\nOne,{OTHER}\nTwo,\"{OTHER}\nThree,{OTHER}\nFour,{OTHER}\n");
    let found = texts("a.csv", &table, &ReadOptions::default());
    assert_eq!(found.len(), 4, "{found:?}");
    assert!(found[1].as_ref().is_err_and(|message| message.starts_with("a.csv:3: ")), "{found:?}");
    assert_eq!(found.iter().filter(|row| row.is_ok()).count(), 3);
}

#[test]
fn bad_rows_are_named_and_the_rest_is_read() {
    let table =
        format!("title,date,text\nOne,soon,{OTHER}\nTwo\nThree,2021-12-16,\nFour,2021-12-16,{OTHER}\n\n");
    let found = texts("a.csv", &table, &ReadOptions::default());
    let messages: Vec<String> = found.iter().filter_map(|row| row.clone().err()).collect();
    assert_eq!(found.len(), 4);
    assert!(messages[0].starts_with("a.csv:3: ") && messages[0].contains("too few"), "{messages:?}");
    assert_eq!(messages.len(), 1, "a row with a title and no text has a title: {found:?}");
}

#[test]
fn rows_of_gdelt_events_are_sent_to_import() {
    let row = vec!["1"; 61].join("\t");
    let message = texts("a.csv", &format!("{row}\n{row}\n"), &ReadOptions::default()).remove(0).unwrap_err();
    assert!(message.contains("entente import"), "{message}");
}

#[test]
fn a_table_in_another_encoding_is_decoded() {
    let mut table =
        b"text\nThe president of C\xf4te d'Ivoire said on Monday that he would meet the envoys of Ghana in "
            .to_vec();
    table.extend_from_slice(b"Abidjan to talk about the border.\n");
    let document = read("a.csv", &table, &ReadOptions::default()).remove(0).expect("document");
    assert!(document.text.contains("Côte d'Ivoire"), "{}", document.text);
}

#[test]
fn an_empty_table_says_so() {
    for table in ["", "\n\n", "title,text\n"] {
        let found = texts("a.csv", table, &ReadOptions::default());
        assert!(matches!(found.as_slice(), [Err(message)] if message.contains("no text")), "{found:?}");
    }
}
