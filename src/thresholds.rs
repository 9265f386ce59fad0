//! Where the corpus and the rules draw the line. All cut-offs stand here, so that whoever fits the weights anew, or moves one, sees the
//! others that stand on the same scale. Each says its unit, what goes wrong beyond it on either side, and what it was read from.
//!
//! **Read from.** *Points*: `data/figure_likeness.points.tsv`, which says for each cut-off how many right values it calls wrong and how
//! many wrong ones it sets right, in the reports that the weights were fitted to, before what the rules ask besides. *Drafts*: drafts that
//! nothing is known to be wrong with, and the same with errors made in them; when the weights were last fitted the cut-offs were set
//! where as many findings were wrong as before. *Reports*: pairs of reports that different outlets wrote of the same event. *By hand*: from
//! single cases, with nothing counted.

use rust_decimal::Decimal;

/// Hundredths, as figures of a draft are reckoned with.
const fn hundredths(count: u32) -> Decimal {
    Decimal::from_parts(count, 0, 0, false, 2)
}

/// A part of some number of words, in whole numbers, so that nothing depends on rounding.
#[derive(Clone, Copy, Debug)]
pub struct Part(usize, usize);

impl Part {
    /// Whether `count` is so large a part of `all`.
    pub const fn is_reached_by(self, count: usize, all: usize) -> bool {
        count * self.1 >= all * self.0
    }

    /// Whether `count` is a larger part of `all`.
    pub const fn is_passed_by(self, count: usize, all: usize) -> bool {
        count * self.1 > all * self.0
    }
}

// In nats: natural logarithms of odds, as likeness is. One nat is odds of 2.7 to 1, and nought is even. A value of a source may be of the
// draft's thing, of another thing the sources speak of, or of none; the cut-off is on the odds of the first against both others.

/// How much must speak for one thing before a figure is said to differ.
///
/// Of a thousand right figures some 30 are called wrong here, and 44 of a hundred wrong ones set right. Half a nat higher: 16 and 38; a
/// rewrite in words of its own goes unchecked. Half lower: 50 and 48; two counts of one event are taken for one. Points, and drafts.
pub const FIGURE: f64 = -0.6;

/// The same for an age beside a name: whose it is tells it from others.
///
/// Of a thousand right ages some 54 would be called wrong, were it not for the names beside them, and 85 of a hundred wrong ones set right.
/// Half a nat higher: 30 and 76. Half lower: 70 and 87; what the names don't tell apart is taken for one person. Points, of a hundred
/// ages alone, and drafts.
pub const AGE: f64 = -1.6;

/// The same for a date that names a month, or says how far off it lies.
///
/// Of a thousand right dates, of whatever grain, some 10 are called wrong here, and 30 of a hundred wrong ones set right. Half a nat higher:
/// 5 and 25. Half lower: 20 and 34. Dates share more words by chance than figures do: hence the higher cut-off. Points, and drafts.
pub const MONTH: f64 = 0.8;

/// The same for a year or a decade alone, which holds much: of two that stand among like words more are of two things.
///
/// Half a nat higher: a founding is found in a sentence that is copied. Half lower: a founding and an opening are taken for one. By hand.
pub const YEAR: f64 = 1.05;

/// The same for a weekday alone: in a week of news everything happens on one of seven.
///
/// Half a nat higher: only a sentence that is copied is found. Half lower: the talks of Monday and the vote of Tuesday are taken for one.
/// By hand.
pub const WEEKDAY: f64 = 1.3;

/// How much values that agree with the draft's weigh in besides their likeness: a draft that is borne out is rarely wrong.
///
/// Half a nat higher: an error that happens to be another figure of the sources goes unseen. Half lower: of two figures of one story, the
/// draft's own is called a slip of the other. By hand; the points are reckoned with it.
pub const AGREEING: f64 = 2.0;

/// How much more an agreeing value weighs in where it stands in the very sentence of the other one.
///
/// Half a nat higher: two values swapped within a sentence go unseen. Half lower: "from 12 to 15" in a source speaks against a draft that
/// has the 12 alone. By hand.
pub const IN_SENTENCE: f64 = 1.0;

/// How much more must speak for one thing where the words shared are vague ([`crate::corpus::Sign::Vague`], times this): what few common
/// words have in common is as often some other thing of the kind, however much alike the phrases are. "Led by six points" is said of
/// every poll.
///
/// Half higher: what a short sentence says is hardly ever found. Half lower: polls, scores and tolls of other events are. By hand; the points
/// are reckoned with it.
pub const VAGUE: f64 = 1.5;

/// How much must speak for a source's telling of an event that the draft tells of, before its figures and dates are held against the
/// draft's, on the scale of `data/story.tsv`.
///
/// Of a hundred pairs of reports of one event 87 lie above, of pairs with another event told in the same form eleven, of others one. Half a
/// nat higher: short drafts find no report of their event. Half lower: another flight, poll or quarter is taken for it. Reports.
pub const ONE_EVENT: f64 = 0.0;

/// How much must speak for a value of a source being of the draft's thing before it counts for or against both telling of one event.
///
/// Half a nat higher: another quarter told in the same form is held against this one. Half lower: a draft that has two errors in few words
/// is taken for one about something else. As [`FIGURE`], by whose lights the two would be said to differ.
pub const OF_ONE_THING: f64 = -0.6;

/// So far is one pair of values ahead of others at most, and so is one that stands alone; `data/alignment.tsv` was fitted to it. Higher: a value
/// that stands alone is taken for whatever stands alone in a report. Lower: the next best counts as much as one far behind. By hand.
pub const AHEAD: f64 = 4.0;

/// So many values of a draft and of the reports of its event are held against each other: of more, those of the shortest reports, for tables of
/// thousands of numbers would take gigabytes. Cost alone.
pub const MOST_PAIRS: usize = 1 << 20;

/// How much must speak for a value left over in a report of the event being what the draft's should be, on the scale of
/// `data/leftovers.tsv`.
///
/// Of 640 slips 258 are found here by this alone, and two of 19,000 words' right figures are called slips, by events left out of the fit. Half
/// a nat higher: 208, and none. Half a nat lower: 305, and five; in an archive of other events more are. Reports with slips made in them;
/// `data/fit_leftovers.py` prints what is found at each.
pub const LEFTOVER: f64 = 1.0;

/// The same for a date.
///
/// Of 36 dates with another day, month or year seven are found here, and three of 19,000 words' right ones are called wrong, by events left out
/// of the fit, before a month or year is asked to stand in several reports. Half a nat higher: six, and three. Half a nat lower: seven, and
/// three; a nat lower nine, and in an archive of other events more right ones are called wrong. As [`LEFTOVER`].
pub const DATE_LEFTOVER: f64 = 1.0;

/// So much liker than all that give a draft's small number is a value of a report that may be what it should be: such numbers are given for
/// something by every report.
///
/// A nat higher: whatever is the same by chance bears a slip out. A nat lower: what a report tells twice in other words is called a slip. As
/// [`LEFTOVER`]; `data/leftovers.tsv` was fitted to this and the next two.
pub const LIKER_THAN_GIVEN: f64 = 2.0;

/// How much must speak for a number being of the same thing as another where one of them doesn't say what it is a number of: this much, or,
/// where two digits of one have changed places, the second.
///
/// A nat higher: "up 3.8" for 3.6 per cent goes unseen. A nat lower: a number is taken for whatever else has one. As [`LEFTOVER`].
pub const OF_BARE_NUMBERS: f64 = 0.0;
pub const OF_BARE_SWAPS: f64 = -1.5;

/// How far a value that bears the draft out may lie behind another one's alignment and still do so: that a draft has a value that a report
/// gives for something else is rarer than that both tell the same.
///
/// Half a nat higher: an error that happens to be another figure of the report goes unseen. Half lower: of two figures of one sentence, the
/// draft's own is called a slip of the other. By hand.
pub const AGREES_AS_WELL: f64 = 2.0;

/// How much the words around two dates of two versions of a draft must have in common to be of one thing, of all that they come to.
///
/// A tenth higher: a date left standing in other words is not found. A tenth lower: one of another thing is called left standing. By hand.
pub const DATE_TOLD_ALIKE: f64 = 0.3;

/// So many times as much must a value leave open as the draft's before it bears that one out but vaguely. More: "more than two thousand" bears
/// out 2,418 for 2,148. Less: "€11.4bn" doesn't bear out "€11.36bn". By hand.
pub const MUCH_VAGUER: f64 = 12.0;

/// How much less must speak for one thing where the draft was written from the source.
///
/// Half a nat higher: a rewrite that leaves most of a report out is held against what it left out. Half lower: whoever rewrites
/// is asked more than who reports by himself. Drafts, with summaries of a single source among them.
pub const RETOLD: f64 = 0.4;

/// How much less again where what the draft has stands nowhere in that source.
///
/// Half a nat higher: what a rewrite adds from elsewhere is called wrong. Half lower: errors made in a summary's own words go unseen. As
/// [`RETOLD`].
pub const FOREIGN: f64 = 2.0;

/// How far behind the likest figure or date another one of the draft may be that has the attested value, and for which that one is meant.
///
/// Half a nat higher: whoever gives the right value once may give a wrong one elsewhere. Half lower: of two things that a draft tells of in
/// like words, one is called wrong for the other's value. By hand.
pub const HELD: f64 = 0.5;

/// And how far behind it as to the very sentence that gives the value: a draft may well say one thing twice, once as the sources do.
///
/// Half a nat higher and lower: as with [`HELD`]. By hand.
pub const HELD_BY_SENTENCE: f64 = 1.0;

/// How much more must speak for one thing each time the days between draft and source double beyond [`FRESH`]: what a source of last
/// year counted may be another number today. The reports that likeness was fitted to lie days apart.
///
/// Half a nat higher: last year's article bears out nothing, right or wrong. Half lower, which is none: each year's number contradicts the
/// next year's. Drafts, held against articles on other events.
pub const CHANGES: f64 = 0.5;

/// The same for rates and shares, which are measured anew every month.
///
/// Half a nat higher: a rate is compared within weeks alone. Half lower: last year's rate contradicts this year's. As [`CHANGES`].
pub const RATE_CHANGES: f64 = 1.5;

/// How much more must speak for one thing for each order of magnitude between the values.
///
/// Half a nat higher: thousands for hundreds go unseen. Half lower: a handful and the thousands of the next sentence are taken for one
/// number. By hand.
pub const FAR: f64 = 0.7;

/// How much less must speak for one thing where two neighbouring digits of a long number have changed places: a slip of a hand makes that
/// of a right value, chance hardly ever of another.
///
/// Half a nat higher: two values that happen to be such are taken for one. Half lower: a swap is found in like words alone. By hand.
pub const SWAPPED: f64 = 2.0;

/// What a slip of the hand tells, against chance: of a hundred wrong numbers so many come of one kind of slip; however long a number is, it
/// tells no more than the second; a digit too many or too few, and the same digits at another power of ten, tell so much; and so do two digits
/// that changed places where there are no others: 25 and 52 stand in every other report.
///
/// Half a nat higher: a number of something else that looks like a slip is taken for one. Half lower: slips are found in like words alone. By
/// hand; `data/leftovers.tsv` was fitted to these.
pub const OF_ONE_KIND: f64 = 0.3;
pub const MOST_OF_A_SLIP: f64 = 4.0;
pub const DIGIT_MORE: f64 = 2.0;
pub const OTHER_SCALE: f64 = 3.0;
pub const SHORT_SWAP: f64 = 2.0;

/// How much must speak for two figures of one draft being of one thing.
///
/// Half a nat higher: what is said twice in other words is no longer compared. Half lower: the figures of a list, or of two towns, are.
/// By hand, and not moved when the weights were last fitted.
pub const SAME_THING: f64 = 1.0;

/// So many words that two sentences share make a form of them, where each has one word more that is another. Fewer: a count given twice in
/// a few words is two counts. More: two votes told in a line each are one. By hand.
pub const WORDS_OF_A_FORM: usize = 3;

/// How much less where the later one points back, "the eight ferries", and how much less again where it is of its size, as a slip
/// leaves it: "the" means one that was given.
///
/// Half a nat higher: "the two men" are taken for two others. Half lower: what is meant plainly needs more words in common than people
/// repeat. As [`SAME_THING`].
pub const POINTS_BACK: f64 = 1.0;
pub const OF_ITS_SIZE: f64 = 1.0;

/// How much more for shares, of which a text has many in like words.
///
/// Half a nat higher: a share is compared in a repeated sentence alone. Half lower: each row of a poll contradicts the one before. As
/// [`SAME_THING`].
pub const SHARES: f64 = 2.0;

/// How much must speak for a source's bearing out one of two figures of a draft, so that the other one is pointed at.
///
/// Half a nat higher: the later one is pointed at though a source has it. Half lower: a number met by chance decides. As [`SAME_THING`].
pub const BEARS_OUT: f64 = 0.0;

/// What is shown, or counted, as said by a source of the same thing. Nothing is called wrong by it, so it lies below the rules' own.
///
/// Half a nat higher: a source that the reader would have known again is not shown. Half lower: figures of other things are. By hand.
pub const WORTH_SHOWING: f64 = -1.5;

// In days.

/// Up to so many days between draft and source a count holds; beyond, [`CHANGES`]. By hand: news of one month is one story's.
pub const FRESH: f64 = 30.0;

/// For so many days after it was told an age is taken to be the same, so that a fix may set it. Longer: a fix writes the age of another
/// birthday. Shorter: a right fix is left out. By hand.
pub const AGE_HOLDS: i32 = 30;

/// For so many days a toll is taken to be the same where nothing says that it has risen. Longer: the toll of the day that the last of the
/// injured died on is called wrong. Shorter: the day after, a wrong toll is taken for news. By hand; of the reports of one event hardly any
/// says another one so soon without more.
pub const TOLL_HOLDS: i32 = 2;

/// For so many days a story is told: a record in the news may be the bearer of a surname whom the draft means. Longer: another bearer of
/// a common surname is corrected. Shorter: a slip in a given name is seen in the same week alone. By hand.
pub const DAYS_OF_NEWS: i32 = 30;

/// Without a year, a date so far from the draft's own may be meant of either side. Longer: the weekday of the wrong year is asked for.
/// Shorter: an autumn date in a spring draft isn't checked. By hand: two thirds of a year.
pub const SURE_DAYS: i32 = 240;

/// How far apart reports of one event lie at most. Longer: this quarter's figures are held against the last one's. Shorter: a trial or a
/// flood that goes on is many events. By hand: half a quarter.
pub const DAYS_OF_ONE_EVENT: i32 = 45;

/// How far apart a draft and a source still speak of the same holder of an office. Longer: a title from before the last election speaks
/// against today's. Shorter: an office that is in the news once a year is never checked. By hand: a year and a month.
pub const SAME_TIME: i32 = 400;

/// For so many days before the draft's own several sources that give an office as held speak against "former". Longer: who left it last week is
/// called its holder. Shorter: only a slip about somebody in today's news is seen. By hand: a week.
pub const DAYS_IN_OFFICE: i32 = 7;

/// The same where a surname alone says who is meant: reports of the same days. Longer: a namesake's title speaks against the draft's.
/// Shorter: second references go unchecked. By hand: a month.
pub const SAME_DAYS: i32 = 31;

// In words, digits, letters and sources.

/// How many digits a number has of which few others are the same but for one. Fewer: 12 is a slip of 112. More: 5,000 isn't one of
/// 55,000. By hand.
pub const LONG_NUMBER: usize = 3;

/// How many words off a name is that an age may be of. More: the age of the one is the other's. Fewer: "Mara, a father of two, 45" has
/// nobody's. By hand.
pub const BESIDE: u8 = 4;

/// How many figures back, and on, one is compared with: looking further in a text of thousands would take forever and find nothing that
/// belongs together. And of those so many are weighed: the ones with the most words in common, of these the nearest. Cost alone.
pub const REACH: usize = 200;
pub const WEIGHED: usize = 8;

/// The fewest words of a quotation that are nobody else's, and how many of them say something. Fewer: stock phrases are credited to
/// whoever said them first. More: short quotations are never held against their speaker. By hand.
pub const OWN_WORDS: usize = 6;
pub const OWN_CONTENT: usize = 3;
/// Fewer are somebody's own where they tell so much together, in nats: a word that stands in no report in a thousand tells five. Lower:
/// stock phrases, as above. Higher: a short phrase is never held against its speaker. By hand.
pub const OWN_TELLING: f64 = 12.0;
/// What part of the words of either quotation the other has. Less: a name that both use makes one utterance of two. More: a quotation cut in
/// the middle is never held against its speaker. By hand.
pub const OWN_PART: Part = Part(3, 4);
/// The same in the days of the source, and the fewest words that are somebody's then. Lower: two people who both call something "a real
/// problem" are one. Higher: as above. By hand.
pub const OWN_TELLING_OF_NEWS: f64 = 8.0;
pub const OWN_WORDS_OF_NEWS: usize = 4;
/// The same of so many words as [`OWN_BUT_ONE`]. Lower: a sentence of courtesies is one person's. Higher: plain words are anybody's. By hand.
pub const OWN_TELLING_OF_MANY: f64 = 5.0;
/// So many words are somebody's own though one of them differs. By hand.
pub const OWN_BUT_ONE: usize = 12;

/// How many words of a few, and rare ones told around them, both have where they are of one occasion though one word is another. Fewer: who
/// was "ready for winter" is never "ready for visitors". More: a changed word in a few is never seen. By hand.
pub const WORDS_OF_ONE_OCCASION: usize = 4;
/// How much the same words must tell besides, in nats as [`OWN_TELLING`], where the source quotes more than the draft's few words; and how
/// much each rare word told around both adds. Lower: of a long speech some few words are always nearly the draft's. Higher: a changed word
/// is seen in a few rare ones alone. By hand.
pub const TELLING_OF_ONE_OCCASION: f64 = 4.0;
pub const TOLD_ALIKE: f64 = 3.0;
/// How many rare words besides a unit's name tell that two sentences are of one deed of one unit. Fewer: two brigades at one front are one.
/// More: only a copied sentence tells. By hand.
pub const ONE_DEED: usize = 2;

/// Of so many words, small ones left out, two bodies with one abbreviation hardly have all but one in common. Fewer: the bar association is
/// the bankers'. More: a word filled in by its letter is seen in the same month alone. By hand.
pub const WORDS_OF_ONE_BODY: usize = 4;

/// In so many sources what is written in one is that one's slip; and so many times as well attested, one record is meant before another.
/// Fewer: two people of like names are taken for one. More: a slip in a source clears that of a draft for good. By hand.
pub const MANY_SOURCES: u32 = 5;

/// So many sources don't make the same slip by chance. By hand.
pub const SEVERAL_SOURCES: u32 = 2;

/// How many letters a word has that stands alone and is a slip of a known one: fewer are another name as easily. And how many a word has
/// that may lie two letters off; and, of several, one that may be a slip at all, fewer where a country or a region of that name
/// is known. By hand, as the ladder of slips in `text`.
pub const LONG_WORD: usize = 6;
pub const VERY_LONG_WORD: usize = 9;
pub const WORD: usize = 5;
pub const KNOWN_WORD: usize = 4;

/// A name of a city is as likely a village's where it is shorter, in bytes, and the city has fewer people, in thousands. By hand.
pub const CITY_NAME: usize = 8;
pub const CITY_THAT_IS_KNOWN: u32 = 1_000;

/// How many telling words, of so many bytes at least, two texts share that tell one story of somebody. Fewer: two lawyers of one
/// surname are one. More: only a copied sentence tells. By hand.
pub const STORY_WORDS: usize = 3;
pub const STORY_WORD: usize = 4;
/// How much they tell together where many bear the surname, a word that hardly any report has being one. Less: two lawyers who both spoke in
/// a statement are one. More: a given name is questioned by an office or a rare surname alone. By hand.
pub const STORY_TELLS: f64 = 2.4;

// Of the words around figures and dates. The weights were fitted to these: who moves one fits them anew.

/// How many words off is still close. More: what else a sentence counts is close to each of its figures. Fewer: only the noun counted
/// is. By hand.
pub const CLOSE: u8 = 4;

/// How many words off a word tells half of what it tells beside the figure. Twice as many: the whole sentence says what is counted, so
/// that its figures are all of one thing. Half as many: a clause between a figure and what it measures hides that. By hand.
pub const HALF_AS_NEAR: f64 = 6.0;

/// Sentences of news in general that a small corpus is taken to have besides its own. Twice as many: what all sources of a story share tells
/// as much in a small corpus as what one has. Half as many: common words tell much in a corpus of few sources. By hand.
pub const NEWS_IN_GENERAL: f64 = 200.0;

/// So many contexts answer one question. As many as [`ALL_WEIGHED`] are all weighed; of more, those that share the most telling words, so
/// many. Cost alone: the likest are among them by their words.
pub const MOST_ANSWERS: usize = 40;
pub const ALL_WEIGHED: usize = 2000;
pub const MOST_WEIGHED: usize = 400;

/// So many are kept to be put in order where the last ones are equals: of tables thousands are, and a megabyte of them took fourteen gigabytes.
/// Cost alone.
pub const MOST_TIED: usize = 2 * MOST_ANSWERS;

// Of quotations laid side by side, in words.

/// What a word that both have counts for, and costs where the other one has another word or none there: so many words may be others before
/// what lies behind them is another utterance. Dearer words: an utterance ends at the first one that was changed. Cheaper: two that have
/// their small words in common are one. By hand, in proportions: a word that says something pays for one that was dropped.
pub const CONTENT_WORD: i32 = 4;
pub const COMMON_WORD: i32 = 2;
pub const CHANGED_WORD: i32 = 5;
pub const SKIPPED_WORD: i32 = 3;

/// The fewest words that are the same in two renderings of one utterance, how many of them say something, and how many lie in a row.
/// Fewer: stock phrases are taken for one utterance. More: short quotations are never compared. By hand.
pub const LEAST_MATCHED: usize = 4;
pub const LEAST_CONTENT: usize = 3;
pub const LEAST_IN_A_ROW: usize = 3;

/// Where fewer say something, this many must, and this many be the same. Fewer: "what we are going to do" is everybody's. More: plain
/// speech, all of it small words, is never compared. By hand.
pub const LITTLE_CONTENT: usize = 2;
pub const MATCHED_OF_LITTLE: usize = 7;

/// The fewest words of a whole quotation that are the same where one is another. Fewer: "we have no plan" is "we have no time". More:
/// one changed word in a short quotation goes unseen. By hand.
pub const MATCHED_BUT_ONE: usize = 5;

/// What part of the words, as far as both go, must have a place in the other. A tenth less: two sentences that begin alike and go
/// different ways are one utterance. A tenth more: a quotation with much changed is another one. By hand.
pub const SIDE_BY_SIDE: Part = Part(6, 10);

/// What part of the words that are the same those may be that differ, where so many of them say something, and where fewer do. A tenth
/// more: an answer to the same question is the same answer. A tenth less: a quotation with two changes is another one. By hand.
pub const MUCH_CONTENT: usize = 5;
pub const MOST_CHANGED: Part = Part(1, 2);
pub const MOST_CHANGED_OF_LITTLE: Part = Part(2, 5);

/// How many places may differ, as a part of the words that are the same. A tenth more: two who speak of one thing say the same. A tenth
/// less: whoever tidies a long quotation quotes another. By hand.
pub const MOST_DIFFERENCES: Part = Part(1, 4);

/// The fewest words that are the same, and say something, where two go different ways in the middle of a sentence. Fewer: two sentences
/// that begin alike are one. More: an utterance that is cut short is another. By hand.
pub const MATCHED_TO_PART: usize = 8;
pub const CONTENT_TO_PART: usize = 4;

/// How many of an end's words must be the same for a change to be seen there though a sentence ends among them. Fewer: the next sentence is
/// a changed one. More: the last word of a short sentence is never seen to differ. By hand.
pub const SURE_END: usize = 4;

/// How many words that are the same may stand between two differences that are shown as one. More: most of a quotation is marked. Fewer:
/// "carry the fight on" is two findings. By hand.
pub const MERGED: usize = 2;

/// The fewest words by which an utterance can be known again. Fewer: "I don't know" is one utterance. More: nothing of a line is. By hand.
pub const KNOWN_AGAIN: usize = 4;
/// How many words that say something a source tells in its own words, of a quotation of which it quotes the rest; but one, all of them must
/// be told. Fewer: two who speak of one thing say the same. More: who paraphrases half of a sentence is no witness of it. By hand.
pub const LEAST_TOLD: usize = 3;
/// So many, and up to so many, say something with what is told around them. Fewer: each word in quotation marks is asked about. More: what
/// is sure by its words is held against what is told around it. By hand.
pub const FEWEST_WORDS: usize = 2;
pub const FEW_WORDS: usize = 7;

// Of texts written from others.

/// Of the words of a report, the part that a report of the same event by somebody else is sure to have too; and as many words as it takes to
/// believe those of the text as much as that. A tenth higher, or twice as many: a short summary is from no source. Lower, or half as many:
/// a brief is from every source that has its few words. Reports.
pub const SHARED_BY_CHANCE: f64 = 0.35;
pub const WORDS_TO_BELIEVE: f64 = 8.0;

/// The part of a draft's words from which on it may have been written from the source in which they stand, and from which on it surely
/// was. A tenth higher: a rewrite in words of its own is from no source. A tenth lower: reports that tell of one event by themselves are from
/// each other; as it is, one in eight of these reaches the first. Reports.
pub const WRITTEN_FROM: (f64, f64) = (0.55, 0.65);

/// A draft of more words, counted once for each block, is from no one source. Cost, and sense: an article has a thousand.
pub const LONG_DRAFT: u32 = 3000;

/// How many days after a report somebody may still write from it. More: last year's report of a yearly event is written from. Fewer: a
/// weekly's summary is from nothing. By hand: a month.
pub const DAYS_TO_WRITE_FROM: i32 = 30;

// Of places.

/// How far a city must lie towards a side for the gazetteer to bear it out, and how far away from it to deny it: of half its country's
/// extent. Nearer the middle nobody is wrong. By hand.
pub const BORNE_OUT: f32 = 0.25;
pub const DENIED: f32 = -0.35;
/// How far towards a side a place lies that is said to lie there. By hand.
pub const AT_A_SIDE: f32 = 0.5;

/// In thousands of people: from here on a city is the one that everybody means; and below, one of many of its name. Lower: a village of
/// the draft's is put in a city's country. Higher: the gazetteer says nothing of middling towns. By hand.
pub const LARGE_CITY: u32 = 300;
pub const TOWN: u32 = 50;

// Of arithmetic, in parts of one.

/// How far off a fraction in words may be, and how far before it is hedged. More: "half" for 56 per cent. Less: "a third" for 30 is
/// called wrong. By hand.
pub const FRACTION_SLACK: Decimal = Decimal::from_parts(45, 0, 0, false, 3);
pub const PLAINLY: Decimal = hundredths(1);

/// How far the parts of a sum may be off the whole, as a share of it, or two things. More: what is told of other things is summed up. Less: a
/// digit's slip in a small sum is let pass. By hand.
pub const OFF_AT_MOST: Decimal = hundredths(25);

/// How far off a hedged share may be; one that is a floor may be short by [`PLAINLY`]. By hand.
pub const HEDGED_SHARE: Decimal = hundredths(5);

/// How far off a hedged percentage of change may be, as a part of itself. By hand.
pub const HEDGED_CHANGE: Decimal = hundredths(15);

/// How far rounding may have moved an end of a change: no more, or nothing could be said of round figures. By hand: an eightieth.
pub const END_SLACK: Decimal = Decimal::from_parts(125, 0, 0, false, 4);

/// How far off a measure converted may be, as a part of it: in any case, and where it is hedged or ends in noughts. By hand: "10 miles
/// (16 km)" is a hundredth off, "100 miles (160 km)" half a hundredth.
pub const CONVERTED: Decimal = hundredths(1);
pub const CONVERTED_ROUNDLY: Decimal = hundredths(5);

/// How far off in steps of its last place: half a step and a little, for who rounds what was rounded. By hand.
pub const HALF_A_STEP: Decimal = hundredths(55);

/// How many digits of its own a figure has that hardly anything else in a draft has too: of two places that have it, one word more in common
/// says that both mean the same.
///
/// One higher: 4,300 in the lead and in the caption are taken for two things. One lower: any two things of 40 are taken for one. By hand.
pub const TELLS_BY_ITSELF: usize = 2;

/// How many words in a row, one of them changed, show that another quotation has what was changed.
///
/// One higher: a short pull-quote goes unseen. One lower: "of the" is found everywhere. By hand.
pub const LEFT_OF_A_QUOTE: usize = 4;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data;

    /// What these tables were when the cut-offs on the scale of likeness were last read against them.
    const READ_AGAINST: &[(&str, &[u8], u64)] = &[
        ("figure_likeness.tsv", include_bytes!("../data/figure_likeness.tsv"), 0xffb8_52ac_dd54_b13e),
        ("common_terms.tsv", include_bytes!("../data/common_terms.tsv"), 0xc0b9_1d27_48ba_fe4c),
    ];

    /// FNV-1a, so that the value is the same wherever it is reckoned.
    fn hash(bytes: &[u8]) -> u64 {
        bytes.iter().fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3))
    }

    #[test]
    fn somebody_read_the_cut_offs_against_the_weights() {
        for (table, bytes, known) in READ_AGAINST {
            let now = hash(bytes);
            assert_eq!(now, *known, "{table}: weights changed: re-read the thresholds, then write {now:#018x} here");
        }
    }

    /// Of a thousand right values, how many are called wrong at the measured cut-off next below.
    fn called_wrong(matter: &str, least: f64) -> f64 {
        let points = data::FIGURE_LIKENESS_POINTS.rows().filter(|row| row[0] == matter);
        let points = points.map(|row| [1, 2].map(|column| row[column].parse::<f64>().expect("a number")));
        let below = points.filter(|[at, _]| *at <= least).max_by(|[one, _], [other, _]| one.total_cmp(other));
        below.expect("a cut-off that was measured")[1]
    }

    #[test]
    fn no_cut_off_lies_where_right_values_are_called_wrong_by_the_dozen() {
        for (matter, least) in [("figures", FIGURE), ("dates", MONTH), ("dates", YEAR), ("dates", WEEKDAY)] {
            assert!(called_wrong(matter, least) < 50.0, "{matter} at {least}");
        }
        assert!(called_wrong("ages", AGE) < 75.0, "whose they are is asked besides");
    }
}
