//! Checks a draft: all rules over one case, then what a person wants to hear of it. Sorted, and the same every time.

mod applicability;
mod draft;
mod each;
mod fingerprint;
mod mend;
mod rereader;
mod trial;

pub use draft::{Draft, Fate, ReadDraft, SetAside, Why, fingerprints};
pub use fingerprint::Fingerprint;
pub use mend::{Mended, Unmended, mend};
pub use rereader::Rereader;
pub use trial::{Proposed, Trial, joined};

use each::each;
use jiff::civil::Date;
use rustc_hash::FxHashMap;

use crate::config::Config;
use crate::corpus::{Dossier, MOST_CITED};
use crate::document::Document;
use crate::finding::{Family, Finding, Fix, RuleInfo};
use crate::markup::Stet;
use crate::reader::{Mention, MentionKind, Reading};
use crate::rules::{BESIDE, Beside, Case, RULES, Rule, rule};
use crate::text::{Apart, Span, folded, is_active};

/// What a draft is held against, beside the corpus.
#[derive(Clone, Copy, Debug)]
pub struct Style<'a> {
    pub config: &'a Config,
    /// The day taken for the draft's own where it gives none.
    pub as_of: Option<Date>,
}

/// Whether to go on; asked between blocks and between rules, so that a check can be given up.
pub type GoOn<'a> = &'a (dyn Fn() -> bool + Sync);

/// All findings of a draft, by position.
pub fn check(document: &Document, reading: &Reading, dossier: &Dossier, style: Style<'_>) -> Vec<Finding> {
    check_while(document, reading, dossier, style, &|| true).findings
}

/// What a check comes to.
struct Found {
    findings: Vec<Finding>,
    /// With the reasons that their marks give.
    silenced: Vec<(Finding, Option<String>)>,
    /// Whether all rules were asked.
    is_whole: bool,
}

/// The same as far as it goes on.
fn check_while(document: &Document, reading: &Reading, dossier: &Dossier, style: Style<'_>, go_on: GoOn<'_>) -> Found {
    let today = document.date().or(style.as_of);
    let case = Case::new(document, reading, dossier, today);
    let (mut findings, is_whole) = run(&case, |rule| rule.info.family != Family::Housekeeping, go_on);
    keep_most_specific(&mut findings);
    leave_quotations(document, reading, &mut findings);
    let (mut silenced, unused) = silence(document, &mut findings);
    for finding in &mut findings {
        finding.fixes.retain(is_writable);
    }
    applicability::settle(&case, &mut findings);
    // What is said of the sources counts all of them; so many are shown.
    for finding in &mut findings {
        finding.evidence.truncate(MOST_CITED);
    }
    // A rule that wasn't asked may be the one that a mark is for.
    if is_whole {
        findings.extend(run(&case.with_unused_stets(&unused), |rule| rule.info.family == Family::Housekeeping, &|| true).0);
    }
    findings.retain_mut(|finding| style.config.hears(finding));
    silenced.retain_mut(|(finding, _)| style.config.hears(finding));
    findings.sort_by(|a, b| (a.span, a.rule.name).cmp(&(b.span, b.rule.name)));
    silenced.sort_by(|(a, _), (b, _)| (a.span, a.rule.name).cmp(&(b.span, b.rule.name)));
    Found { findings, silenced, is_whole }
}

/// What the rules find, and whether all of them were asked.
fn run(case: &Case<'_>, wanted: impl Fn(&Rule) -> bool, go_on: GoOn<'_>) -> (Vec<Finding>, bool) {
    let rules: Vec<&Rule> = RULES.iter().filter(|rule| wanted(rule)).collect();
    let found = each(&rules, |rule| go_on().then(|| (rule.check)(case)));
    let is_whole = found.iter().all(Option::is_some);
    (found.into_iter().flatten().flatten().collect(), is_whole)
}

/// Whether a fix writes nothing into a draft that does something in place of being seen.
fn is_writable(fix: &Fix) -> bool {
    !fix.edits.iter().any(|edit| edit.text.contains(is_active))
}

/// Takes out the edits inside quotation marks: what somebody said is changed by nobody, unless the sources have it otherwise.
fn leave_quotations(document: &Document, reading: &Reading, findings: &mut [Finding]) {
    // One within another adds nothing, and without it they follow one another.
    let is_whole = |mention: &&Mention| matches!(&mention.kind, MentionKind::Quote(quote) if !quote.nested);
    let quoted: Vec<Span> = reading.mentions.iter().filter(is_whole).map(|mention| document.to_source(mention.at)).collect();
    let is_quoted = |span: Span| reaching(&quoted, span).is_some_and(|at| quoted[at].overlaps(span));
    for finding in findings.iter_mut().filter(|finding| finding.rule.family != Family::Quote) {
        for fix in &mut finding.fixes {
            fix.edits.retain(|edit| !is_quoted(edit.span));
        }
        finding.fixes.retain(|fix| !fix.edits.is_empty());
    }
}

/// One span gets at most one finding of a family: that of the rule registered first, and of one rule the first found, unless [`BESIDE`] has
/// something else of them.
fn keep_most_specific(findings: &mut Vec<Finding>) {
    for beside in BESIDE {
        match *beside {
            Beside::Yields { rule, to } => {
                let others = spans_of(findings, to);
                let is_behind =
                    |span: Span| reaching(&others, span).is_some_and(|at| others[at].covers(span) && others[at].start < span.start);
                findings.retain(|finding| finding.rule != rule || !is_behind(finding.span));
            }
            Beside::Defers { rule, to } => take_fixes(findings, rule, to),
        }
    }
    let rank = |finding: &Finding| RULES.iter().position(|rule| rule.info == finding.rule).unwrap_or(RULES.len());
    findings.sort_by_key(|finding| (rank(finding), finding.span));
    let mut kept: FxHashMap<Family, Apart> = FxHashMap::default();
    findings.retain(|finding| kept.entry(finding.rule.family).or_default().take(finding.span));
}

/// Gives the findings of one rule the fixes that another has where they meet.
fn take_fixes(findings: &mut [Finding], rule: &RuleInfo, other: &RuleInfo) {
    let others = spans_of(findings, other);
    let of_other = findings.iter().filter(|finding| finding.rule == other);
    let mut fixes: Vec<(Span, Vec<Fix>)> = of_other.map(|finding| (finding.span, finding.fixes.clone())).collect();
    fixes.sort_by_key(|(span, _)| *span);
    for finding in findings.iter_mut().filter(|finding| finding.rule == rule) {
        if let Some(at) = reaching(&others, finding.span).filter(|&at| others[at].overlaps(finding.span)) {
            finding.fixes.clone_from(&fixes[at].1);
        }
    }
}

/// Where a rule's findings stand, in order.
fn spans_of(findings: &[Finding], rule: &RuleInfo) -> Vec<Span> {
    let mut spans: Vec<Span> = findings.iter().filter(|finding| finding.rule == rule).map(|finding| finding.span).collect();
    spans.sort_unstable();
    spans
}

/// The first of some spans in order that doesn't end before another begins.
fn reaching(spans: &[Span], other: Span) -> Option<usize> {
    Some(spans.partition_point(|span| span.end <= other.start)).filter(|&at| at < spans.len())
}

/// Takes out of what was found in a draft what its stet marks let stand.
pub fn let_stand(document: &Document, findings: &mut Vec<Finding>) {
    silence(document, findings);
}

/// Takes out what stet marks let stand; the marks that silenced nothing are left over.
fn silence<'a>(document: &'a Document, findings: &mut Vec<Finding>) -> (Vec<(Finding, Option<String>)>, Vec<&'a Stet>) {
    let stets = document.stets();
    let mut marks = Marks::of(stets);
    let mut silenced = Vec::new();
    findings.retain(|finding| {
        let block = document.prose_at(finding.span.start).map(|at| at.block as usize);
        let words = folded(finding.span.text(document.source()));
        let mark = marks.let_stand(finding, block, &words);
        silenced.extend(mark.map(|mark| (finding.clone(), stets[mark].reason.clone())));
        mark.is_none()
    });
    (silenced, stets.iter().zip(marks.used).filter(|(_, used)| !used).map(|(stet, _)| stet).collect())
}

/// The stet marks of a draft by where they hold: a long draft may have thousands, and as many findings.
struct Marks {
    /// By where they hold, a block or none for the whole draft. Marks that say the same stand together.
    marks: FxHashMap<Option<usize>, FxHashMap<Said, Vec<usize>>>,
    /// Whether each has silenced anything.
    used: Vec<bool>,
}

/// The rule that a mark names, and the words that it is about, folded.
type Said = (Option<String>, Option<String>);

impl Marks {
    fn of(stets: &[Stet]) -> Self {
        let mut marks: FxHashMap<_, FxHashMap<_, Vec<usize>>> = FxHashMap::default();
        for (index, stet) in stets.iter().enumerate() {
            let place = (!stet.whole_file).then_some(stet.block);
            let asked = (stet.rule.clone(), stet.words.as_deref().map(folded));
            marks.entry(place).or_default().entry(asked).or_default().push(index);
        }
        Self { marks, used: vec![false; stets.len()] }
    }

    /// The first mark that lets a finding stand; `words` are those it points at, folded.
    fn let_stand(&mut self, finding: &Finding, block: Option<usize>, words: &str) -> Option<usize> {
        let in_place =
            [None, block].into_iter().take(1 + usize::from(block.is_some())).filter_map(|place| self.marks.get(&place)).flatten();
        let mut first: Option<usize> = None;
        for (_, marks) in in_place.filter(|((rule, said), _)| applies(rule.as_deref(), said.as_deref(), finding, words)) {
            for &mark in marks {
                self.used[mark] = true;
                first = Some(first.map_or(mark, |first| first.min(mark)));
            }
        }
        first
    }
}

/// Whether a mark for a rule or for all, and for some words or for all, is about a finding.
fn applies(named: Option<&str>, said: Option<&str>, finding: &Finding, words: &str) -> bool {
    let of_rule = named.is_none_or(|name| name == finding.rule.name || rule(name).is_some_and(|rule| rule.family == finding.rule.family));
    of_rule && said.is_none_or(|said| said.contains(words) || words.contains(said))
}
