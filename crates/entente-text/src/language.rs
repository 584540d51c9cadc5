//! Is it English? What is not is refused whole, never half-coded.

use whatlang::{Lang, detect};

use crate::characters::is_blank;

/// What the words say about the language of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Language {
    English,
    /// Another language, by its English name.
    Other(&'static str),
    /// Too few words to tell.
    Undetermined,
}

/// Fewer words pass without a verdict.
const FEWEST_WORDS: usize = 6;

/// Below this number of words the detector must find it reliable itself.
const SHORT_TEXT_WORDS: usize = 40;

/// Bytes looked at from the beginning, and again from the middle.
const SAMPLE: usize = 2000;

/// Share of the commonest words (in per cent) from which a text in Latin letters is English.
const ENGLISH_SHARE: usize = 18;

/// The commonest words that English does not share with its neighbours.
const COMMON_WORDS: &[&str] = &[
    "the", "of", "and", "to", "that", "with", "for", "from", "is", "was", "were", "are", "has", "have",
    "had", "said", "by", "his", "their", "its", "it", "which", "would", "will", "after", "at", "as", "be",
    "been", "not", "this", "who", "they", "he", "she", "but", "about",
];

/// Identifies the language of a text by a sample of bounded size.
pub(crate) fn identify(text: &str) -> Language {
    let sample = sample(text);
    let words = sample.split(is_blank).filter(|word| word.chars().any(char::is_alphabetic)).count();
    let letters = sample.chars().filter(|c| c.is_alphabetic()).count();
    let foreign_letters = sample.chars().filter(|c| c.is_alphabetic() && !is_latin(*c)).count();
    let other_script = foreign_letters * 2 > letters;
    if words < FEWEST_WORDS && !(other_script && letters >= FEWEST_WORDS) {
        return Language::Undetermined;
    }
    if !other_script && common_words(&sample) * 100 >= words * ENGLISH_SHARE {
        return Language::English;
    }
    match detect(&sample) {
        Some(info) if info.lang() == Lang::Eng => Language::English,
        Some(info)
            if other_script
                || info.is_reliable() && (words >= SHORT_TEXT_WORDS || common_words(&sample) == 0) =>
        {
            Language::Other(info.lang().eng_name())
        }
        _ if other_script => Language::Other("another script"),
        _ => Language::Undetermined,
    }
}

fn is_latin(c: char) -> bool {
    matches!(c, '\u{0000}'..='\u{024F}' | '\u{1E00}'..='\u{1EFF}')
}

fn common_words(sample: &str) -> usize {
    let is_common = |word: &str| COMMON_WORDS.iter().any(|common| word.eq_ignore_ascii_case(common));
    sample.split(|c: char| !c.is_alphabetic()).filter(|word| is_common(word)).count()
}

/// The beginning of a text, and of a long one also a piece from its middle.
fn sample(text: &str) -> String {
    let mut sample = piece(text, 0).to_string();
    let middle = text.len() / 2;
    if middle > SAMPLE {
        sample.push(' ');
        sample.push_str(piece(text, middle));
    }
    sample
}

fn piece(text: &str, from: usize) -> &str {
    let start = text.ceil_char_boundary(from);
    let end = text.floor_char_boundary(text.len().min(start + SAMPLE));
    &text[start..end.max(start)]
}

/// True when a language tag of the source ("en", "en-GB", "eng", "English") names English.
pub(crate) fn is_english_tag(tag: &str) -> bool {
    let primary = tag.trim().split(['-', '_']).next().unwrap_or("").to_ascii_lowercase();
    matches!(primary.as_str(), "en" | "eng" | "english")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn english_news_is_english() {
        for text in [
            "The president of Iran said on Monday that his country would not return to the talks in Vienna.",
            "Russia launches missiles at Odesa port, kills three civilians, wounds dozens in overnight strike",
            "Sheikh Mohammed bin Zayed Al Nahyan and Recep Tayyip Erdoğan met in Abu Dhabi to sign an accord.",
        ] {
            assert_ne!(language_name(text), Some("Other"), "{text}");
        }
    }

    #[test]
    fn other_languages_are_told_by_name() {
        for (text, name) in [
            (
                "El presidente de Chile dijo el lunes que su gobierno no enviará tropas a la frontera con Bolivia y que \
              espera una respuesta de los ministros antes del viernes, según informaron fuentes oficiales ayer por la \
              tarde en la capital del país.",
                "Spanish",
            ),
            (
                "Le président de la République a déclaré lundi que la France ne participerait pas aux négociations avec \
              les autres pays de la région et que les ministres devaient se réunir avant la fin de la semaine pour \
              discuter de la situation.",
                "French",
            ),
            (
                "Der Außenminister sagte am Montag, dass die Regierung keine weiteren Truppen an die Grenze schicken \
              werde und dass man auf eine Antwort der anderen Länder noch vor dem Ende der Woche hoffe, wie die \
              Agentur gestern meldete.",
                "German",
            ),
            ("Президент России заявил в понедельник, что страна не вернётся к переговорам.", "Russian"),
            ("قال رئيس الوزراء يوم الاثنين إن بلاده لن تعود إلى المحادثات", "Arabic"),
            ("外交部发言人周一表示中国不会参加这次会谈", "Mandarin"),
            (
                "Dışişleri Bakanı pazartesi günü yaptığı açıklamada ülkesinin görüşmelere geri dönmeyeceğini ve sınıra \
              yeni birlikler göndermeyeceğini söyledi, bunun yanında diğer ülkelerden hafta sonuna kadar bir yanıt \
              beklediklerini de belirtti ve barış için çalışacaklarını ekledi.",
                "Turkish",
            ),
        ] {
            assert_eq!(identify(text), Language::Other(name), "{text}");
        }
    }

    #[test]
    fn a_few_words_are_no_verdict() {
        for text in ["", "Stop!", "Guerra en Ucrania", "12 345 678 9 10 11 12"] {
            assert_eq!(identify(text), Language::Undetermined, "{text}");
        }
    }

    #[test]
    fn language_tags() {
        assert!(["en", "en-GB", "EN_us", "English"].iter().all(|tag| is_english_tag(tag)));
        assert!(!["fr", "ru-RU", ""].iter().any(|tag| is_english_tag(tag)));
    }

    fn language_name(text: &str) -> Option<&'static str> {
        matches!(identify(text), Language::Other(_)).then_some("Other")
    }
}
