//! The forms that titles come in, each with its holder: a table of invented people.

use super::Status::{self, Acting, Current, Deputy, Disputed, Elect, Former, Shadow};
use crate::document::Document;
use crate::markup::Format;
use crate::reader::{MentionKind, read};

/// Words, role, what it is of, status and holder of a title; empty where there is none.
type Read = (&'static str, &'static str, &'static str, Status, &'static str);

#[test]
fn every_form_has_its_holder() {
    for (text, expected) in FORMS {
        let document = Document::parse((*text).into(), Format::Plain);
        let reading = read(&document);
        let mut found = Vec::new();
        for mention in &reading.mentions {
            let MentionKind::Title(title) = &mention.kind else { continue };
            let holder = title.holder.map_or("", |holder| document.words(reading.mention(holder).at));
            found.push((document.words(mention.at), &*title.role, title.of.as_deref().unwrap_or(""), title.status, holder));
        }
        assert_eq!(found, *expected, "{text}");
    }
}

#[rustfmt::skip]
const FORMS: &[(&str, &[Read])] = &[
    ("Danish Prime Minister Karen Lundtoft left.", &[("Danish Prime Minister", "prime minister", "Denmark", Current, "Karen Lundtoft")]),
    ("Denmark's prime minister, Karen Lundtoft, left.", &[("Denmark's prime minister", "prime minister", "Denmark", Current, "Karen Lundtoft")]),
    ("Karen Lundtoft, the prime minister of Denmark, left.", &[("the prime minister of Denmark", "prime minister", "Denmark", Current, "Karen Lundtoft")]),
    ("Karen Lundtoft, Denmark's prime minister, left.", &[("Denmark's prime minister", "prime minister", "Denmark", Current, "Karen Lundtoft")]),
    ("Karen Lundtoft is the prime minister of Denmark.", &[("the prime minister of Denmark", "prime minister", "Denmark", Current, "Karen Lundtoft")]),
    ("Karen Lundtoft, 47, is now the prime minister of Denmark.", &[("the prime minister of Denmark", "prime minister", "Denmark", Current, "Karen Lundtoft")]),
    ("Karen Lundtoft, who serves as prime minister, left.", &[("prime minister", "prime minister", "", Current, "Karen Lundtoft")]),
    ("Karen Lundtoft, who once served as Norwegian President Omari Kip's chief of staff, left.", &[("Norwegian President", "president", "Norway", Current, "Omari Kip"), ("chief of staff", "chief of staff", "Norway", Former, "Karen Lundtoft")]),
    ("The Premier League's chief executive, Jora Bede, met General Motors and King's College.", &[("The Premier League's chief executive", "chief executive", "Premier League", Current, "Jora Bede")]),
    ("Jora Bede took over as foreign minister on Monday.", &[("foreign minister", "foreign minister", "", Current, "Jora Bede")]),
    ("Jora Bede was promoted to foreign minister.", &[("foreign minister", "foreign minister", "", Current, "Jora Bede")]),
    ("Jora Bede stepped down as mayor of Larsund.", &[("mayor of Larsund", "mayor", "Larsund", Former, "Jora Bede")]),
    ("Larsund County Sheriff Jora Bede left.", &[("Larsund County Sheriff", "sheriff", "Larsund County", Current, "Jora Bede")]),
    ("On Monday Larsund City Mayor Jora Bede left.", &[("Larsund City Mayor", "mayor", "Larsund City", Current, "Jora Bede")]),
    ("Larsund County Judge Bede left.", &[("Larsund County Judge", "judge", "Larsund County", Current, "Bede")]),
    ("Larsund Police Chief Jora Bede left.", &[("Larsund Police Chief", "police chief", "Larsund", Current, "Jora Bede")]),
    ("Justice Department spokeswoman Jora Bede left.", &[("Justice Department spokeswoman", "spokesperson", "Justice Department", Current, "Jora Bede")]),
    ("The Justice Department's inspector general, Jora Bede, left.", &[("The Justice Department's inspector general", "inspector general", "Justice Department", Current, "Jora Bede")]),
    ("They voted for a cabinet with Karen Lundtoft as their leader.", &[("leader", "leader", "", Current, "Karen Lundtoft")]),
    ("Kenyan President Omari Kip's foreign policy adviser Jora Bede spoke.", &[("Kenyan President", "president", "Kenya", Current, "Omari Kip"), ("foreign policy adviser", "foreign policy adviser", "Kenya", Current, "Jora Bede")]),
    ("Jora Bede, an adviser to President Omari Kip, spoke.", &[("adviser", "adviser", "", Current, "Jora Bede"), ("President", "president", "", Current, "Omari Kip")]),
    ("The special representatives, Ruben Castellane and Maren Oosterling, met.", &[("The special representatives", "special envoy", "", Current, "Ruben Castellane"), ("The special representatives", "special envoy", "", Current, "Maren Oosterling")]),
    ("Special representatives Ruben Castellane and Maren Oosterling met.", &[("Special representatives", "special envoy", "", Current, "Ruben Castellane"), ("Special representatives", "special envoy", "", Current, "Maren Oosterling")]),
    ("Omari Kip's son-in-law, Jora Bede, spoke.", &[("Omari Kip's son-in-law", "son-in-law", "Omari Kip", Current, "Jora Bede")]),
    ("Jora Bede, Kip's brother, spoke.", &[("Kip's brother", "brother", "Kip", Current, "Jora Bede")]),
    ("Former president Omari Kip spoke.", &[("Former president", "president", "", Former, "Omari Kip")]),
    ("Ex-president Omari Kip spoke.", &[("Ex-president", "president", "", Former, "Omari Kip")]),
    ("Then-Foreign Minister Omari Kip spoke.", &[("Then-Foreign Minister", "foreign minister", "", Former, "Omari Kip")]),
    ("The late president Omari Kip was praised.", &[("The late president", "president", "", Former, "Omari Kip")]),
    ("Acting Kenyan president Omari Kip spoke.", &[("Acting Kenyan president", "president", "Kenya", Acting, "Omari Kip")]),
    ("Interim President Omari Kip spoke.", &[("Interim President", "president", "", Acting, "Omari Kip")]),
    ("Deputy Foreign Minister Omari Kip spoke.", &[("Deputy Foreign Minister", "deputy foreign minister", "", Deputy, "Omari Kip")]),
    ("First Deputy Prime Minister Omari Kip spoke.", &[("First Deputy Prime Minister", "deputy prime minister", "", Deputy, "Omari Kip")]),
    ("Vice President Omari Kip spoke.", &[("Vice President", "vice president", "", Current, "Omari Kip")]),
    ("President-elect Omari Kip spoke.", &[("President-elect", "president", "", Elect, "Omari Kip")]),
    ("Chief executive designate Omari Kip spoke.", &[("Chief executive designate", "chief executive", "", Elect, "Omari Kip")]),
    ("Outgoing Mayor Omari Kip spoke.", &[("Outgoing Mayor", "mayor", "", Current, "Omari Kip")]),
    ("Co-chairman Omari Kip spoke.", &[("Co-chairman", "co-chairman", "", Current, "Omari Kip")]),
    ("Shadow Energy Secretary Ada Quill spoke.", &[("Shadow Energy Secretary", "energy minister", "", Shadow, "Ada Quill")]),
    ("Shadow Chancellor Ada Quill spoke.", &[("Shadow Chancellor", "shadow chancellor", "", Current, "Ada Quill")]),
    ("Self-proclaimed president Omari Kip spoke.", &[("Self-proclaimed president", "president", "", Disputed, "Omari Kip")]),
    ("Newly elected Mayor Omari Kip spoke.", &[("Newly elected Mayor", "mayor", "", Elect, "Omari Kip")]),
    ("Gen. Omari Kip spoke.", &[("Gen.", "general", "", Current, "Omari Kip")]),
    ("Brigadier General Omari Kip, commander of the 7th Brigade, spoke.", &[("Brigadier General", "brigadier", "", Current, "Omari Kip"), ("commander", "commander", "", Current, "Omari Kip")]),
    ("Maj. Gen. Omari Kip spoke.", &[("Maj. Gen.", "major general", "", Current, "Omari Kip")]),
    ("Police chief Omari Kip spoke.", &[("Police chief", "police chief", "", Current, "Omari Kip")]),
    ("Detective Inspector Omari Kip spoke.", &[("Detective Inspector", "inspector", "", Current, "Omari Kip")]),
    ("Sheriff Omari Kip spoke.", &[("Sheriff", "sheriff", "", Current, "Omari Kip")]),
    ("King Edmund spoke.", &[("King", "king", "", Current, "Edmund")]),
    ("Crown Prince Edmund spoke.", &[("Crown Prince", "crown prince", "", Current, "Edmund")]),
    ("Archbishop Omari Kip spoke.", &[("Archbishop", "archbishop", "", Current, "Omari Kip")]),
    ("Rabbi Omari Kip spoke.", &[("Rabbi", "rabbi", "", Current, "Omari Kip")]),
    ("Judge Omari Kip spoke.", &[("Judge", "judge", "", Current, "Omari Kip")]),
    ("Chief Justice Omari Kip spoke.", &[("Chief Justice", "chief justice", "", Current, "Omari Kip")]),
    ("Professor Ada Quill spoke.", &[("Professor", "professor", "", Current, "Ada Quill")]),
    ("Ada Quill, a professor at Larsund University, spoke.", &[("professor at Larsund University", "professor", "Larsund University", Current, "Ada Quill")]),
    ("Delta Water Board chair Maren Oosterling spoke.", &[("Delta Water Board chair", "chairman", "Delta Water Board", Current, "Maren Oosterling")]),
    ("Maren Oosterling, chief executive of Delta Water, spoke.", &[("chief executive of Delta Water", "chief executive", "Delta Water", Current, "Maren Oosterling")]),
    ("Managing director Maren Oosterling spoke.", &[("Managing director", "managing director", "", Current, "Maren Oosterling")]),
    ("Party leader Maren Oosterling spoke.", &[("Party leader", "party leader", "", Current, "Maren Oosterling")]),
    ("Maren Oosterling, leader of the Delta Party, spoke.", &[("leader of the Delta Party", "leader", "Delta Party", Current, "Maren Oosterling")]),
    ("US Secretary of Defense Ada Quill spoke.", &[("US Secretary of Defense", "defence minister", "United States", Current, "Ada Quill")]),
    ("British Defence Secretary Ada Quill spoke.", &[("British Defence Secretary", "defence minister", "United Kingdom", Current, "Ada Quill")]),
    ("Sen. Ada Quill, a Larsund Democrat, spoke.", &[("Sen.", "senator", "", Current, "Ada Quill"), ("Larsund Democrat", "party member", "Larsund", Current, "Ada Quill")]),
    ("Danish Finance Minister Dr. Omari Kip spoke.", &[("Danish Finance Minister", "finance minister", "Denmark", Current, "Omari Kip"), ("Dr.", "doctor", "", Current, "Omari Kip")]),
    ("Interior Minister Gen. Omari Kip spoke.", &[("Interior Minister", "interior minister", "", Current, "Omari Kip"), ("Gen.", "general", "", Current, "Omari Kip")]),
    ("Ada Quill, a former mayor of Vik and currently president of the Regional Council, spoke.", &[("former mayor of Vik", "mayor", "Vik", Former, "Ada Quill"), ("president of the Regional Council", "president", "Regional Council", Current, "Ada Quill")]),
    ("At noon, Norway's prime minister, Ada Quill said no.", &[("Norway's prime minister", "prime minister", "Norway", Current, "Ada Quill")]),
    ("The prime minister, Ada Quill said, had left.", &[("The prime minister", "prime minister", "", Current, "")]),
    ("Health and Human Services spokesperson Ada Quill spoke.", &[("Health and Human Services spokesperson", "spokesperson", "Health and Human Services", Current, "Ada Quill")]),
    ("Omari Kip, director of the State Council's Port and Harbour Affairs Office, spoke.", &[("director of the State Council's Port and Harbour Affairs Office", "director", "State Council's Port and Harbour Affairs Office", Current, "Omari Kip")]),
    ("Bede replaced Ada Quill as mayor.", &[("mayor", "mayor", "", Former, "Ada Quill")]),
    ("Omari Kip, president of centrist think tank Third Road, spoke.", &[("president", "president", "", Current, "Omari Kip")]),
    ("Ada Quill, her partner of nearly four years, spoke.", &[("partner", "spouse", "", Current, "Ada Quill")]),
    ("A Larsund Front spokesman, Omari Kip, spoke.", &[("Larsund Front spokesman", "spokesperson", "Larsund Front", Current, "Omari Kip")]),
    ("Ada Quill, the mayor and Omari Kip left.", &[("the mayor", "mayor", "", Current, "")]),
    ("He told the president, Ada Quill said.", &[("the president", "president", "", Current, "")]),
    // Kin are of the person, not of what that one is of.
    ("Norwegian President Omari Kip's brother-in-law, Jora Bede, spoke.", &[("Norwegian President", "president", "Norway", Current, "Omari Kip"), ("brother-in-law", "brother-in-law", "Omari Kip", Current, "Jora Bede")]),
    ("German Chancellor-designate Karen Lundtoft spoke.", &[("German Chancellor-designate", "chancellor", "Germany", Elect, "Karen Lundtoft")]),
    // A name may follow at once on what a title is of.
    ("The mayor of Larsund Omari Kip left.", &[("The mayor of Larsund", "mayor", "Larsund", Current, "Omari Kip")]),
    ("The governor of New South Wales Helen Quill left.", &[("The governor of New South Wales", "governor", "New South Wales", Current, "Helen Quill")]),
    ("The mayor of Santa Maria Helen Quill left.", &[("The mayor of Santa Maria", "mayor", "Santa Maria", Current, "Helen Quill")]),
    ("Helen Quill, director of the Peter Larsund Foundation, left.", &[("director of the Peter Larsund Foundation", "director", "Peter Larsund Foundation", Current, "Helen Quill")]),
    ("They met Jora Bede, an envoy of Norwegian President Omari Kip.", &[("envoy", "envoy", "", Current, "Jora Bede"), ("Norwegian President", "president", "Norway", Current, "Omari Kip")]),
    ("Omari Kip, hopeful of a truce, met mayoral hopeful Jora Bede.", &[("mayoral hopeful", "candidate", "", Current, "Jora Bede")]),
    // Of several countries each is another one's.
    ("Danish and Swedish foreign ministers Karen Lundtoft and Omari Kip met.", &[("Swedish foreign ministers", "foreign minister", "", Current, "Karen Lundtoft"), ("Swedish foreign ministers", "foreign minister", "", Current, "Omari Kip")]),
    ("Denmark's and Sweden's foreign ministers, Karen Lundtoft and Omari Kip, met.", &[("Sweden's foreign ministers", "foreign minister", "", Current, "Karen Lundtoft"), ("Sweden's foreign ministers", "foreign minister", "", Current, "Omari Kip")]),
    ("Presidents of Kenya and Sweden Karen Lundtoft and Omari Kip met.", &[("Presidents of Kenya and Sweden", "president", "", Current, "Karen Lundtoft"), ("Presidents of Kenya and Sweden", "president", "", Current, "Omari Kip")]),
    ("Sir Peter Quill KC, the attorney general, spoke.", &[("the attorney general", "attorney general", "", Current, "Peter Quill KC")]),
    ("Ada Quill, Norway's defence minister and a former mayor of Vik, spoke.", &[("Norway's defence minister", "defence minister", "Norway", Current, "Ada Quill"), ("former mayor of Vik", "mayor", "Vik", Former, "Ada Quill")]),
    // Titles joined by "and" have one holder, wherever that stands; words that no table knows may stand between.
    ("The founder and chairman of the Delta Bank, Ada Quill, left.", &[("The founder", "founder", "", Current, "Ada Quill"), ("chairman of the Delta Bank", "chairman", "Delta Bank", Current, "Ada Quill")]),
    ("Founder and president Ada Quill left.", &[("Founder", "founder", "", Current, "Ada Quill"), ("president", "president", "", Current, "Ada Quill")]),
    ("Ada Quill, an early critic and Omari Kip, a smallholder farmer, left.", &[("critic", "journalist", "", Current, "Ada Quill"), ("farmer", "businessperson", "", Current, "Omari Kip")]),
    ("The mayor of Larsund Mr Omari Kip left.", &[("The mayor of Larsund", "mayor", "Larsund", Current, "Omari Kip")]),
    ("President Ada R. Quill's former adviser Omari Kip left.", &[("President", "president", "", Current, "Ada R. Quill"), ("former adviser", "adviser", "", Former, "Omari Kip")]),
    ("Ada Quill spoke of her time as mayor of Larsund.", &[("mayor of Larsund", "mayor", "Larsund", Former, "Ada Quill")]),
    ("They arrested Omari Kip and his aide - Karen Lundtoft - on Monday.", &[("aide", "adviser", "", Current, "Karen Lundtoft")]),
    // A title alone means the one whom the text calls so, unless two are called so or it is another office's.
    ("Mayor Ada Quill rose. On Monday the mayor left.", &[("Mayor", "mayor", "", Current, "Ada Quill"), ("the mayor", "mayor", "", Current, "Ada Quill")]),
    ("Mayor Ada Quill met Mayor Omari Kip. On Monday the mayor left.", &[("Mayor", "mayor", "", Current, "Ada Quill"), ("Mayor", "mayor", "", Current, "Omari Kip"), ("the mayor", "mayor", "", Current, "")]),
    ("Danish Prime Minister Ada Quill spoke. On Monday the Swedish prime minister left.", &[("Danish Prime Minister", "prime minister", "Denmark", Current, "Ada Quill"), ("the Swedish prime minister", "prime minister", "Sweden", Current, "")]),
    ("Mayor Ada Quill rose. \"I am the mayor,\" said Omari Kip.", &[("Mayor", "mayor", "", Current, "Ada Quill"), ("the mayor", "mayor", "", Current, "")]),
];
