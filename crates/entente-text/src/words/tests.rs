use super::*;

fn split(text: &str) -> Vec<&str> {
    words(text, Span::new(0, text.len())).into_iter().map(|span| span.of(text)).collect()
}

/// Input and its words, parted by spaces.
const CASES: &[(&str, &str)] = &[
    // Clitics and contractions.
    ("Moscow doesn't want war", "Moscow does n't want war"),
    ("They can't and won't go", "They ca n't and wo n't go"),
    ("We cannot stay", "We can not stay"),
    ("I'm sure they're late", "I 'm sure they 're late"),
    ("She'd say we've lost", "She 'd say we 've lost"),
    ("He'll come, it's late", "He 'll come , it 's late"),
    ("You’ll see China’s envoys", "You ’ll see China ’s envoys"),
    ("They wouldn't've come", "They would n't 've come"),
    ("We're gonna win", "We 're gon na win"),
    ("Let's talk", "Let 's talk"),
    ("He dont care", "He do nt care"),
    ("the states' envoys", "the states ' envoys"),
    ("the allies’ troops", "the allies ’ troops"),
    ("IRAN'S ARMY", "IRAN 'S ARMY"),
    ("Hollande's and Merkel's", "Hollande 's and Merkel 's"),
    ("the AU's", "the AU 's"),
    ("Ba'ath and Shi'ite", "Ba'ath and Shi'ite"),
    ("O'Brien met M'Bala", "O'Brien met M'Bala"),
    ("at five o'clock", "at five o'clock"),
    ("Sana'a and Ta'iz", "Sana'a and Ta'iz"),
    ("in the '90s and 1960's", "in the '90s and 1960's"),
    ("China 's do n't", "China 's do n't"),
    // Abbreviations.
    ("the U.S. Senate voted", "the U.S. Senate voted"),
    ("U.N. and E.U. envoys", "U.N. and E.U. envoys"),
    ("in the U.S.", "in the U.S ."),
    ("Gen. Smith and Lt. Col. Roe met", "Gen. Smith and Lt. Col. Roe met"),
    ("Mr. Xi, Mrs. May", "Mr. Xi , Mrs. May"),
    ("George H. W. Bush spoke", "George H. W. Bush spoke"),
    ("St. Petersburg is cold", "St. Petersburg is cold"),
    ("at 10 a.m. on Monday", "at 10 a.m. on Monday"),
    ("e.g. tanks, i.e. arms", "e.g. tanks , i.e. arms"),
    ("Resolutions Nos. 5 and 6", "Resolutions Nos. 5 and 6"),
    ("No. 10 said", "No. 10 said"),
    ("Acme Inc. sued", "Acme Inc. sued"),
    ("on Jan. 6 he", "on Jan. 6 he"),
    ("arms, etc.", "arms , etc ."),
    ("a Ph.D. student", "a Ph.D. student"),
    ("Dr.Jones left", "Dr. Jones left"),
    ("S.Korea agreed", "S. Korea agreed"),
    ("Jean-Marie Le Pen Jr. won", "Jean - Marie Le Pen Jr. won"),
    // Hyphens.
    ("foreign-policy aide", "foreign - policy aide"),
    ("U.S.-led force", "U.S. - led force"),
    ("al-Qaeda men", "al - Qaeda men"),
    ("anti-government and pro-Russian", "anti-government and pro-Russian"),
    ("mid-2014 and non-aligned", "mid-2014 and non-aligned"),
    ("co-operate, re-election", "co-operate , re-election"),
    ("a 26-year-old man", "a 26 - year - old man"),
    ("F-16 jets, AK-47s", "F - 16 jets , AK - 47s"),
    ("from 1996-2000", "from 1996 - 2000"),
    ("on 2016-10-05", "on 2016-10-05"),
    ("call 555-0123 or 212-555-0123", "call 555-0123 or 212-555-0123"),
    ("won 3-0", "won 3 - 0"),
    ("an e-mail", "an e-mail"),
    ("socio-political-military ties", "socio-political - military ties"),
    ("Moscow–Beijing axis", "Moscow – Beijing axis"),
    ("talks--if any--failed", "talks -- if any -- failed"),
    ("talks—if any—failed", "talks — if any — failed"),
    // Numbers, money, units.
    ("$1.5 billion", "$ 1.5 billion"),
    ("£20m and €3bn", "£ 20 m and € 3 bn"),
    ("US$40 and C$5", "US$ 40 and C$ 5"),
    ("by 3.5%", "by 3.5 %"),
    ("30,000 troops", "30,000 troops"),
    ("at 10am or 5:30pm", "at 10 am or 5:30 pm"),
    ("the 21st century, 1990s", "the 21st century , 1990s"),
    ("a .38 pistol", "a .38 pistol"),
    ("100km away", "100 km away"),
    ("on 12/25/2001", "on 12/25/2001"),
    ("and/or 3/4", "and / or 3 / 4"),
    ("#1 and #Syria @UN", "# 1 and #Syria @UN"),
    // Quotes, brackets, marks.
    ("He said \"no\".", "He said \" no \" ."),
    ("“We stand with them,” he said.", "“ We stand with them , ” he said ."),
    ("a ‘red line’ there", "a ‘ red line ’ there"),
    ("``Never,'' he said", "`` Never , '' he said"),
    ("'Putin' they shouted", "' Putin ' they shouted"),
    ("(NATO) [sic] {x}", "( NATO ) [ sic ] { x }"),
    ("Why?! No!!!", "Why ?! No !!!"),
    ("well... maybe… yes", "well ... maybe … yes"),
    ("as follows..:", "as follows .. :"),
    ("the “Times”’s view", "the “ Times ” ’s view"),
    ("good :) day", "good :) day"),
    // Addresses and names.
    ("see https://un.org/a-b?c=d.", "see https://un.org/a-b?c=d ."),
    ("(www.nato.int)", "( www.nato.int )"),
    ("write to press@eu.example, please", "write to press@eu.example , please"),
    ("Amazon.com sued", "Amazon.com sued"),
    ("AT&T and P&L", "AT&T and P&L"),
    ("Paris,London,Rome", "Paris , London , Rome"),
    // Other scripts and odd input.
    ("Kyïv Éire naïve", "Kyïv Éire naïve"),
    ("习近平 said", "习近平 said"),
    ("peace 🕊️ now", "peace 🕊️ now"),
    ("cafe\u{301} talks", "cafe\u{301} talks"),
    ("\u{200E}Mosul\u{200E} fell", "Mosul fell"),
];

#[test]
fn words_follow_the_conventions() {
    let mut wrong = Vec::new();
    for (text, expected) in CASES {
        let got = split(text).join(" ");
        if got != *expected {
            wrong.push(format!("{text}\n  expected {expected}\n  got      {got}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_long_word_is_cut_on_character_boundaries() {
    let text = "é".repeat(1000);
    let found = words(&text, Span::new(0, text.len()));
    assert!(found.len() >= 8);
    assert!(found.iter().all(|word| word.len() <= LONGEST_WORD && text.is_char_boundary(word.end)));
    assert_eq!(found.iter().map(Span::len).sum::<usize>(), text.len());
}
