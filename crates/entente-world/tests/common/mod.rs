//! Documents with hand-written trees.

use entente_syntax::{Deprel, Name, NameKind, ParsedSentence, Relation, Token, Upos};
use entente_text::{Document, DocumentParts, Span};
use entente_world::{Entity, Registry, Resolved};

const STATES: &str = "code\tname\twikidata\tcapital\taliases\tadjectives\tdemonyms\tmetonyms\tcow
RUS\tRussia\tQ159\tMoscow\tRussian Federation\tRussian\tRussian; Russians\tKremlin=GOV\t365
CHN\tChina\tQ148\tBeijing\t\tChinese\tChinese\t\t710
USA\tUnited States\tQ30\tWashington\tUS; U.S.; America\tAmerican; US\tAmerican; Americans\tPentagon=MIL\t2
IRQ\tIraq\tQ796\tBaghdad\t\tIraqi\tIraqi; Iraqis\t\t645
SYR\tSyria\tQ858\tDamascus\t\tSyrian\tSyrian; Syrians\t\t652
";
const ORGANISATIONS: &str = "name\tcode\tsector\taliases\twikidata\tseat
NATO\tIGO\t\tNorth Atlantic Treaty Organization\tQ7184\t
United Nations\tUNO\t\tUN\tQ1065\t
Reuters\tGBR\tJRN\t\tQ130879\t
";
const GROUPS: &str = "name\tcode\tsector\tother_sectors\taliases\twikidata\tfrom\tto
Islamic State\tIMG\t\t\tIS; ISIL\tQ2429253\t\t
Taliban\tAFG\tREB\t\t\tQ42418\t\t2021-08-14
Taliban\tAFG\tGOV\t\t\tQ42418\t2021-08-15\t
";
const OFFICES: &str = "person\taliases\tcode\tsector\toffice\tfrom\tto\twikidata
Vladimir Putin\tPutin\tRUS\tGOV\tpresident\t2012-05-07\t\tQ7747
Xi Jinping\tXi\tCHN\tGOV\tpresident\t2013-03-14\t\tQ15031
Barack Obama\tObama\tUSA\tGOV\tpresident\t2009-01-20\t2017-01-20\tQ76
";
const AGENTS: &str = "phrase\tsector\tkind\tcode
president\tGOV\ttitle\t
foreign minister\tGOV\ttitle\t
secretary of state\tGOV\ttitle\t
spokesman\tGOV\ttitle\t
adviser\tGOV\ttitle\t
official\tGOV\tperson\t
troops\tMIL\tgroup\t
troop\tMIL\tgroup\t
police\tCOP\tgroup\t
militant\tUAF\tperson\t
civilian\tCVL\tperson\t
military\tMIL\tbody\t
ministry\tGOV\tbody\t
regime\tGOV\tbody\t
coalition\t\tbody\tIGO
country\t\tanaphor:state\t
alliance\t\tanaphor:organisation\t
pair\t\tanaphor:pair\t
airstrike\tMIL\tasset\t
";
const PLACES: &str = "name\tcountry\tgeonameid\tlat\tlon\tkind\tpopulation\taliases
Mosul\tIRQ\t99072\t36.3\t43.1\tcity\t1739800\t
";

/// A small registry that no edit of the world's tables can change.
pub(crate) fn registry() -> Registry {
    Registry::from_tables(&[
        ("states.tsv", STATES),
        ("organisations.tsv", ORGANISATIONS),
        ("groups.tsv", GROUPS),
        ("offices/test.tsv", OFFICES),
        ("agents.tsv", AGENTS),
        ("places.tsv", PLACES),
    ])
}

/// A document from trees: one word a line (form, lemma, tag, head from 1, relation, name as `B-PER`,
/// `I-PER` or nothing), a blank line between sentences. All words are parted by one space.
pub(crate) fn parse(conllu: &str, published: &str) -> (Document, Vec<ParsedSentence>) {
    let mut text = String::new();
    let mut sentences = Vec::new();
    for block in conllu.trim().split("\n\n") {
        let mut tokens = Vec::new();
        let mut names: Vec<Name> = Vec::new();
        let sentence_start = text.len();
        for (index, line) in block.lines().enumerate() {
            let cells: Vec<&str> = line.split_whitespace().collect();
            let start = text.len();
            text.push_str(cells[0]);
            let span = Span::new(start, text.len());
            text.push(' ');
            let (base, subtype) = cells[4].split_once(':').unwrap_or((cells[4], ""));
            let subtype =
                ["", "poss", "pass", "desc", "relcl", "agent"].into_iter().find(|known| *known == subtype);
            tokens.push(Token {
                span,
                upos: Upos::parse(cells[2]).unwrap(),
                lemma: cells[1].to_owned(),
                head: cells[3].parse::<usize>().unwrap().checked_sub(1),
                relation: Relation { base: Deprel::parse(base).unwrap(), subtype: subtype.unwrap() },
            });
            match cells.get(5).and_then(|name| name.split_once('-')) {
                Some(("B", kind)) => {
                    names.push(Name { first: index, end: index + 1, kind: NameKind::parse(kind).unwrap() });
                }
                Some(_) => names.last_mut().unwrap().end = index + 1,
                None => {}
            }
        }
        let span = Span::new(sentence_start, text.len() - 1);
        sentences.push(ParsedSentence::new(span, 0, false, tokens, names));
    }
    let parts = DocumentParts { body: text, published: published.parse().ok(), ..DocumentParts::default() };
    (Document::new(parts), sentences)
}

/// Resolves trees against the small registry.
pub(crate) fn resolve(conllu: &str, published: &str) -> Resolved {
    let (document, sentences) = parse(conllu, published);
    registry().resolve(&document, &sentences)
}

/// The entity of the mention whose head is a word (both counted from 0).
pub(crate) fn entity(resolved: &Resolved, sentence: usize, word: usize) -> &Entity {
    let mention = resolved.at(sentence, word).unwrap_or_else(|| panic!("no mention at {sentence}:{word}"));
    &resolved.entities[mention.entity]
}

/// Code and sector as text.
pub(crate) fn role(entity: &Entity) -> (String, &'static str) {
    let code = entity.code.map_or_else(String::new, |code| code.to_string());
    (code, entity.sector.map_or("", |sector| sector.as_str()))
}
