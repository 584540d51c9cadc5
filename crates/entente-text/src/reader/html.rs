//! Web pages: the article among menus and notices, and what the page says about it.

use std::panic::{AssertUnwindSafe, catch_unwind};

use dom_smoothie::{Article, Config, Readability, ReadabilityError, TextMode};

use super::ReadOptions;
use super::finish::{decode_input, finish, one_line};
use crate::characters::is_terminator;
use crate::dates::parse_publication_date;
use crate::encoding::{clean, decode_html};
use crate::{Document, DocumentParts, Origin, ReadError};

/// Elements of the largest page that is searched for its article.
const MOST_ELEMENTS: usize = 200_000;

/// Depth of nesting beyond which the search takes too long.
const DEEPEST_NESTING: usize = 500;

/// Longest page in bytes.
const LONGEST_PAGE: usize = 16 * 1024 * 1024;

pub(super) fn read(bytes: &[u8], origin: &Origin, options: &ReadOptions) -> Result<Document, ReadError> {
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return Err(ReadError::Empty { origin: origin.clone() });
    }
    if bytes.len() > LONGEST_PAGE {
        return Err(ReadError::TooLarge { origin: origin.clone(), limit: LONGEST_PAGE });
    }
    let decoded = decode_input(decode_html(bytes), origin)?;
    if nesting(&decoded.text) > DEEPEST_NESTING {
        let reason = format!("elements nested more than {DEEPEST_NESTING} deep");
        return Err(ReadError::Malformed { origin: origin.clone(), reason });
    }
    let article = extract(&decoded.text, origin)?;
    let mut notes: Vec<String> = decoded.note.into_iter().collect();
    let published = article.published_time.as_deref().and_then(|time| {
        let date = parse_publication_date(time);
        if date.is_none() {
            notes.push(format!("publication date {time:?} not understood"));
        }
        date
    });
    let publication = article.site_name.as_deref().and_then(one_line);
    let headline =
        one_line(&article.title).map(|title| without_site(&title, publication.as_deref()).to_owned());
    let title = headline.or_else(|| options.title.as_deref().and_then(one_line));
    let body = article_body(&article, title.as_deref());
    if !is_article(&body) {
        return Err(ReadError::NoText { origin: origin.clone() });
    }
    let parts = DocumentParts {
        title,
        body,
        published,
        publication,
        url: article.url.as_deref().and_then(one_line),
        language: article.lang.as_deref().and_then(one_line),
        notes,
        ..DocumentParts::default()
    };
    finish(parts, origin, options)
}

fn extract(page: &str, origin: &Origin) -> Result<Article, ReadError> {
    let config =
        Config { max_elements_to_parse: MOST_ELEMENTS, text_mode: TextMode::Formatted, ..Config::default() };
    // The search runs on whatever the net holds; a fault of it must cost one page and not the run.
    let result = catch_unwind(AssertUnwindSafe(|| Readability::new(page, None, Some(config))?.parse()));
    match result {
        Ok(Ok(article)) => Ok(article),
        Ok(Err(ReadabilityError::TooManyElements(found, most))) => {
            let reason = format!("{found} elements, more than {most}");
            Err(ReadError::Malformed { origin: origin.clone(), reason })
        }
        Ok(Err(_)) => Err(ReadError::NoText { origin: origin.clone() }),
        Err(_) => {
            let reason = "the page could not be searched for its article".to_string();
            Err(ReadError::Malformed { origin: origin.clone(), reason })
        }
    }
}

/// A page's title without the name of its site: "Talks fail - The Example", "The Example | Talks fail".
fn without_site<'a>(title: &'a str, site: Option<&str>) -> &'a str {
    let Some(site) = site else { return title };
    const MARKS: [char; 8] = ['-', '–', '—', '|', '·', ':', '»', '«'];
    let before = title.strip_suffix(site).filter(|rest| rest.trim_end().ends_with(MARKS));
    let after = title.strip_prefix(site).filter(|rest| rest.trim_start().starts_with(MARKS));
    let bare = |rest: &'a str| rest.trim().trim_matches(MARKS).trim();
    before.or(after).map(bare).filter(|rest| !rest.is_empty()).unwrap_or(title)
}

/// The paragraphs of the article, one a line with blank lines between, without a first line that repeats the title.
fn article_body(article: &Article, title: Option<&str>) -> String {
    let text = clean(&article.text_content);
    let mut lines = text.lines().filter_map(one_line).peekable();
    if title.is_some() && lines.peek().map(String::as_str) == title {
        lines.next();
    }
    lines.collect::<Vec<_>>().join("\n\n")
}

/// True for more than the few words of a menu.
fn is_article(body: &str) -> bool {
    const MENU_WORDS: usize = 12;
    let words = body.split_whitespace().filter(|word| word.contains(char::is_alphanumeric)).count();
    words >= MENU_WORDS || words > 1 && body.contains(is_terminator)
}

/// Roughly how deep the containers of a page are nested, in one pass over its tags.
fn nesting(page: &str) -> usize {
    const CONTAINERS: &[&str] = &[
        "div",
        "span",
        "section",
        "article",
        "table",
        "ul",
        "ol",
        "b",
        "i",
        "em",
        "strong",
        "a",
        "font",
        "blockquote",
        "main",
        "nav",
        "aside",
        "center",
        "u",
        "small",
        "big",
        "tt",
        "code",
        "form",
        "details",
    ];
    let (mut depth, mut deepest) = (0usize, 0usize);
    for tag in page.split('<').skip(1) {
        let (closes, rest) = tag.strip_prefix('/').map_or((false, tag), |rest| (true, rest));
        let name_length = rest.bytes().take(12).take_while(u8::is_ascii_alphanumeric).count();
        let name = rest[..name_length].to_ascii_lowercase();
        if !CONTAINERS.contains(&name.as_str()) {
            continue;
        }
        depth = if closes { depth.saturating_sub(1) } else { depth + 1 };
        deepest = deepest.max(depth);
    }
    deepest
}
