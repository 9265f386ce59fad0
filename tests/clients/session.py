"""A whole session with the server, as editors of several abilities hold it."""

import asyncio
import os

import pytest
import pytest_lsp
from lsprotocol import types as t
from pytest_lsp import ClientServerConfig, LanguageClient, client_capabilities

DRAFT = "file:///desk/draft.md"
EDITORS = ["neovim@0.7", "neovim@0.11", "emacs", "visual_studio_code"]
# One mark that silences nothing: one finding, with a fix that takes it out.
IDLE_MARK = "<!-- stet -->"
TEXT = f"# Rain\n\n{IDLE_MARK}\n\nIt rained 😀 .\n"


@pytest_lsp.fixture(config=ClientServerConfig(server_command=[os.environ["COPYDESK"], "lsp"]), params=EDITORS)
async def client(request, lsp_client: LanguageClient):
    params = t.InitializeParams(
        capabilities=client_capabilities(request.param),
        client_info=t.ClientInfo(request.param),
        root_uri=None,
        workspace_folders=None,
    )

    # Its abilities promise this, and the library leaves it to its users.
    @lsp_client.feature(t.CLIENT_REGISTER_CAPABILITY)
    def register(_params: t.RegistrationParams):
        return None

    result = await lsp_client.initialize_session(params)
    lsp_client.columns = result.capabilities.position_encoding
    yield
    await lsp_client.shutdown_session()
    assert lsp_client._server.returncode == 0


def open_draft(client: LanguageClient, text: str):
    item = t.TextDocumentItem(DRAFT, t.LanguageKind.Markdown, 1, text)
    client.text_document_did_open(t.DidOpenTextDocumentParams(item))


def change(client: LanguageClient, version: int, at: t.Range, text: str):
    document = t.VersionedTextDocumentIdentifier(version, DRAFT)
    client.text_document_did_change(t.DidChangeTextDocumentParams(document, [t.TextDocumentContentChangePartial(at, text)]))


async def diagnostics(client: LanguageClient, count: int):
    """What the editor shows once it has `count` findings, asked for or sent."""
    for _ in range(200):
        if client.capabilities.text_document.diagnostic:
            report = await client.text_document_diagnostic_async(t.DocumentDiagnosticParams(t.TextDocumentIdentifier(DRAFT)))
            found = list(report.items)
        else:
            found = list(client.diagnostics.get(DRAFT, []))
        if len(found) == count:
            return found
        await asyncio.sleep(0.05)
    pytest.fail(f"{count} findings expected, the last were {found}")


def at(line: int, start: int, end: int) -> t.Range:
    return t.Range(t.Position(line, start), t.Position(line, end))


async def test_a_finding_follows_the_text_and_is_fixed(client: LanguageClient):
    open_draft(client, TEXT)
    (found,) = await diagnostics(client, 1)
    assert (found.source, found.code, found.range.start.line) == ("copydesk", "stet-unused", 2)
    # Behind the emoji: columns are counted as this editor counts them.
    units = 4 if client.columns == "utf-8" else 2
    column = len("It rained ") + units
    change(client, 2, at(4, column, column), f"\n\n{IDLE_MARK}\n\nOn it went")
    both = await diagnostics(client, 2)
    assert [finding.range.start.line for finding in both] == [2, 6]

    params = t.CodeActionParams(t.TextDocumentIdentifier(DRAFT), both[1].range, t.CodeActionContext([both[1]]))
    actions = await client.text_document_code_action_async(params)
    edit = next(action.edit for action in actions if action.kind == t.CodeActionKind.QuickFix and action.edit)
    edits = edit.changes[DRAFT] if edit.changes else edit.document_changes[0].edits
    assert [(taken.range.start.line, taken.new_text) for taken in edits] == [(6, "")]
    change(client, 3, edits[0].range, edits[0].new_text)
    await diagnostics(client, 1)


async def test_what_an_editor_asks_at_the_cursor_is_answered(client: LanguageClient):
    open_draft(client, "# Rain\n\nForeign Minister Anja Solvang met 12 people in Oslo.\n")
    document = t.TextDocumentIdentifier(DRAFT)
    hover = None
    for _ in range(20):
        # Nothing is said before the sources are read.
        hover = hover or await client.text_document_hover_async(t.HoverParams(document, t.Position(2, 20)))
    assert hover is not None and "Solvang" in hover.contents.value
    symbols = await client.text_document_document_symbol_async(t.DocumentSymbolParams(document))
    assert "Rain" in [symbol.name for symbol in symbols]
    await client.workspace_symbol_async(t.WorkspaceSymbolParams("Solvang"))
    await client.text_document_definition_async(t.DefinitionParams(document, t.Position(2, 20)))
    await client.text_document_references_async(t.ReferenceParams(t.ReferenceContext(True), document, t.Position(2, 20)))


async def test_a_burst_ends_in_the_last_text(client: LanguageClient):
    open_draft(client, "It rained.\n")
    for version in range(2, 202):
        change(client, version, at(0, 0, 0), "a")
    change(client, 202, at(0, 0, 200), f"{IDLE_MARK} ")
    (found,) = await diagnostics(client, 1)
    assert found.range.start == t.Position(0, 0)
