//! From the program's types to the protocol's and back.

use std::path::{Path, PathBuf};
use std::str::FromStr;

use serde_json::json;
use tower_lsp_server::ls_types::{
    AnnotatedTextEdit, CodeAction, CodeActionKind, CodeDescription, CompletionItem, CompletionItemKind, CompletionTextEdit, Diagnostic,
    DiagnosticRelatedInformation, DiagnosticSeverity, DiagnosticTag, DocumentChanges, DocumentLink, DocumentSymbol, InlayHint,
    InlayHintLabel, Location, NumberOrString, OneOf, OptionalVersionedTextDocumentIdentifier, Position, Range, SemanticToken,
    SemanticTokenType, SemanticTokensLegend, SymbolInformation, SymbolKind as LspSymbolKind, TextDocumentEdit, TextEdit as LspTextEdit,
    Uri, WorkspaceEdit,
};

use super::abilities::Abilities;
use super::checked::Checked;
use super::evidence::source_rows;
use crate::corpus::{Citation, Record};
use crate::document::Document;
use crate::features::{Action, ActionKind, Completion, CompletionKind, Draft, Inlay, Symbol, SymbolKind, Target, TokenKind, file_uri};
use crate::finding::{Family, Finding, Severity};
use crate::reader::SubjectKind;
use crate::text::{self, Encoding, Span, TextEdit};

/// One draft, and how its editor wants things.
#[derive(Clone, Copy)]
pub(super) struct Converter<'a> {
    pub(super) document: &'a Document,
    pub(super) uri: &'a Uri,
    /// The editor's, of an open draft.
    pub(super) version: Option<i32>,
    pub(super) abilities: &'a Abilities,
}

/// The file that an address names.
pub(super) fn path_of(uri: &Uri) -> Option<PathBuf> {
    if uri.scheme().as_str().eq_ignore_ascii_case("file") { uri.to_file_path().map(std::borrow::Cow::into_owned) } else { None }
}

/// The address of a file.
pub(super) fn uri_of(path: &Path) -> Option<Uri> {
    Uri::from_str(&file_uri(path)?).ok()
}

pub(super) fn position(position: text::Position, encoding: Encoding) -> Position {
    Position::new(position.line, position.column(encoding))
}

/// Where a citation's words stand; none for a source in no file.
pub(super) fn location(citation: &Citation, encoding: Encoding) -> Option<Location> {
    let uri = uri_of(citation.source.file.as_deref()?)?;
    Some(Location::new(uri, Range::new(position(citation.start, encoding), position(citation.end, encoding))))
}

pub(super) const fn subject_symbol(kind: SubjectKind) -> LspSymbolKind {
    match kind {
        SubjectKind::Person => LspSymbolKind::CLASS,
        SubjectKind::Place => LspSymbolKind::NAMESPACE,
        SubjectKind::Organisation => LspSymbolKind::MODULE,
    }
}

/// A symbol as editors take it that know none within another.
pub(super) fn information(name: &str, kind: LspSymbolKind, location: Location, container_name: Option<String>) -> SymbolInformation {
    #[expect(deprecated, reason = "the field has to be given")]
    SymbolInformation { name: name.to_owned(), kind, tags: None, deprecated: None, location, container_name }
}

/// The standard type that editors colour each kind of mention as; in the order of [`TokenKind::ALL`].
pub(super) fn legend() -> SemanticTokensLegend {
    let of = |kind| match kind {
        TokenKind::Person => SemanticTokenType::CLASS,
        TokenKind::Place => SemanticTokenType::NAMESPACE,
        TokenKind::Organisation => SemanticTokenType::STRUCT,
        TokenKind::Title => SemanticTokenType::TYPE,
        TokenKind::Figure => SemanticTokenType::NUMBER,
        TokenKind::Date => SemanticTokenType::EVENT,
    };
    SemanticTokensLegend { token_types: TokenKind::ALL.into_iter().map(of).collect(), token_modifiers: Vec::new() }
}

/// What an editor asks for to have all done on saving; one that asks for `source.fixAll` gets it too.
pub(super) fn fix_all_kind() -> CodeActionKind {
    CodeActionKind::new("source.fixAll.copydesk")
}

/// The place that shows a record best.
pub(super) fn record_location(record: &Record, encoding: Encoding) -> Option<Location> {
    let spelt = record.spellings.iter().flat_map(|spelling| &spelling.citations);
    spelt.chain(&record.citations).find_map(|citation| location(citation, encoding))
}

impl<'a> Converter<'a> {
    /// For an open draft.
    pub(super) fn of(uri: &'a Uri, checked: &'a Checked, abilities: &'a Abilities) -> Self {
        Self { document: &checked.draft.document, uri, version: Some(checked.snapshot.version), abilities }
    }
}

impl Converter<'_> {
    pub(super) fn offset(&self, position: Position) -> u32 {
        self.document.lines().offset(self.document.source(), position.line, position.character, self.abilities.encoding)
    }

    pub(super) fn span(&self, range: Range) -> Span {
        let (start, end) = (self.offset(range.start), self.offset(range.end));
        Span::new(start.min(end), start.max(end))
    }

    pub(super) fn range(&self, span: Span) -> Range {
        let at = |offset| position(self.document.position(offset), self.abilities.encoding);
        Range::new(at(span.start), at(span.end))
    }

    /// What is found in a draft, and whether that is all.
    pub(super) fn diagnostics(&self, draft: &Draft) -> Vec<Diagnostic> {
        let unfinished = (!draft.is_whole).then(|| Diagnostic {
            range: self.range(Span::new(0, 0)),
            severity: Some(DiagnosticSeverity::INFORMATION),
            source: Some("copydesk".to_owned()),
            message: "Checking this draft took too long and was ended: there may be more to find.".to_owned(),
            ..Diagnostic::default()
        });
        unfinished.into_iter().chain(draft.findings.iter().map(|finding| self.diagnostic(finding))).collect()
    }

    pub(super) fn diagnostic(&self, finding: &Finding) -> Diagnostic {
        let in_draft = finding.related.iter().map(|(span, message)| DiagnosticRelatedInformation {
            location: Location::new(self.uri.clone(), self.range(*span)),
            message: message.clone(),
        });
        let in_sources = finding.evidence.iter().filter_map(|citation| {
            Some(DiagnosticRelatedInformation {
                location: location(citation, self.abilities.encoding)?,
                message: format!("{}: {}", citation.source.attribution(), citation.sentence),
            })
        });
        let related: Vec<_> = in_draft.chain(in_sources).collect();
        let page = self.abilities.rule_page(finding.rule.name).and_then(|uri| Uri::from_str(&uri).ok());
        Diagnostic {
            range: self.range(finding.span),
            severity: Some(match finding.severity {
                Severity::Hint => DiagnosticSeverity::HINT,
                Severity::Info => DiagnosticSeverity::INFORMATION,
                Severity::Warning => DiagnosticSeverity::WARNING,
                Severity::Error => DiagnosticSeverity::ERROR,
            }),
            code: Some(NumberOrString::String(finding.rule.name.to_owned())),
            code_description: page.map(|href| CodeDescription { href }),
            source: Some("copydesk".to_owned()),
            message: finding.message.clone(),
            related_information: (!related.is_empty() && self.abilities.related_information).then_some(related),
            // What keeps the house in order speaks of marks that can go.
            tags: (finding.rule.family == Family::Housekeeping).then(|| vec![DiagnosticTag::UNNECESSARY]),
            data: self.abilities.evidence.then(|| {
                let is_settled = finding.safe_fix().is_some();
                json!({"evidence": source_rows(&finding.evidence, self.abilities.encoding), "settled": is_settled})
            }),
        }
    }

    pub(super) fn edits(&self, edits: &[TextEdit]) -> WorkspaceEdit {
        if self.abilities.document_changes {
            let changes = DocumentChanges::Edits(vec![self.versioned_edits(edits, None)]);
            WorkspaceEdit { document_changes: Some(changes), ..WorkspaceEdit::default() }
        } else {
            let edits = edits.iter().map(|edit| self.edit(edit)).collect();
            WorkspaceEdit { changes: Some([(self.uri.clone(), edits)].into()), ..WorkspaceEdit::default() }
        }
    }

    /// Edits of this version of the draft and no other, each with the annotation of that name where one is given.
    pub(super) fn versioned_edits(&self, edits: &[TextEdit], annotation: Option<&str>) -> TextDocumentEdit {
        let edit = |edit: &TextEdit| match annotation {
            None => OneOf::Left(self.edit(edit)),
            Some(id) => OneOf::Right(AnnotatedTextEdit { text_edit: self.edit(edit), annotation_id: id.to_owned() }),
        };
        let text_document = OptionalVersionedTextDocumentIdentifier { uri: self.uri.clone(), version: self.version };
        TextDocumentEdit { text_document, edits: edits.iter().map(edit).collect() }
    }

    fn edit(&self, edit: &TextEdit) -> LspTextEdit {
        LspTextEdit::new(self.range(edit.span), edit.text.clone())
    }

    pub(super) fn action(&self, action: &Action<'_>) -> CodeAction {
        CodeAction {
            title: action.title.clone(),
            kind: Some(match action.kind {
                ActionKind::Fix | ActionKind::LetStand => CodeActionKind::QUICKFIX,
                ActionKind::FixAll => fix_all_kind(),
            }),
            diagnostics: Some(action.findings.iter().map(|finding| self.diagnostic(finding)).collect()),
            edit: Some(self.edits(&action.edits)),
            is_preferred: action.preferred.then_some(true),
            ..CodeAction::default()
        }
    }

    /// `rank` keeps the order in which things are offered.
    pub(super) fn completion(&self, rank: usize, offer: &Completion) -> CompletionItem {
        CompletionItem {
            label: offer.words.clone(),
            kind: Some(match offer.kind {
                CompletionKind::Name(SubjectKind::Person) => CompletionItemKind::CLASS,
                CompletionKind::Name(SubjectKind::Place | SubjectKind::Organisation) => CompletionItemKind::MODULE,
                CompletionKind::Title => CompletionItemKind::TEXT,
            }),
            detail: Some(offer.detail.clone()),
            sort_text: Some(format!("{rank:03}")),
            // What was typed may be the middle of the name.
            filter_text: Some(offer.span.text(self.document.source()).to_owned()),
            text_edit: Some(CompletionTextEdit::Edit(LspTextEdit::new(self.range(offer.span), offer.words.clone()))),
            ..CompletionItem::default()
        }
    }

    pub(super) fn inlay(&self, hint: &Inlay) -> InlayHint {
        InlayHint {
            position: self.range(Span::new(hint.at, hint.at)).start,
            label: InlayHintLabel::String(hint.words.clone()),
            kind: None,
            text_edits: None,
            tooltip: None,
            padding_left: Some(true),
            padding_right: Some(false),
            data: None,
        }
    }

    /// Tokens as the protocol has them, each by its distance from the one before.
    pub(super) fn tokens(&self, tokens: &[(Span, TokenKind)]) -> Vec<SemanticToken> {
        let mut before = Position::new(0, 0);
        let mut out = Vec::with_capacity(tokens.len());
        for (span, kind) in tokens {
            let range = self.range(*span);
            let delta_line = range.start.line - before.line;
            let delta_start = if delta_line == 0 { range.start.character - before.character } else { range.start.character };
            before = range.start;
            out.push(SemanticToken {
                delta_line,
                delta_start,
                length: range.end.character.saturating_sub(range.start.character),
                token_type: *kind as u32,
                token_modifiers_bitset: 0,
            });
        }
        out
    }

    /// A link of the front matter; none to a file where the draft is in no folder.
    pub(super) fn link(&self, span: Span, target: &Target, folder: Option<&Path>) -> Option<DocumentLink> {
        let address = match target {
            Target::Web(address) => address.clone(),
            Target::File(file) => file_uri(&folder?.join(file))?,
        };
        Some(DocumentLink { range: self.range(span), target: Some(Uri::from_str(&address).ok()?), tooltip: None, data: None })
    }

    pub(super) fn symbol(&self, symbol: &Symbol) -> DocumentSymbol {
        let children: Vec<DocumentSymbol> = symbol.children.iter().map(|child| self.symbol(child)).collect();
        #[expect(deprecated, reason = "the field has to be given")]
        DocumentSymbol {
            name: symbol.name.clone(),
            detail: symbol.detail.clone(),
            kind: match symbol.kind {
                SymbolKind::Heading => LspSymbolKind::STRING,
                SymbolKind::Person => subject_symbol(SubjectKind::Person),
                SymbolKind::Place => subject_symbol(SubjectKind::Place),
                SymbolKind::Organisation => subject_symbol(SubjectKind::Organisation),
                SymbolKind::Figure => LspSymbolKind::NUMBER,
            },
            tags: None,
            deprecated: None,
            range: self.range(symbol.span),
            selection_range: self.range(symbol.selection),
            children: (!children.is_empty()).then_some(children),
        }
    }
}
