//! What figures are found in a text, as a person would write them down.

use std::sync::Arc;

use rust_decimal::Decimal;

use crate::document::Document;
use crate::markup::Format;
use crate::reader::{Agreement, FigureMention, Hedge, MentionKind, compare, read, write_like};

/// Figures of a text: words, dimension, value, unit.
pub(super) fn figures(text: &str) -> Vec<String> {
    let document = Document::parse(text.into(), Format::Plain);
    let reading = read(&document);
    let mut out = Vec::new();
    for mention in &reading.mentions {
        let MentionKind::Figure(figure) = &mention.kind else { continue };
        let hedge = if figure.hedge == Hedge::Exact { String::new() } else { format!("{} ", figure.hedge.name()) };
        let high = figure.high.map(|high| format!("..{}", high.normalize())).unwrap_or_default();
        let unit = figure.unit.map(|unit| format!(" {unit}")).unwrap_or_default();
        let value = figure.value.round_dp(3).normalize();
        out.push(format!("{}: {hedge}{} {value}{high}{unit}", document.words(mention.at), figure.dimension.name()));
    }
    out
}

/// The first figure of a text.
pub(super) fn figure_in(text: &str) -> Arc<FigureMention> {
    let reading = read(&Document::parse(text.into(), Format::Plain));
    let figure = reading.mentions.iter().find_map(|mention| match &mention.kind {
        MentionKind::Figure(figure) => Some(figure.clone()),
        _ => None,
    });
    figure.expect("a figure")
}

#[test]
fn money_in_all_its_styles() {
    assert_eq!(
        figures("It costs €90bn, or $1.2 million; 90 billion euros."),
        ["€90bn: money 90000000000 EUR", "$1.2 million: money 1200000 USD", "90 billion euros: money 90000000000 EUR"]
    );
    assert_eq!(
        figures("They paid A$3m and US$5,000 and £1.50 and 50p."),
        ["A$3m: money 3000000 AUD", "US$5,000: money 5000 USD", "£1.50: money 1.5 GBP", "50p: money 0.5 GBP"]
    );
    assert_eq!(figures("They paid $US7,000 and $A3m."), ["$US7,000: money 7000 USD", "$A3m: money 3000000 AUD"]);
    assert_eq!(
        figures("Between $3bn and $4bn, or €5-6m, was asked."),
        ["$3bn and $4bn: money 3000000000..4000000000 USD", "€5-6m: money 5000000..6000000 EUR"]
    );
}

#[test]
fn power_energy_and_data_are_compared_whatever_the_unit() {
    let agree = |one: &str, other: &str| {
        let figure = |words: &str| figure_in(&format!("The plant at Larsund has {words} in all."));
        compare(&figure(one), &figure(other))
    };
    for (one, other) in [("1,260 megawatts", "1.26 GW"), ("2,500 MWh", "2.5GWh"), ("1,000 horsepower", "746 kW"), ("512MB", "0.512 GB")] {
        assert_eq!(agree(one, other), Agreement::Agree, "{one} {other}");
    }
    assert_eq!(agree("1,260 megawatts", "1.62 GW"), Agreement::Differ);
    assert_eq!(agree("1,260 megawatts", "1,260 megawatt hours"), Agreement::Apart);
}

#[test]
fn a_ton_is_any_of_three() {
    let figure = |words: &str| figure_in(&format!("The barge at Larsund took {words} of coal."));
    for other in ["1.3 tonnes", "1.3 short tons", "1.3 long tons"] {
        assert_eq!(compare(&figure("1.3 tons"), &figure(other)), Agreement::Agree, "{other}");
    }
    assert_eq!(compare(&figure("1.3 tons"), &figure("1.6 tonnes")), Agreement::Differ);
    assert_eq!(compare(&figure("1.3 tonnes"), &figure("1.3 short tons")), Agreement::Differ);
}

#[test]
fn measures_with_their_units() {
    assert_eq!(
        figures("It took 701 sq km (270.7 square miles)."),
        ["701 sq km: area 701000000 m2", "270.7 square miles: area 701109781.468 m2"]
    );
    assert_eq!(
        figures("She is 6ft 2in and ran 40km in two hours and 30 minutes."),
        ["6ft 2in: length 1.88 m", "40km: length 40000 m", "two hours and 30 minutes: duration 9000 s"]
    );
    assert_eq!(
        figures("A 45-day halt at -5C, 19.3% of it."),
        ["45-day: duration 3888000 s", "-5C: temperature 268.15 K", "19.3%: percent 19.3 %"]
    );
    assert_eq!(
        figures("a 20-pound bag, 20 pounds of flour and 20 pounds in cash"),
        ["20-pound: mass 9.072 kg", "20 pounds: mass 9.072 kg", "20 pounds: money 20 GBP"]
    );
}

#[test]
fn counts_in_words_and_digits() {
    assert_eq!(
        figures("Nearly two hundred and fifty thousand people and 12,400 visitors came."),
        ["two hundred and fifty thousand: nearly count 250000", "12,400: count 12400"]
    );
    assert_eq!(
        figures("Half a million voters, two-thirds of them women, and one in five."),
        ["Half a million: count 500000", "two-thirds: ratio 0.667", "one in five: ratio 0.2"]
    );
    assert_eq!(figures("At least eight people died; 5m homes are dark."), ["eight: at least count 8", "5m: count 5000000"]);
}

#[test]
fn ages_and_ordinals() {
    assert_eq!(figures("The 70-year-old and Jane Doe, 45, came first."), ["70-year-old: age 70 yr", "45: age 45 yr", "first: ordinal 1"]);
}

#[test]
fn a_span_of_one_is_a_figure_where_its_neighbours_say_how_it_lies() {
    assert_eq!(figures("It came a week after the vote and lasted a month."), ["a week: duration 604800 s", "a month: duration 2629800 s"]);
    assert_eq!(figures("Wait for a minute: twice a week they have a day off, at £5 an hour."), ["£5: money 5 GBP"]);
}

#[test]
fn a_rate_may_be_written_with_a_stroke() {
    assert_eq!(figures("It costs $50/month, or £1,200/year."), ["$50: money 50 USD", "£1,200: money 1200 GBP"]);
    assert_eq!(figures("Open 24/7 under act 50/month/3."), Vec::<String>::new());
}

#[test]
fn a_change_and_what_it_came_to_are_no_range() {
    assert_eq!(figures("Crude was down $2.86 to $77.11."), ["$2.86: money 2.86 USD", "$77.11: money 77.11 USD"]);
    assert_eq!(
        figures("Crude costs $70 to $77; it is up 3 to 5 percent."),
        ["$70 to $77: money 70..77 USD", "3 to 5 percent: percent 3..5 %"]
    );
}

#[test]
fn words_joined_by_hyphens_are_one_measure() {
    assert_eq!(
        figures("After two-and-a-half years the 1.2m-strong union met for one-and-a-half hours."),
        ["two-and-a-half years: duration 78894000 s", "1.2m: count 1200000", "one-and-a-half hours: duration 5400 s"]
    );
    assert_eq!(figures("The 6-foot-2 man came."), ["6-foot-2: length 1.88 m"]);
    assert_eq!(figures("It costs $15-50."), ["$15-50: money 15..50 USD"]);
    assert_eq!(figures("Some 40-50,000 people came."), ["40-50,000: about count 40000..50000"]);
}

#[test]
fn codes_times_and_names_are_no_figures() {
    for text in [
        "Call +44 20 7946 0958.",
        "An M109 and an F-16 of the 28th Brigade",
        "Version 1.2.3 at 10:30 or 6.30am",
        "COVID-19 and the 1990s",
        "In 2025 no one of them came.",
        "He played in the 2018-19 season and wrote of the war of 1914–18.",
    ] {
        assert_eq!(figures(text), Vec::<String>::new(), "{text}");
    }
}

#[test]
fn parts_of_a_whole() {
    assert_eq!(
        figures("It fell by a third, and more than half of the crop and three quarters of a million trees went."),
        ["third: ratio 0.333", "half: more than ratio 0.5", "three quarters of a million: count 750000"]
    );
    assert_eq!(figures("A third man came in the second half of May."), ["third: ordinal 3", "second: ordinal 2"]);
    assert_eq!(
        figures("nearly a fifth; one eighth; twenty-one fifths"),
        ["fifth: nearly ratio 0.2", "one eighth: ratio 0.125", "twenty-one fifths: number 4.2"]
    );
}

#[test]
fn a_hedged_half_needs_no_noun() {
    assert_eq!(
        figures("Nearly half were out, and about half that was lost to roughly half as many."),
        ["half: nearly ratio 0.5", "half: about ratio 0.5", "half: about ratio 0.5"]
    );
    for text in ["She was only half joking.", "It was almost half full, not even half way out.", "They policed just half a district."] {
        assert_eq!(figures(text), Vec::<String>::new(), "{text}");
    }
}

#[test]
fn a_part_that_says_counts_once_more() {
    assert_eq!(figures("28 of 56, or half"), ["28: number 28", "56: number 56", "half: ratio 0.5"]);
    assert_eq!(
        figures("Of 48 boats 12, or a quarter, were out; 16 of 48 boats (or a third) came home."),
        ["48: count 48", "12: number 12", "quarter: ratio 0.25", "16: count 16", "48: count 48", "third: ratio 0.333"]
    );
    // No counts before it, a time of a match, the last of three, a noun behind.
    for text in [
        "They came for the wine, or half, and left.",
        "He never came for a second, or a third, time.",
        "Call it the break, or half-time.",
        "It was lost in the second half, or the quarter-final.",
        "They gave up dollars, or a quarter, in tips.",
    ] {
        assert!(!figures(text).iter().any(|figure| figure.contains("ratio")), "{text} {:?}", figures(text));
    }
    assert_eq!(figures("It is 30 minutes, or half an hour."), ["30 minutes: duration 1800 s", "half an hour: duration 1800 s"]);
}

#[test]
fn measures_in_two_units_and_with_a_part() {
    assert_eq!(
        figures("It took an hour and 45 minutes, then a year and a half, then two years, three months."),
        [
            "an hour and 45 minutes: duration 6300 s",
            "a year and a half: duration 47336400 s",
            "two years, three months: duration 71004600 s"
        ]
    );
    assert_eq!(figures("It pays $5 an hour, 24 hours a day."), ["$5: money 5 USD", "24 hours: duration 86400 s"]);
    assert_eq!(
        figures("half an hour; a quarter of an hour; half-mile"),
        ["half an hour: duration 1800 s", "quarter of an hour: duration 900 s", "half-mile: length 804.672 m"]
    );
}

#[test]
fn separators_powers_and_scales() {
    assert_eq!(figures("They lent Rs 12,34,567 and €3,5 million."), ["Rs 12,34,567: money 1234567 INR", "€3,5 million: money 3500000 EUR"]);
    assert_eq!(
        figures("6.02e3 or .25 or 4 crore 20 lakh"),
        ["6.02e3: number 6020", ".25: number 0.25", "4 crore 20 lakh: number 42000000"]
    );
    assert_eq!(figures("RM42 million and SEK500 at COP26"), ["RM42 million: money 42000000 MYR", "SEK500: money 500 SEK"]);
}

#[test]
fn a_unit_said_once_is_for_both_ends() {
    assert_eq!(figures("It grew from 100 to 1,000 grams."), ["100: mass 0.1 kg", "1,000 grams: mass 1 kg"]);
    assert_eq!(figures("ranging from 3% to 5%"), ["3% to 5%: percent 3..5 %"]);
}

#[test]
fn codes_for_millions_and_scales_behind_a_currency() {
    assert_eq!(
        figures("Sales of MSEK 410, costs of 38.5 MEUR and thirty MNOK in fees; 7-9 MDKK more."),
        [
            "MSEK 410: money 410000000 SEK",
            "38.5 MEUR: money 38500000 EUR",
            "thirty MNOK: money 30000000 NOK",
            "7-9 MDKK: money 7000000..9000000 DKK"
        ]
    );
    assert_eq!(figures("They lent 45-50 EUR million."), ["45-50 EUR million: money 45000000..50000000 EUR"]);
    assert_eq!(figures("from EUR 30 USD 33 was left"), ["EUR 30: money 30 EUR", "USD 33: money 33 USD"]);
    // Words and names that only look like such a code.
    assert_eq!(figures("Of 40 MALL STORES and 12 MINI cars"), ["40: count 40", "12: count 12"]);
}

#[test]
fn what_replaces_a_number_has_its_scale_once() {
    let (code, name) = (first("It costs MSEK 40."), first("It costs 40 million kronor."));
    assert_eq!(compare(&code, &name), Agreement::Agree);
    assert_eq!(compare(&code, &first("It costs 40.3 million kronor.")), Agreement::Agree);
    assert_eq!(compare(&code, &first("It costs 46 million kronor.")), Agreement::Differ);
    assert_eq!((code.written.value, code.written.unit.as_deref()), (Decimal::from(40), Some("MSEK")));
    assert_eq!(first("It costs 40 SEK million.").written.unit.as_deref(), Some("SEK million"));
}

#[test]
fn a_scale_set_off_by_a_blank_is_one_only_of_money() {
    assert_eq!(figures("They paid $5 M and €2.5 k."), ["$5 M: money 5000000 USD", "€2.5 k: money 2500 EUR"]);
    assert_eq!(figures("4.1 k"), ["4.1 k: number 4100"]);
    // A distance, a street, a wall.
    assert_eq!(figures("The 10 k race was won."), ["10: number 10"]);
    assert_eq!(figures("He gave $10 K Street lobbyists"), ["$10: money 10 USD"]);
    assert_eq!(figures("a wall of 5 m and 30 cm"), ["5 m and 30 cm: length 5.3 m"]);
}

#[test]
fn numbers_in_a_row_and_their_signs() {
    assert_eq!(figures("Wards 14,15,17,28 voted."), ["14: number 14", "15: number 15", "17: number 17", "28: number 28"]);
    assert_eq!(figures("nights (-5C) and days of plus and minus 3C"), ["-5C: temperature 268.15 K", "3C: temperature 276.15 K"]);
    assert_eq!(figures("between nought and minus 4C"), ["nought: number 0", "minus 4C: temperature 269.15 K"]);
    // The dash of a score is no sign.
    assert_eq!(figures("It won (3-1) at home."), ["3: number 3", "1: number 1"]);
}

#[test]
fn hundreds_dozens_and_the_parts_behind_them() {
    assert_eq!(figures("3 hundred and 2.5 hundred"), ["3 hundred: number 300", "2.5 hundred: number 250"]);
    assert_eq!(figures("four hundred and three dozen eggs"), ["four hundred and three dozen: count 436"]);
    assert_eq!(figures("They owe four million and one half."), ["four million and one half: number 4500000"]);
    assert_eq!(figures("four million and one voters"), ["four million and one: count 4000001"]);
    assert_eq!(figures("five thirty-firsts of it"), ["five thirty-firsts: ratio 0.161"]);
}

#[test]
fn round_ordinals_stand_alone() {
    assert_eq!(figures("Her hundredth goal was seen by the millionth visitor."), ["hundredth: ordinal 100", "millionth: ordinal 1000000"]);
    assert_eq!(figures("a hundredth of a second"), ["hundredth of a second: duration 0.01 s"]);
    assert_eq!(figures("The Hundredth Regiment left."), Vec::<String>::new());
}

#[test]
fn one_over_a_number_is_a_ratio_only_where_it_is_all() {
    assert_eq!(figures("One over forty"), ["One over forty: ratio 0.025"]);
    assert_eq!(figures("She shot a one over 73 to win."), ["73: more than number 73"]);
    assert_eq!(figures("He stood at one over 71."), ["71: more than number 71"]);
    assert_eq!(figures("One over par was enough."), Vec::<String>::new());
}

#[test]
fn a_number_in_words_ends_where_another_begins() {
    assert_eq!(figures("one hundred one hundred"), ["one hundred: number 100", "one hundred: number 100"]);
    assert_eq!(figures("Between one hundred and two hundred boats sank."), ["one hundred and two hundred: count 100..200"]);
    assert_eq!(figures("Between one thousand and two thousand boats sank."), ["one thousand and two thousand: count 1000..2000"]);
    assert_eq!(figures("Between one thousand and two million boats sank."), ["one thousand and two million: count 1000..2000000"]);
    assert_eq!(figures("one hundred twenty one hundred"), ["one hundred: number 100", "twenty one hundred: number 2100"]);
    assert_eq!(figures("one thousand two hundred crore"), ["one thousand two hundred crore: number 12000000000"]);
    assert_eq!(figures("a hundred thousand million"), ["hundred thousand million: number 100000000000"]);
}

#[test]
fn a_number_too_large_to_be_held_is_none() {
    for number in
        ["nine hundred trillion trillion trillion", "999 trillion trillion trillion", "9e99", "1234567890123456789012345678901234567890"]
    {
        assert_eq!(figures(&format!("It has {number} grains and two lids.")), ["two: count 2"], "{number}");
    }
}

/// Words and digits of numbers, as no grammar would have them.
const SOUP: &str = "((one|two|nine|eleven|twenty|twenty-one|ninety|hundred|thousand|million|trillion|lakh|crore|dozen|hundreds|thousands|\
    half|thirds|quarters|tenth|millionth|point|and|a|an|of|to|in|over|minus|plus|between|[0-9]{1,3}(,[0-9]{3}){0,12}|[0-9]{1,40}|\
    [0-9]{1,30}\\.[0-9]{1,40}|[0-9]{1,4}/[0-9]{1,4}|[0-9]{1,9}e-?[0-9]{1,3}|[0-9]{1,9}\\^-?[0-9]{1,3}|[0-9]{1,9}bn|½|-|–|\\$|€|%|°C|\
    km|miles|sq km|feet|hours|years old|years ago|people) ){1,40}";

proptest::proptest! {
    #[test]
    fn no_row_of_numbers_makes_the_reader_panic(text in SOUP) {
        figures(&text);
    }

    #[test]
    fn no_text_makes_the_reader_panic(text in "([0-9]{1,30}|[a-z]{1,6}|million|hundred|one|half|a|and|of|to|€|\\$|%|[-–.,/'\":()~+½°C]| ){0,40}") {
        figures(&text);
    }

    #[test]
    fn spans_lie_on_words_of_the_text(text in "\\PC{0,60}") {
        let document = Document::parse(text.as_str().into(), Format::Plain);
        for mention in &read(&document).mentions {
            if let MentionKind::Figure(figure) = &mention.kind {
                let block = &document.block(mention.at).text;
                proptest::prop_assert!(!mention.at.span.text(block).is_empty());
                proptest::prop_assert!(mention.at.span.covers(figure.number));
                proptest::prop_assert!(!figure.number.text(block).is_empty());
            }
        }
    }
}

/// The first figure of a text.
fn first(text: &str) -> Arc<FigureMention> {
    let reading = read(&Document::parse(text.into(), Format::Plain));
    let figure = reading.mentions.into_iter().find_map(|mention| match mention.kind {
        MentionKind::Figure(figure) => Some(figure),
        _ => None,
    });
    figure.unwrap_or_else(|| panic!("no figure in {text:?}"))
}

proptest::proptest! {
    #[test]
    fn a_value_written_another_way_is_the_same(small in 2i64..=20, hundredths in 200i64..9_999) {
        let words = write_like("nine", Decimal::from(small)).expect("a small number");
        let (digits, words) = (first(&format!("{small} people came")), first(&format!("{words} people came")));
        proptest::prop_assert_eq!(compare(&digits, &words), Agreement::Agree);
        let amount = Decimal::new(hundredths, 2);
        let (short, long) = (first(&format!("It costs €{amount}bn.")), first(&format!("It costs {amount} billion euros.")));
        proptest::prop_assert_eq!((short.value, short.unit), (long.value, long.unit));
        let miles = (amount / Decimal::new(2_589_988_110_336, 12)).round_dp(1);
        let (metric, imperial) = (first(&format!("It has {amount} sq km.")), first(&format!("It has {miles} sq miles.")));
        if miles >= Decimal::ONE {
            proptest::prop_assert_eq!(compare(&metric, &imperial), Agreement::Agree, "{} {}", amount, miles);
        }
    }

    #[test]
    fn rounding_alone_makes_no_conflict(thousandths in 20_000i64..9_999_999, places in 0u32..3) {
        let exact = Decimal::new(thousandths, 3);
        let (exact, rounded) = (first(&format!("It is {exact} metres long.")), first(&format!("It is {} metres long.", exact.round_dp(places))));
        proptest::prop_assert_eq!(compare(&exact, &rounded), Agreement::Agree);
    }
}

#[test]
fn so_much_either_way_is_not_below_nought() {
    assert_eq!(figures("The margin is plus or minus 3.1 points."), ["3.1: count 3.1"]);
    assert_eq!(figures("a margin of plus-or-minus 4 per cent"), ["4 per cent: percent 4 %"]);
    assert_eq!(figures("It was minus 5C at dawn."), ["minus 5C: temperature 268.15 K"]);
}

#[test]
fn shares_are_told_of_people_with_a_hyphen_too() {
    assert_eq!(figures("Nearly six in 10 museum-goers stayed."), ["six in 10: nearly ratio 0.6"]);
}

proptest::proptest! {
    #[test]
    fn a_value_written_another_way_agrees(whole in 2u32..900, scale in 0usize..3) {
        let (short, long) = [("m", "million"), ("bn", "billion"), ("tn", "trillion")][scale];
        let money = [format!("It cost €{whole}{short}."), format!("It cost {whole} {long} euros."), format!("It cost EUR {whole} {long}.")];
        let read_one = |text: &String| {
            let reading = read(&Document::parse(text.as_str().into(), Format::Plain));
            reading.mentions.iter().find_map(|mention| match &mention.kind {
                MentionKind::Figure(figure) => Some(figure.clone()),
                _ => None,
            })
        };
        let figures: Vec<Arc<FigureMention>> = money.iter().filter_map(read_one).collect();
        proptest::prop_assert_eq!(figures.len(), 3);
        for figure in &figures {
            proptest::prop_assert_eq!(compare(&figures[0], figure), Agreement::Agree);
        }
    }
}

#[test]
fn percentage_points_are_no_per_cent() {
    assert_eq!(
        figures("It rose 3 percentage points, or 40 basis points, to 7 per cent."),
        ["3 percentage points: points 3", "40 basis points: points 0.4", "7 per cent: percent 7 %"]
    );
    assert_eq!(figures("A two-percentage-point rise, a 2% rise"), ["two-percentage-point: points 2", "2%: percent 2 %"]);
    let of = |one: &str, other: &str| compare(&figure_in(&format!("It rose {one}.")), &figure_in(&format!("It rose {other}.")));
    assert_eq!(of("50 basis points", "0.5 percentage points"), Agreement::Agree);
    assert_eq!(of("3 percentage points", "4 percentage points"), Agreement::Differ);
    assert_eq!(of("3 percentage points", "4 per cent"), Agreement::Apart);
}

#[test]
fn signs_and_ceilings() {
    assert_eq!(
        figures("A loss of $-50.8bn, of \u{2011}$3m, of £\u{2212}2m and of -£4m"),
        [
            "$-50.8bn: money -50800000000 USD",
            "\u{2011}$3m: money -3000000 USD",
            "£\u{2212}2m: money -2000000 GBP",
            "-£4m: money -4000000 GBP"
        ]
    );
    assert_eq!(figures("It grew +0.2%, then +3 per cent; call +44 20 7946 0018."), ["0.2%: percent 0.2 %", "3 per cent: percent 3 %"]);
    assert_eq!(
        figures("A sub-500 score, a sub-£40 coat and a sub-10-second run; a COVID-19 case."),
        ["500: less than number 500", "£40: less than money 40 GBP", "10-second: less than duration 10 s"]
    );
    assert_eq!(
        figures("It lost PS6m, PS2.5bn and PS40,000 on the PS5 and the PS4."),
        ["PS6m: money 6000000 GBP", "PS2.5bn: money 2500000000 GBP", "PS40,000: money 40000 GBP"]
    );
}

#[test]
fn what_is_counted_may_stand_before_its_number() {
    let counted = |text: &str| {
        let document = Document::parse(text.into(), Format::Plain);
        let reading = read(&document);
        let of = reading.mentions.iter().filter_map(|mention| match &mention.kind {
            MentionKind::Figure(figure) => {
                Some((figure.dimension, figure.of.map(|of| of.text(&document.block(mention.at).text).to_owned())))
            }
            _ => None,
        });
        of.collect::<Vec<_>>().pop().and_then(|(dimension, of)| of.filter(|_| dimension == crate::reader::Dimension::Count))
    };
    for (text, of) in [
        ("The count of homes without power is now 900.", "homes"),
        ("The number of jobs lost was 40.", "jobs"),
        ("The total number of wooden boats has risen to about 300.", "wooden boats"),
        ("Homes without power: 900", "Homes"),
    ] {
        assert_eq!(counted(text).as_deref(), Some(of), "{text}");
    }
    for text in
        ["The number of homes fell in 12 towns.", "The count of votes began at 9.", "A number is 900.", "Bus number 900", "At last: 900"]
    {
        let of = counted(text);
        assert!(of.is_none() || of.as_deref() == Some("towns"), "{text} {of:?}");
    }
}

#[test]
fn hours_and_minutes_in_letters() {
    assert_eq!(figures("She ran it in 2h 15m, or 2 hours 15 minutes."), ["2h 15m: duration 8100 s", "2 hours 15 minutes: duration 8100 s"]);
    assert_eq!(figures("They dug for 2h, 15m down."), ["2h: duration 7200 s", "15m: length 15 m"]);
}
