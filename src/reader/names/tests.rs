//! What the reader makes of names, text by text. A row gives a text and its mentions in order: the words, the kind, and
//! whom or what they mean; for a person `given / surname` as written there.

use std::sync::Arc;

use crate::document::Document;
use crate::markup::Format;
use crate::reader::{MentionKind, SubjectKind, read};

const READINGS: &[(&str, &[&str])] = &[
    // Two with one surname: the form of address, the paragraph or who was named so far tells; else nobody is meant for sure.
    (
        "Jonas Quill met the press.\n\nQuill was late. His sister, Helena Quill, was away.\n\nMrs Quill said yes. Mr Quill said no.\n\nQuill left.\n\nHelena Quill paid, and Quill slept.",
        &[
            "Jonas Quill = person Jonas Quill [Jonas / Quill]",
            "Quill = person Jonas Quill [- / Quill]",
            "Helena Quill = person Helena Quill [Helena / Quill]",
            "Quill = person Helena Quill [- / Quill]",
            "Quill = person Jonas Quill [- / Quill]",
            "Quill = person Quill [- / Quill]",
            "Helena Quill = person Helena Quill [Helena / Quill]",
            "Quill = person Helena Quill [- / Quill]",
        ],
    ),
    // A given name that is a word as well, at the start of a sentence and behind another word; a sea before the place at it.
    (
        "Per Dahlquist left. Then Per Dahlquist sang, and Will Solvang slept. Will Dahlquist return? Per Dahlquist, it rained. Per Solvang, 61, left.",
        &[
            "Per Dahlquist = person Per Dahlquist [Per / Dahlquist]",
            "Per Dahlquist = person Per Dahlquist [Per / Dahlquist]",
            "Will Solvang = person Will Solvang [Will / Solvang]",
            "Dahlquist = person Per Dahlquist [- / Dahlquist]",
            "Dahlquist = person Per Dahlquist [- / Dahlquist]",
            "Per Solvang = person Per Solvang [Per / Solvang]",
        ],
    ),
    // A title ends before its holder, whatever she owns or whoever is named beside her; "Plus" opens a sentence.
    (
        "House Speaker Ada Quill's plan failed. Hallvik Board of Trade Chairwoman Helen Falk and Omari Kip left. Plus Falk slept.",
        &[
            "Ada Quill = person Ada Quill [Ada / Quill]",
            "Hallvik Board of Trade = organisation Hallvik Board of Trade",
            "Helen Falk = person Helen Falk [Helen / Falk]",
            "Omari Kip = person Omari Kip [Omari / Kip]",
            "Falk = person Helen Falk [- / Falk]",
        ],
    ),
    // A surname that ends as a word does.
    (
        "James Holland and John Tolland sang.",
        &["James Holland = person James Holland [James / Holland]", "John Tolland = person John Tolland [John / Tolland]"],
    ),
    // A firm called after brothers.
    ("The shares of Hallvik Brothers rose.", &["Hallvik Brothers = organisation Hallvik Brothers"]),
    ("Boats left the Black Sea Constanta region.", &["Black Sea = place Black Sea", "Constanta = place Constanta"]),
    // Who leads a country goes by the surname; a party's letter and a currency's code are no part of a name.
    ("The talks with Obama went on.", &["Obama = person Obama [- / Obama]"]),
    (
        "Rep. Lena Marenko (R-South Carolina) paid USD115 and RM42.",
        &["Lena Marenko = person Lena Marenko [Lena / Marenko]", "South Carolina = place South Carolina"],
    ),
    // "New" belongs to the place behind it also where a sentence starts.
    (
        "New York slept. In New Delhi they sat. The New York Times saw it.",
        &["New York = place New York", "New Delhi = place New Delhi", "New York Times = organisation New York Times"],
    ),
    // In capitals all through; and run together with the word behind.
    ("By ADA QUILL in Nairobi", &["ADA QUILL = person Ada Quill [Ada / Quill]", "Nairobi = place Nairobi"]),
    ("By ADA QUILL\n\nAda Quill saw it.", &["ADA QUILL = person Ada Quill [Ada / Quill]", "Ada Quill = person Ada Quill [Ada / Quill]"]),
    ("Barbara Kingand Omar Falk left.", &[]),
    ("He fought in World War II and met Pope Urban II in Rome.", &["Urban II = person Urban II [- / Urban]", "Rome = place Rome"]),
    ("They live in New Zealand.", &["New Zealand = place New Zealand"]),
    // Teams.
    (
        "The Boston Cowboys met Real Madrid in Nairobi.",
        &["Boston Cowboys = organisation Boston Cowboys", "Real Madrid = organisation Real Madrid", "Nairobi = place Nairobi"],
    ),
    (
        "Esther Williams met Julian Barnes.",
        &["Esther Williams = person Esther Williams [Esther / Williams]", "Julian Barnes = person Julian Barnes [Julian / Barnes]"],
    ),
    // No part of what somebody is is a name; letters behind a name are no title.
    (
        "Co-chair Rita Falk met Mary Quill MP. Quill left.",
        &[
            "Rita Falk = person Rita Falk [Rita / Falk]",
            "Mary Quill MP = person Mary Quill MP [Mary / Quill]",
            "Quill = person Mary Quill MP [- / Quill]",
        ],
    ),
    // Particles, double and hyphenated surnames, initials, suffixes.
    (
        "Ursula von der Leyden met Khalid al-Mutari in Nairobi. Von der Leyden thanked al-Mutari.",
        &[
            "Ursula von der Leyden = person Ursula von der Leyden [Ursula / von der Leyden]",
            "Khalid al-Mutari = person Khalid al-Mutari [Khalid / al-Mutari]",
            "Nairobi = place Nairobi",
            "Von der Leyden = person Ursula von der Leyden [- / Von der Leyden]",
            "al-Mutari = person Khalid al-Mutari [- / al-Mutari]",
        ],
    ),
    (
        "Judge Helena Brandt-Oduya ruled for J. P. Marlow Jr. on appeal. Brandt-Oduya gave no reasons.",
        &[
            "Helena Brandt-Oduya = person Helena Brandt-Oduya [Helena / Brandt-Oduya]",
            "J. P. Marlow Jr. = person J. P. Marlow Jr. [J. P. / Marlow]",
            "Brandt-Oduya = person Helena Brandt-Oduya [- / Brandt-Oduya]",
        ],
    ),
    // Surname first, with the second syllable of the given name in lower case.
    (
        "Police questioned Lai Chih-ming, 45, and his brother. Lai denied everything.",
        &["Lai Chih-ming = person Lai Chih-ming [Chih-ming / Lai]", "Lai = person Lai Chih-ming [- / Lai]"],
    ),
    // A nickname in quotation marks.
    (
        "The mayor praised Jonas “Jojo” Marenko on Monday. Marenko smiled.",
        &["Jonas “Jojo” Marenko = person Jonas “Jojo” Marenko [Jonas / Marenko]", "Marenko = person Jonas “Jojo” Marenko [- / Marenko]"],
    ),
    // Honorifics and possessives are no part of the name.
    (
        "Dr Anja Kowalczyk’s report was read by Mrs Oduya.",
        &["Anja Kowalczyk = person Anja Kowalczyk [Anja / Kowalczyk]", "Oduya = person Oduya [- / Oduya]"],
    ),
    // Coordination: two people, not one and not a firm.
    (
        "Stefan Witkovski and Jana Kuschner flew to Kenya.",
        &[
            "Stefan Witkovski = person Stefan Witkovski [Stefan / Witkovski]",
            "Jana Kuschner = person Jana Kuschner [Jana / Kuschner]",
            "Kenya = place Kenya",
        ],
    ),
    // A name over a line's end.
    (
        "The report by Anja\nKowalczyk is out. Kowalczyk wrote it alone.",
        &["Anja Kowalczyk = person Anja Kowalczyk [Anja / Kowalczyk]", "Kowalczyk = person Anja Kowalczyk [- / Kowalczyk]"],
    ),
    // The start of a sentence; family members with one surname.
    (
        "Yesterday Tomas Brenner, 61, resigned. His wife, Lena Brenner, said Tomas was tired.",
        &[
            "Tomas Brenner = person Tomas Brenner [Tomas / Brenner]",
            "Lena Brenner = person Lena Brenner [Lena / Brenner]",
            "Tomas = person Tomas Brenner [- / Tomas]",
        ],
    ),
    // Nationalities, weekdays, months and feasts are nobody.
    ("On Friday the Kenyan side said Ramadan would end in June.", &[]),
    // Addresses are no prose, and don't make a country's name a common word.
    (
        "See https://news.example/2025/kenya-denies-Claims for more.\n\nKenya denied it. Write to Desk@Example.com.",
        &["Kenya = place Kenya"],
    ),
    // Two places at a hyphen; a place with its direction at the start of a sentence.
    (
        "The Kenya-Uganda border was shut. South Korea’s envoy went south.",
        &["Kenya = place Kenya", "Uganda = place Uganda", "South Korea = place South Korea"],
    ),
    // A team is no person, however its name is made.
    (
        "Aston Villa signed Ada Quilland.",
        &["Aston Villa = organisation Aston Villa", "Ada Quilland = person Ada Quilland [Ada / Quilland]"],
    ),
    // Ships are nobody, also where a person or a place bears the name.
    ("HMS Solheim and the USS Omari Kip left Mombasa. The MV Ada Quilland, a ferry, followed.", &["Mombasa = place Mombasa"]),
    ("The MS Queen Elizabeth docked in Mombasa.", &["Mombasa = place Mombasa"]),
    // The same letters may be initials, where neither "the" nor a kind of ship stands before them.
    (
        "MS Solheim batted first. SS Kiprotich filmed it.",
        &["Solheim = person Solheim [- / Solheim]", "SS Kiprotich = person SS Kiprotich [SS / Kiprotich]"],
    ),
    ("They sailed aboard MV Ada Quilland from Mombasa.", &["Mombasa = place Mombasa"]),
    ("It stopped the tanker Ada Quilland off Mombasa.", &["Mombasa = place Mombasa"]),
    ("Ms Ada Quilland said the ship left Kenya.", &["Ada Quilland = person Ada Quilland [Ada / Quilland]", "Kenya = place Kenya"]),
    // Of a headline in capitals, what stands directly behind a title.
    (
        "PRESIDENT OMARI KIPROTICH PROMISES AID TO FARMERS\n\nThe farmers were glad of it.",
        &["OMARI KIPROTICH = person Omari Kiprotich [Omari / Kiprotich]"],
    ),
    ("PRESIDENT SIGNS BILL TO HELP FARMERS\n\nThe farmers were glad of it.", &[]),
    // Money is no country.
    ("It cost US$25 million.", &[]),
    // Organisations with their abbreviations and shorter forms.
    (
        "The Institute for Harbour Research (IHR) said so. The IHR is in Norway. The institute agreed.",
        &[
            "Institute for Harbour Research = organisation Institute for Harbour Research (IHR)",
            "IHR = organisation Institute for Harbour Research (IHR)",
            "IHR = organisation Institute for Harbour Research (IHR)",
            "Norway = place Norway",
        ],
    ),
    (
        "The Ministry of Health and Sanitation denied it, and so did the Kremlin.",
        &["Ministry of Health and Sanitation = organisation Ministry of Health and Sanitation", "Kremlin = organisation Kremlin"],
    ),
    (
        "The National Tide Council (NTC) and the Larsund Harbour Pilots’ Association met Ada Quill, director of the Division of Sea Defences (DSD), today.",
        &[
            "National Tide Council = organisation National Tide Council (NTC)",
            "NTC = organisation National Tide Council (NTC)",
            "Larsund Harbour Pilots’ Association = organisation Larsund Harbour Pilots’ Association",
            "Ada Quill = person Ada Quill [Ada / Quill]",
            "Division of Sea Defences = organisation Division of Sea Defences (DSD)",
            "DSD = organisation Division of Sea Defences (DSD)",
        ],
    ),
];

fn mentions(text: &str) -> Vec<String> {
    let document = Document::parse(Arc::from(text), Format::Plain);
    let reading = read(&document);
    let mut out = Vec::new();
    for (_, mention) in reading.iter() {
        let MentionKind::Name(name) = &mention.kind else { continue };
        let subject = reading.subject(name.subject);
        let kind = match subject.kind {
            SubjectKind::Person => "person",
            SubjectKind::Place => "place",
            SubjectKind::Organisation => "organisation",
        };
        let acronym = subject.acronym.as_ref().map(|acronym| format!(" ({acronym})")).unwrap_or_default();
        let part = |part: &Option<String>| part.clone().unwrap_or_else(|| "-".to_owned());
        let parts = name.person.as_ref().map(|person| format!(" [{} / {}]", part(&person.given), part(&person.surname)));
        out.push(format!("{} = {kind} {}{acronym}{}", document.words(mention.at), subject.name, parts.unwrap_or_default()));
    }
    out
}

#[test]
fn names_are_read_and_linked() {
    let mut differ: Vec<String> = Vec::new();
    for (text, expected) in READINGS {
        let found = mentions(text);
        if found != *expected {
            differ.push(format!("{text}\n  expected {expected:#?}\n  found {found:#?}\n"));
        }
    }
    assert!(differ.is_empty(), "{}", differ.concat());
}
