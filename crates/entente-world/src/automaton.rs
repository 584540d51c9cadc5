//! Finds the names of the registry in running text.
//!
//! A trie over atoms: runs of letters and digits, and single other characters. White space parts atoms
//! and is otherwise ignored; accents, curly quotes and dashes are folded, case is kept. A match
//! therefore always begins and ends at the edge of a word.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

/// Multiply-and-rotate hashing: the keys are our own tables, so no defence against crafted keys is needed.
#[derive(Default, Clone, Copy)]
pub(crate) struct QuickHasher(u64);

impl Hasher for QuickHasher {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for chunk in bytes.chunks(8) {
            let mut word = [0u8; 8];
            word[..chunk.len()].copy_from_slice(chunk);
            self.write_u64(u64::from_le_bytes(word));
        }
    }

    fn write_u8(&mut self, value: u8) {
        self.write_u64(u64::from(value));
    }

    fn write_u32(&mut self, value: u32) {
        self.write_u64(u64::from(value));
    }

    fn write_u64(&mut self, value: u64) {
        self.0 = (self.0.rotate_left(5) ^ value).wrapping_mul(0x517c_c1b7_2722_0a95);
    }
}

pub(crate) type QuickMap<K, V> = HashMap<K, V, BuildHasherDefault<QuickHasher>>;

/// A stretch of text that a name of the registry covers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Match {
    /// First byte.
    pub(crate) start: usize,
    /// One past the last byte.
    pub(crate) end: usize,
    /// The list of readings, an argument of [`Automaton::readings`].
    pub(crate) list: u32,
}

/// The trie, with a list of readings at the end of every name.
#[derive(Debug)]
pub(crate) struct Automaton<R> {
    words: QuickMap<Box<str>, u32>,
    edges: QuickMap<(u32, u32), u32>,
    lists_of_nodes: Vec<Option<u32>>,
    lists: Vec<Vec<R>>,
}

impl<R: Copy + PartialEq> Automaton<R> {
    pub(crate) fn new() -> Self {
        Self {
            words: QuickMap::default(),
            edges: QuickMap::default(),
            lists_of_nodes: vec![None],
            lists: Vec::new(),
        }
    }

    /// Adds a name with one reading. A leading article is left off; names in capitals are also found
    /// with only the first letter large ("NATO", "Nato").
    pub(crate) fn add(&mut self, name: &str, reading: R) {
        let bare = name.strip_prefix("the ").or_else(|| name.strip_prefix("The ")).unwrap_or(name);
        self.insert(bare, reading);
        if bare.len() >= 4 && bare.bytes().all(|byte| byte.is_ascii_uppercase()) {
            let (first, rest) = bare.split_at(1);
            self.insert(&format!("{first}{}", rest.to_ascii_lowercase()), reading);
        }
    }

    fn insert(&mut self, name: &str, reading: R) {
        let mut node = 0u32;
        let mut any = false;
        let mut folded = String::new();
        for (start, end) in Atoms::new(name) {
            any = true;
            let atom = fold(&name[start..end], &mut folded);
            let word = match self.words.get(atom) {
                Some(word) => *word,
                None => {
                    let fresh = self.words.len() as u32;
                    self.words.insert(atom.into(), fresh);
                    fresh
                }
            };
            let fresh_node = self.lists_of_nodes.len() as u32;
            node = *self.edges.entry((node, word)).or_insert(fresh_node);
            if node == fresh_node {
                self.lists_of_nodes.push(None);
            }
        }
        if !any {
            return;
        }
        let list = *self.lists_of_nodes[node as usize].get_or_insert_with(|| {
            self.lists.push(Vec::new());
            (self.lists.len() - 1) as u32
        });
        if !self.lists[list as usize].contains(&reading) {
            self.lists[list as usize].push(reading);
        }
    }

    /// What a matched name may stand for, in the order in which the names were added.
    pub(crate) fn readings(&self, list: u32) -> &[R] {
        &self.lists[list as usize]
    }

    /// The readings of a name as a whole.
    pub(crate) fn lookup(&self, name: &str) -> Option<&[R]> {
        let found = self.longest_from(name, &Atoms::new(name).collect::<Vec<_>>(), 0, 0)?;
        (found.start == 0 && found.end == name.trim_end().len()).then(|| self.readings(found.list))
    }

    /// The leftmost longest names in `text`, which never overlap; offsets are `base` and up.
    pub(crate) fn find(&self, text: &str, base: usize) -> Vec<Match> {
        let atoms: Vec<(usize, usize)> = Atoms::new(text).collect();
        let mut found = Vec::new();
        let mut next_free = 0;
        for index in 0..atoms.len() {
            if atoms[index].0 < next_free {
                continue;
            }
            if let Some(longest) = self.longest_from(text, &atoms, index, base) {
                next_free = longest.end - base;
                found.push(longest);
            }
        }
        found
    }

    fn longest_from(&self, text: &str, atoms: &[(usize, usize)], first: usize, base: usize) -> Option<Match> {
        let mut node = 0u32;
        let mut longest = None;
        let mut folded = String::new();
        for (start, end) in &atoms[first..] {
            let Some(word) = self.words.get(fold(&text[*start..*end], &mut folded)) else { break };
            let Some(next) = self.edges.get(&(node, *word)) else { break };
            node = *next;
            if let Some(list) = self.lists_of_nodes[node as usize] {
                longest = Some(Match { start: base + atoms[first].0, end: base + end, list });
            }
        }
        longest
    }
}

/// Byte ranges of the atoms of a text.
struct Atoms<'t> {
    text: &'t str,
    at: usize,
}

impl<'t> Atoms<'t> {
    fn new(text: &'t str) -> Self {
        Self { text, at: 0 }
    }
}

impl Iterator for Atoms<'_> {
    type Item = (usize, usize);

    fn next(&mut self) -> Option<Self::Item> {
        let rest = &self.text[self.at..];
        let start = self.at + rest.find(|letter: char| !letter.is_whitespace())?;
        let mut letters = self.text[start..].char_indices();
        let (_, first) = letters.next()?;
        let mut end = start + first.len_utf8();
        if first.is_alphanumeric() {
            for (offset, letter) in letters {
                if !letter.is_alphanumeric() {
                    break;
                }
                end = start + offset + letter.len_utf8();
            }
        }
        self.at = end;
        Some((start, end))
    }
}

/// Folds accents, quotes and dashes; ASCII atoms pass through untouched.
fn fold<'a>(atom: &'a str, buffer: &'a mut String) -> &'a str {
    if atom.is_ascii() {
        return atom;
    }
    buffer.clear();
    buffer.extend(atom.chars().map(fold_letter));
    buffer
}

/// Folds a whole name for comparison.
pub(crate) fn fold_name(name: &str) -> String {
    name.chars().map(fold_letter).collect()
}

/// The plain letter behind an accented Latin one; typographic quotes and dashes become ASCII.
fn fold_letter(letter: char) -> char {
    match letter {
        '‘' | '’' | 'ʼ' | 'ʻ' | '`' | '´' => '\'',
        '“' | '”' => '"',
        '‐' | '‑' | '–' | '—' => '-',
        'À'..='Å' | 'Ā' | 'Ă' | 'Ą' => 'A',
        'à'..='å' | 'ā' | 'ă' | 'ą' => 'a',
        'Ç' | 'Ć' | 'Ĉ' | 'Ċ' | 'Č' => 'C',
        'ç' | 'ć' | 'ĉ' | 'ċ' | 'č' => 'c',
        'Ď' | 'Đ' => 'D',
        'ď' | 'đ' => 'd',
        'È'..='Ë' | 'Ē' | 'Ė' | 'Ę' | 'Ě' => 'E',
        'è'..='ë' | 'ē' | 'ė' | 'ę' | 'ě' => 'e',
        'Ğ' | 'Ģ' => 'G',
        'ğ' | 'ģ' => 'g',
        'Ì'..='Ï' | 'Ī' | 'İ' => 'I',
        'ì'..='ï' | 'ī' | 'ı' => 'i',
        'Ķ' => 'K',
        'ķ' => 'k',
        'Ł' | 'Ļ' => 'L',
        'ł' | 'ļ' => 'l',
        'Ñ' | 'Ń' | 'Ň' | 'Ņ' => 'N',
        'ñ' | 'ń' | 'ň' | 'ņ' => 'n',
        'Ò'..='Ö' | 'Ø' | 'Ő' | 'Ō' => 'O',
        'ò'..='ö' | 'ø' | 'ő' | 'ō' => 'o',
        'Ř' => 'R',
        'ř' => 'r',
        'Ś' | 'Ş' | 'Š' | 'Ș' => 'S',
        'ś' | 'ş' | 'š' | 'ș' => 's',
        'Ţ' | 'Ť' | 'Ț' => 'T',
        'ţ' | 'ť' | 'ț' => 't',
        'Ù'..='Ü' | 'Ū' | 'Ů' | 'Ű' => 'U',
        'ù'..='ü' | 'ū' | 'ů' | 'ű' => 'u',
        'Ý' => 'Y',
        'ý' | 'ÿ' => 'y',
        'Ź' | 'Ż' | 'Ž' => 'Z',
        'ź' | 'ż' | 'ž' => 'z',
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sample() -> Automaton<u8> {
        let mut names = Automaton::new();
        for (name, reading) in [("US", 1), ("U.S.", 1), ("South Korea", 2), ("Korea", 3), ("NATO", 4)] {
            names.add(name, reading);
        }
        names.add("Mevlut Cavusoglu", 5);
        names.add("Korean People's Army", 6);
        names
    }

    fn found(text: &str) -> Vec<(String, u8)> {
        let names = sample();
        let as_pair = |m: Match| (text[m.start - 7..m.end - 7].to_owned(), names.readings(m.list)[0]);
        names.find(text, 7).into_iter().map(as_pair).collect()
    }

    #[test]
    fn the_longest_name_wins_and_words_stay_whole() {
        assert_eq!(
            found("South Korea, Korea and Koreans; USA"),
            [("South Korea".into(), 2), ("Korea".into(), 3)]
        );
        assert_eq!(found("us U.S.-led US's"), [("U.S.".into(), 1), ("US".into(), 1)]);
    }

    #[test]
    fn accents_quotes_and_capitals_are_folded() {
        assert_eq!(found("Nato, Mevlüt Çavuşoğlu")[1], ("Mevlüt Çavuşoğlu".into(), 5));
        assert_eq!(found("the Korean People’s Army"), [("Korean People’s Army".into(), 6)]);
    }

    #[test]
    fn a_name_is_looked_up_whole() {
        assert_eq!(sample().lookup("South Korea"), Some(&[2][..]));
        assert_eq!(sample().lookup("South Korea now"), None);
        assert_eq!(sample().lookup(""), None);
    }
}
