//! What the user says about the inputs.

use jiff::civil::Date;

use super::Format;

/// What the user says about the inputs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReadOptions {
    /// Format of every input; by default extension and content tell.
    pub format: Option<Format>,
    /// Publication date of articles that state none.
    pub published: Option<Date>,
    /// Publication of articles that state none.
    pub publication: Option<String>,
    /// Title of plain texts that have none.
    pub title: Option<String>,
    /// Longest text of one document in bytes; a longer one is refused.
    pub longest_text: usize,
    /// Puts a JSON `title` that `text` does not begin with before the text. Without it the text stays exactly as
    /// given, so that offsets fall into the source's own `text`, and the title is only passed on.
    pub title_into_text: bool,
    /// Takes articles in every language; by default all but English are refused.
    pub any_language: bool,
    /// Which column of a table holds what, beyond what its header says by itself.
    pub columns: Columns,
}

impl Default for ReadOptions {
    fn default() -> Self {
        Self {
            format: None,
            published: None,
            publication: None,
            title: None,
            longest_text: 20 * 1024 * 1024,
            title_into_text: false,
            any_language: false,
            columns: Columns::default(),
        }
    }
}

impl ReadOptions {
    /// Bytes read of an input that holds one document: room for UTF-16, markup and escapes.
    pub(super) fn longest_input(&self) -> usize {
        self.longest_text.saturating_mul(4)
    }
}

/// A part of an article that a column of a table may hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// The text.
    Text,
    /// The headline.
    Title,
    /// Day of publication.
    Published,
    /// Paper, agency or site.
    Publication,
    /// Where it was found.
    Url,
    /// The source's own id.
    Id,
    /// Language tag.
    Language,
}

impl Part {
    /// All of them.
    pub const ALL: [Self; 7] =
        [Self::Text, Self::Title, Self::Published, Self::Publication, Self::Url, Self::Id, Self::Language];

    /// The name by which users call it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Title => "title",
            Self::Published => "published",
            Self::Publication => "publication",
            Self::Url => "url",
            Self::Id => "id",
            Self::Language => "language",
        }
    }
}

/// A column of a table: its name in the header, or its number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Column {
    /// The name that the header gives it, without regard to case.
    Named(String),
    /// Its number, counted from 1. A table whose columns are called by numbers has no header.
    Numbered(usize),
}

/// Which column of a table holds what.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Columns(pub(super) Vec<(Part, Column)>);

impl Columns {
    /// Reads `text=Body,title=Headline,published=3`; `date` and `source` are understood for `published` and
    /// `publication`.
    ///
    /// # Errors
    /// What is wrong with it, for the user.
    pub fn parse(text: &str) -> Result<Self, String> {
        let known = || Part::ALL.map(Part::name).join(", ");
        let mut columns = Vec::new();
        for pair in text.split(',') {
            let (part, column) = pair
                .split_once('=')
                .ok_or_else(|| format!("\"{pair}\" is no PART=COLUMN; parts are {}", known()))?;
            let name = match part.trim() {
                "date" => "published",
                "source" => "publication",
                name => name,
            };
            let part = Part::ALL
                .into_iter()
                .find(|known| known.name() == name)
                .ok_or_else(|| format!("\"{name}\" is no part of an article; parts are {}", known()))?;
            let column = match column.trim().parse() {
                Ok(0) => return Err("columns are counted from 1".to_owned()),
                Ok(number) => Column::Numbered(number),
                Err(_) => Column::Named(column.trim().to_owned()),
            };
            columns.push((part, column));
        }
        Ok(Self(columns))
    }

    /// Whether the table has no header, as its columns are called by numbers alone.
    pub(super) fn are_numbers(&self) -> bool {
        !self.0.is_empty() && self.0.iter().all(|(_, column)| matches!(column, Column::Numbered(_)))
    }
}
