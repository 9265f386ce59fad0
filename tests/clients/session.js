// A whole session with the server through the protocol library that VS Code itself uses.
'use strict'

const assert = require('node:assert')
const { spawn } = require('node:child_process')
const protocol = require('vscode-languageserver-protocol/node')

const LIMIT = 30_000
const DRAFT = 'file:///desk/draft.md'
const IDLE_MARK = '<!-- stet -->'

function within(promise, what) {
  const late = new Promise((_, reject) => setTimeout(() => reject(new Error(`no ${what} in time`)), LIMIT).unref())
  return Promise.race([promise, late])
}

async function main() {
  const server = spawn(process.env.COPYDESK, ['lsp'], { stdio: ['pipe', 'pipe', 'inherit'] })
  const exited = new Promise((resolve) => server.on('exit', (code, signal) => resolve(signal ?? code)))
  const reader = new protocol.StreamMessageReader(server.stdout)
  const writer = new protocol.StreamMessageWriter(server.stdin)
  const fail = (message) => { throw new Error(message) }
  const connection = protocol.createProtocolConnection(reader, writer, { error: fail, warn: fail, info() {}, log() {} })
  connection.onRequest(protocol.RegistrationRequest.type, () => null)
  connection.onRequest(protocol.ConfigurationRequest.type, (params) => params.items.map(() => null))
  connection.onRequest(protocol.WorkDoneProgressCreateRequest.type, () => null)
  connection.listen()

  const capabilities = {
    general: { positionEncodings: ['utf-16'] },
    window: { workDoneProgress: true },
    workspace: { configuration: true, didChangeWatchedFiles: { dynamicRegistration: true } },
    textDocument: {
      diagnostic: { dynamicRegistration: false },
      hover: { contentFormat: ['markdown'] },
      codeAction: { codeActionLiteralSupport: { codeActionKind: { valueSet: ['quickfix'] } } },
    },
  }
  const introduction = { processId: process.pid, clientInfo: { name: 'node' }, rootUri: null, workspaceFolders: null, capabilities }
  const { capabilities: offered } = await within(connection.sendRequest(protocol.InitializeRequest.type, introduction), 'initialize')
  assert.equal(offered.positionEncoding, 'utf-16')
  await connection.sendNotification(protocol.InitializedNotification.type, {})

  const textDocument = { uri: DRAFT, languageId: 'markdown', version: 1, text: `${IDLE_MARK}\n\n😀 it rained.\n` }
  await connection.sendNotification(protocol.DidOpenTextDocumentNotification.type, { textDocument })
  const ask = async () => {
    const report = await within(connection.sendRequest(protocol.DocumentDiagnosticRequest.type, { textDocument: { uri: DRAFT } }), 'diagnostics')
    return report.items
  }
  assert.equal((await ask()).length, 1)

  const start = { line: 2, character: 3 }
  const contentChanges = [{ range: { start, end: start }, text: `${IDLE_MARK} ` }]
  await connection.sendNotification(protocol.DidChangeTextDocumentNotification.type, { textDocument: { uri: DRAFT, version: 2 }, contentChanges })
  const found = await ask()
  const range = { start, end: { line: 2, character: 3 + IDLE_MARK.length } }
  assert.deepEqual(found[1].range, range)

  const context = { diagnostics: [found[1]] }
  const actions = await within(connection.sendRequest(protocol.CodeActionRequest.type, { textDocument: { uri: DRAFT }, range, context }), 'actions')
  const edits = actions[0].edit.changes?.[DRAFT] ?? actions[0].edit.documentChanges[0].edits
  assert.equal(edits[0].newText, '')

  const cancelled = new protocol.CancellationTokenSource()
  const search = connection.sendRequest(protocol.WorkspaceSymbolRequest.type, { query: 'a' }, cancelled.token)
  cancelled.cancel()
  await within(search.catch((error) => assert.equal(error.code, protocol.LSPErrorCodes.RequestCancelled)), 'end of a cancelled request')

  await within(connection.sendRequest(protocol.ShutdownRequest.type), 'shutdown')
  const hover = connection.sendRequest(protocol.HoverRequest.type, { textDocument: { uri: DRAFT }, position: start })
  await within(assert.rejects(hover, (error) => error.code === protocol.ErrorCodes.InvalidRequest), 'refusal after shutdown')
  await connection.sendNotification(protocol.ExitNotification.type)
  assert.equal(await within(exited, 'exit'), 0)
}

main().catch((error) => {
  console.error(error)
  process.exit(1)
})
