--- The dossier of a draft in a window beside it: whom and what it names, what the archive attests, what differs and what is new.
local server = require('copydesk.server')

local M = {}

local GROUPS = {
  { 'person', 'People' },
  { 'place', 'Places' },
  { 'organisation', 'Bodies' },
  { 'figure', 'Figures' },
  { 'quotation', 'Quotations' },
}
-- A sign that is read out as well.
local MARKS = { attested = '+', differs = '!', new = '?' }
local HIGHLIGHTS = { attested = 'Comment', differs = 'WarningMsg', new = 'Special' }

local namespace = vim.api.nvim_create_namespace('copydesk-dossier')

local function given(value)
  if server.has(value) and value ~= '' then
    return (value:gsub('%s+', ' '))
  end
end

--- The lines, and for each the place in the draft or the source that it leads to.
local function listed(dossier)
  local lines, leads, marks = { dossier.summary, '' }, {}, {}
  local function add(line, lead, mark)
    lines[#lines + 1] = line
    leads[#lines] = lead
    marks[#lines] = mark
  end
  local function add_sources(sources, indent)
    for _, source in ipairs(sources) do
      local location = server.has(source.location) and source.location or nil
      add(('%s%s: %s'):format(indent, given(source.attribution), given(source.sentence)), location and { location = location })
    end
  end
  for _, group in ipairs(GROUPS) do
    local entries = vim.tbl_filter(function(entry)
      return entry.kind == group[1]
    end, dossier.entries)
    if #entries > 0 then
      add(('%s (%d)'):format(group[2], #entries))
    end
    for _, entry in ipairs(entries) do
      local detail = given(entry.detail)
      add(('%s %s%s'):format(MARKS[entry.mark], given(entry.name), detail and ', ' .. detail or ''), { range = entry.places[1] }, entry.mark)
      for _, finding in ipairs(entry.findings) do
        add('    ' .. given(finding.message), { range = finding.range })
        add_sources(finding.evidence, '      ')
      end
      for _, attested in ipairs(entry.attested) do
        add('    ' .. given(attested.words))
        add_sources(attested.evidence, '      ')
      end
    end
    if #entries > 0 then
      add('')
    end
  end
  return lines, leads, marks
end

local function offset_encoding(client)
  return client and client.offset_encoding or 'utf-16'
end

local function jump(window, draft, lead)
  if not lead then
    return
  end
  local encoding = offset_encoding(server.client(draft))
  local location = lead.location or { uri = vim.uri_from_bufnr(draft), range = lead.range }
  if not vim.api.nvim_win_is_valid(window) then
    vim.cmd('wincmd p')
  else
    vim.api.nvim_set_current_win(window)
  end
  if vim.lsp.util.show_document then
    vim.lsp.util.show_document(location, encoding, { focus = true })
  else
    vim.lsp.util.jump_to_location(location, encoding)
  end
end

function M.open()
  local draft, window = vim.api.nvim_get_current_buf(), vim.api.nvim_get_current_win()
  local dossier, problem = server.ask('copydesk/dossier', server.document(draft), draft)
  if not dossier then
    return vim.notify('copydesk: ' .. (problem or 'there is no dossier of this text: it is no open draft, or its sources are still being read'), vim.log.levels.WARN)
  end
  local lines, leads, marks = listed(dossier)
  vim.cmd('botright 60vnew')
  local buffer = vim.api.nvim_get_current_buf()
  vim.bo[buffer].buftype, vim.bo[buffer].bufhidden, vim.bo[buffer].swapfile = 'nofile', 'wipe', false
  vim.api.nvim_buf_set_lines(buffer, 0, -1, false, lines)
  vim.bo[buffer].modifiable, vim.bo[buffer].filetype = false, 'copydesk-dossier'
  vim.wo.wrap, vim.wo.number, vim.wo.relativenumber, vim.wo.winfixwidth = false, false, false, true
  for line, mark in pairs(marks) do
    vim.api.nvim_buf_add_highlight(buffer, namespace, HIGHLIGHTS[mark], line - 1, 0, -1)
  end
  local function map(key, action, what)
    vim.keymap.set('n', key, action, { buffer = buffer, desc = what, nowait = true })
  end
  map('<CR>', function()
    jump(window, draft, leads[vim.api.nvim_win_get_cursor(0)[1]])
  end, 'Go to the mention or the source')
  map('q', '<cmd>close<CR>', 'Close the dossier')
  map(']]', function()
    vim.fn.search('^[!?] ', 'W')
  end, 'The next that differs or is new')
  map('[[', function()
    vim.fn.search('^[!?] ', 'bW')
  end, 'The one before')
end

return M
