//! Feeds, deliveries, PDF and Word documents.

use super::archives::zip_of;
use super::{ARTICLE, read};
use crate::reader::{Format, ReadOptions};
use crate::{Document, Origin, read_entries};
use jiff::civil::date;

const LONG: &str = "The president of Iran said on Monday that his country would not return to the talks on its nuclear \
    programme. He spoke after a meeting with the envoys of Russia and China in Tehran, who had asked him to think it over. \
    Iran left the talks in June after the inspectors of the agency had been refused entry to a plant in the south. The \
    foreign minister of France called the step dangerous.";

pub(super) const NEW_LAYOUT: &str = "Iran leaves the talks\nThe Example Times\nDecember 16, 2021 Thursday\n\n\
    Copyright 2021 The Example Times All Rights Reserved\nSection: WORLD; Pg. 4\nLength: 120 words\nByline: Ann Writer\n\
    Body\n\nThe president of Iran said on Monday that his country would not return to the talks.\n\n\
    He spoke after a meeting with the envoys of Russia and China in Tehran.\n\nClassification\n\nLanguage: ENGLISH\n\
    Publication-Type: Newspaper\n\nLoad-Date: December 17, 2021\n\nEnd of Document\n";

const OLD_LAYOUT: &str = "                               1 of 2 DOCUMENTS\n\n\n                    The Example Times\n\n\
                   December 16, 2021 Thursday\n                      Late Edition\n\nIran leaves the talks\n\n\
    BYLINE: Ann Writer\n\nSECTION: World; Pg. 4\n\nLENGTH: 120 words\n\nDATELINE: TEHRAN\n\n\
    The president of Iran said on Monday that his\ncountry would not return to the talks.\n\n\
    He spoke after a meeting with the envoys of Russia and China in Tehran.\n\nLOAD-DATE: December 17, 2021\n\n\
    LANGUAGE: ENGLISH\n\nCopyright 2021 The Example Times\n                              All Rights Reserved\n\n\
                               2 of 2 DOCUMENTS\n\n                    Evening Post\n\n          17 December 2021\n\n\
    HEADLINE: Chad closes its border\n\nBODY:\nChad closed its border with Niger on Friday after two soldiers were killed \
    near the crossing there.\n\nLOAD-DATE: December 18, 2021\n";

fn documents(name: &str, bytes: &[u8]) -> Vec<Document> {
    read(name, bytes, &ReadOptions::default()).into_iter().map(|found| found.expect("a document")).collect()
}

#[test]
fn deliveries_of_both_layouts_are_read() {
    let news = documents("a.txt", NEW_LAYOUT.repeat(2).as_bytes());
    assert_eq!(news.len(), 2);
    let old = documents("a.txt", OLD_LAYOUT.as_bytes());
    for document in news.iter().chain(&old[..1]) {
        assert_eq!(document.title(), Some("Iran leaves the talks"));
        assert_eq!(document.publication.as_deref(), Some("The Example Times"));
        assert_eq!(document.published, Some(date(2021, 12, 16)));
        let body = document.text.split_once('\n').unwrap().1;
        assert!(body.starts_with("The president of Iran") && body.ends_with("in Tehran."), "{body}");
        assert!(
            body.contains("that his country would not return"),
            "lines of a paragraph are joined: {body}"
        );
    }
    assert_eq!(old[1].title(), Some("Chad closes its border"));
    assert_eq!(old[1].published, Some(date(2021, 12, 17)));
    assert_eq!(old[1].publication.as_deref(), Some("Evening Post"));
}

#[test]
fn an_article_with_the_word_body_is_no_delivery() {
    let text = format!("Body found in river\n{ARTICLE}");
    assert_eq!(documents("a.txt", text.as_bytes())[0].title(), Some("Body found in river"));
}

fn rss() -> String {
    format!(
        "<?xml version=\"1.0\"?><rss version=\"2.0\" xmlns:content=\"http://purl.org/rss/1.0/modules/content/\"><channel>\
         <title>The Example</title><language>en-gb</language>\
         <item><title>Iran &amp; the talks</title><link>https://example.com/1</link><guid>one</guid>\
         <pubDate>Thu, 16 Dec 2021 08:30:00 GMT</pubDate>\
         <content:encoded><![CDATA[<p>{LONG}</p><p>Second <b>paragraph</b> &amp; end.</p>]]></content:encoded></item>\
         <item><title>A teaser</title><link>https://example.com/2</link><description>Read more.</description></item>\
         </channel></rss>"
    )
}

#[test]
fn entries_of_a_feed_are_articles_where_they_carry_the_text() {
    for name in ["a.rss", "a.xml", "feed"] {
        let found = read(name, rss().as_bytes(), &ReadOptions::default());
        let [Ok(document), Err(teaser)] = found.as_slice() else { panic!("{found:?}") };
        assert_eq!(document.title(), Some("Iran & the talks"));
        assert_eq!(document.url.as_deref(), Some("https://example.com/1"));
        assert_eq!(document.published, Some(date(2021, 12, 16)));
        assert_eq!(document.publication.as_deref(), Some("The Example"));
        assert!(document.text.ends_with("Second paragraph & end."), "{}", document.text);
        assert!(teaser.contains("https://example.com/2"), "{teaser}");
    }
    let entries = read_entries(rss().as_bytes(), &Origin::new("feed")).unwrap();
    assert_eq!((entries.len(), entries[1].text.as_deref()), (2, None));
}

#[test]
fn atom_and_json_feeds_are_read() {
    let atom = format!(
        "<feed xmlns=\"http://www.w3.org/2005/Atom\"><title>The Example</title><id>x</id><updated>2021-12-16T08:30:00Z</updated>\
         <entry><id>one</id><title>Talks</title><link href=\"https://example.com/1\"/><updated>2021-12-16T08:30:00Z</updated>\
         <content type=\"html\">&lt;p&gt;{LONG}&lt;/p&gt;</content></entry></feed>"
    );
    let json = serde_json::json!({"version": "https://jsonfeed.org/version/1.1", "title": "The Example", "items": [
        {"id": "one", "url": "https://example.com/1", "title": "Talks", "date_published": "2021-12-16T08:30:00Z",
         "content_html": format!("<p>{LONG}</p>")}]});
    for (name, bytes) in [("a.xml", atom), ("a.json", json.to_string())] {
        let document = documents(name, bytes.as_bytes()).remove(0);
        assert_eq!(document.text, format!("Talks\n{LONG}"), "{name}");
        assert_eq!(document.published, Some(date(2021, 12, 16)));
    }
}

#[test]
fn a_broken_feed_is_named() {
    let found = read("a.rss", b"<rss><channel><item></rss>", &ReadOptions::default());
    assert!(matches!(found.as_slice(), [Err(message)] if message.starts_with("a.rss: ")), "{found:?}");
}

/// A PDF of one page with these lines.
pub(super) fn pdf(lines: &[&str]) -> Vec<u8> {
    let shown: String = lines.iter().map(|line| format!("({line}) Tj 0 -14 Td ")).collect();
    let content = format!("BT /F1 11 Tf 72 720 Td {shown}ET");
    let objects = [
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_owned(),
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R \
         /Resources << /Font << /F1 5 0 R >> >> >>"
            .to_owned(),
        format!("<< /Length {} >>\nstream\n{content}\nendstream", content.len()),
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>".to_owned(),
    ];
    let mut file = b"%PDF-1.4\n".to_vec();
    let mut offsets = Vec::new();
    for (number, object) in objects.iter().enumerate() {
        offsets.push(file.len());
        file.extend_from_slice(format!("{} 0 obj\n{object}\nendobj\n", number + 1).as_bytes());
    }
    let table = file.len();
    file.extend_from_slice(format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1).as_bytes());
    for offset in offsets {
        file.extend_from_slice(format!("{offset:010} 00000 n \n").as_bytes());
    }
    file.extend_from_slice(
        format!("trailer\n<< /Size {} /Root 1 0 R >>\nstartxref\n{table}\n%%EOF\n", objects.len() + 1)
            .as_bytes(),
    );
    file
}

#[test]
fn the_text_of_a_pdf_is_read() {
    let lines = [
        "The president of Iran said on Monday that his coun-",
        "try would not return to the talks. He spoke after a",
        "meeting with the envoys of Russia and China in Tehran.",
    ];
    for name in ["a.pdf", "unnamed"] {
        let document = documents(name, &pdf(&lines)).remove(0);
        let words = document.text.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(words.contains("his country would not return to the talks. He spoke"), "{words}");
    }
}

#[test]
fn what_is_only_called_a_pdf_is_refused() {
    let found = read("a.pdf", b"%PDF-1.4\nnothing", &ReadOptions::default());
    assert!(matches!(found.as_slice(), [Err(message)] if message.starts_with("a.pdf: ")), "{found:?}");
}

pub(super) fn word_document() -> Vec<u8> {
    let paragraphs: String = ["Iran leaves the talks", &LONG.replace('&', "&amp;")]
        .map(|text| format!("<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"))
        .concat();
    let part = format!(
        "<?xml version=\"1.0\"?><w:document xmlns:w=\"x\"><w:body>{paragraphs}<w:p><w:r><w:instrText>PAGE</w:instrText>\
         <w:t>Tea &amp; toast&#33;</w:t></w:r></w:p></w:body></w:document>"
    );
    zip_of(&[("[Content_Types].xml", b"<Types/>"), ("word/document.xml", part.as_bytes())])
}

#[test]
fn the_words_of_a_word_document_are_read() {
    let document = documents("a.docx", &word_document()).remove(0);
    assert_eq!(document.title(), Some("Iran leaves the talks"));
    assert!(document.text.ends_with("Tea & toast!") && !document.text.contains("PAGE"), "{}", document.text);
    assert_eq!(Format::from_extension(std::path::Path::new("a.docx")), Some(Format::Docx));
}

#[test]
fn a_page_gives_its_headline_without_the_name_of_the_site() {
    let page = format!(
        "<html><head><title>Iran leaves the talks - The Example</title><meta property=\"og:site_name\" content=\"The \
         Example\"></head><body><article><p>{LONG}</p><p>{ARTICLE}</p></article></body></html>"
    );
    assert_eq!(documents("a.html", page.as_bytes())[0].title(), Some("Iran leaves the talks"));
}
