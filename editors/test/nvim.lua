-- What nvim.sh runs inside Neovim, 0.7 or later. One line of output for each check.
local repository, work = os.getenv('REPOSITORY'), os.getenv('WORK')
local way = os.getenv('START') -- 'setup': the plugin's function; 'enable': lsp/copydesk.lua and vim.lsp.enable(); 'inlays': the README's snippet
local TIMEOUT_MS = 15000

local failed = false

local function print_line(line)
  io.stdout:write(line .. '\n')
end

local function check(name, body)
  local ok, problem = xpcall(body, debug.traceback)
  if ok then
    print_line(('ok - %s: %s'):format(way, name))
  else
    failed = true
    print_line(('FAILED - %s: %s: %s'):format(way, name, tostring(problem):gsub('\n', '\n    ')))
  end
  return ok
end

local function finish()
  vim.cmd(failed and 'cquit 1' or 'qall!')
end

local function wait_for(what, condition)
  local result
  vim.wait(TIMEOUT_MS, function()
    result = condition()
    return result
  end, 20)
  return result or error('waited in vain for ' .. what, 2)
end

local function read_file(path)
  local file = assert(io.open(path, 'rb'))
  local content = file:read('*a')
  file:close()
  return content
end

local function write_file(path, content)
  vim.fn.mkdir(vim.fn.fnamemodify(path, ':h'), 'p')
  local file = assert(io.open(path, 'wb'))
  file:write(content)
  file:close()
end

local expect = vim.fn.json_decode(read_file(os.getenv('EXPECT')))
local text = expect.draft and read_file(repository .. '/' .. expect.draft) or expect.text

-- 0-based row and byte columns, half-open
local function find(buffer, words)
  for row, line in ipairs(vim.api.nvim_buf_get_lines(buffer, 0, -1, false)) do
    local first, last = line:find(words, 1, true)
    if first then
      return { row = row - 1, start = first - 1, stop = last }
    end
  end
  error(('“%s” is not in the draft'):format(words), 2)
end

local function client_of(buffer)
  if vim.lsp.get_clients then
    return vim.lsp.get_clients({ bufnr = buffer, name = 'copydesk' })[1]
  end
  for _, client in pairs(vim.lsp.buf_get_clients(buffer)) do
    return client
  end
end

local function open(path, content)
  write_file(path, content)
  vim.cmd('edit ' .. vim.fn.fnameescape(path))
  return vim.api.nvim_get_current_buf()
end

local function finding_at(buffer, words)
  local at = find(buffer, words)
  for _, diagnostic in ipairs(vim.diagnostic.get(buffer)) do
    local covers = diagnostic.lnum == at.row and diagnostic.col < at.stop and diagnostic.end_col > at.start
    if covers and diagnostic.message:find(expect.finding.message, 1, true) then
      return diagnostic
    end
  end
end

local function request(buffer, method, parameters)
  local answers = assert(vim.lsp.buf_request_sync(buffer, method, parameters, TIMEOUT_MS), method .. ' was not answered')
  local answer = assert(answers[client_of(buffer).id], method .. ' was not answered')
  assert(not answer.err and not answer.error, vim.inspect(answer))
  return answer.result
end

local function put_cursor(words)
  local at = find(0, words)
  vim.api.nvim_win_set_cursor(0, { at.row + 1, at.start + 1 })
end

local function position()
  return vim.lsp.util.make_position_params(0, client_of(0).offset_encoding)
end

local function hover_text(contents)
  if type(contents) == 'string' then
    return contents
  end
  if contents.value then
    return contents.value
  end
  local parts = {}
  for _, part in ipairs(contents) do
    parts[#parts + 1] = hover_text(part)
  end
  return table.concat(parts, '\n')
end

vim.opt.runtimepath:prepend(repository .. '/editors/nvim')
vim.opt.swapfile = false
vim.opt.hidden = true
vim.cmd('filetype plugin on')
vim.fn.mkdir(work .. '/desk/.git', 'p')

local attached
if way == 'inlays' then
  check('inlay hints are shown, set up as the README has it', function()
    local readme = read_file(repository .. '/editors/nvim/README.md')
    local snippet
    for code in readme:gmatch('```lua\n(.-)```') do
      snippet = code:find('inlay_hint.enable', 1, true) and code or snippet
    end
    assert(loadstring(assert(snippet, 'the README has no such snippet')))()
    local buffer = open(work .. '/desk/drafts/road.md', 'The road is 50 km long.\n')
    wait_for('the hint', function()
      for _, hint in ipairs(vim.lsp.inlay_hint.get({ bufnr = buffer })) do
        if hint.inlay_hint.label == 'about 31 miles' then
          return true
        end
      end
    end)
  end)
  return finish()
elseif way == 'setup' then
  check('a missing program is reported and nothing is started', function()
    local notify, message = vim.notify, nil
    vim.notify = function(text_shown, level)
      message = level == vim.log.levels.ERROR and text_shown
    end
    require('copydesk').setup({ cmd = { work .. '/no-such-program', 'lsp' } })
    vim.notify = notify
    assert(message and message:find('no-such-program', 1, true), 'no message')
    assert(not (vim.lsp.is_enabled and vim.lsp.is_enabled('copydesk')), 'enabled all the same')
  end)
  require('copydesk').setup({
    cmd = { os.getenv('COPYDESK'), 'lsp' },
    on_attach = function(client)
      attached = client.name
    end,
  })
else
  vim.lsp.enable('copydesk')
end

local draft = open(work .. '/desk/drafts/draft.md', text)

local running = check('the server is attached, with the root at the nearest marker', function()
  local client = wait_for('the client', function()
    return client_of(draft)
  end)
  wait_for('on_attach', function()
    return way ~= 'setup' or attached == 'copydesk'
  end)
  local root = vim.loop.fs_realpath(client.config.root_dir)
  assert(root == vim.loop.fs_realpath(work .. '/desk'), 'root is ' .. tostring(root))
end)
if not running then
  return finish()
end

check('the finding appears at its words', function()
  wait_for('the finding', function()
    return finding_at(draft, expect.finding.words)
  end)
end)

check('hover tells of a person', function()
  put_cursor(expect.hover.words)
  local result = request(draft, 'textDocument/hover', position())
  assert(type(result) == 'table', 'nothing shown')
  local shown = hover_text(result.contents)
  assert(shown:find(expect.hover.shows, 1, true), shown)
end)

-- A desk of its own with sources of its own: what is shown there is known to the letter.
local function own_desk()
  local folder = work .. '/letter'
  vim.fn.mkdir(folder .. '/archive', 'p')
  for _, name in ipairs({ 'copydesk.toml', 'letter.md', 'archive/harbour.md', 'archive/council.md', 'archive/sources.toml' }) do
    write_file(folder .. '/' .. name, read_file(repository .. '/editors/test/desk/' .. name))
  end
  vim.cmd('edit ' .. folder .. '/letter.md')
  local buffer = vim.api.nvim_get_current_buf()
  wait_for('the client', function()
    return client_of(buffer)
  end)
  return folder, buffer
end

local function float_lines()
  for _, window in ipairs(vim.api.nvim_list_wins()) do
    if vim.api.nvim_win_get_config(window).relative ~= '' then
      return vim.api.nvim_buf_get_lines(vim.api.nvim_win_get_buf(window), 0, -1, false), window
    end
  end
end

check('hover on what is found is as it should be, to the letter', function()
  local folder, buffer = own_desk()
  put_cursor('Brandvodl')
  vim.api.nvim_win_set_cursor(0, { 3, 20 })
  local result = request(buffer, 'textDocument/hover', position())
  local expected = read_file(repository .. '/editors/test/desk/letter.hover.md'):gsub('{DESK}', function()
    return vim.uri_from_fname(folder)
  end)
  local shown = hover_text(result.contents)
  assert(vim.trim(shown) == vim.trim(expected), shown)
  assert(not shown:find('\\', 1, true), 'a backslash is shown')
  vim.lsp.buf.hover()
  local lines = wait_for('the window', float_lines)
  assert(lines[1]:find('spell this name “Brandvold”; the draft has “Brandvodl”', 1, true), table.concat(lines, '\n'))
  vim.cmd('stopinsert')
  local _, window = float_lines()
  vim.api.nvim_win_close(window, true)
end)

check(':Copydesk does what it says', function()
  local folder, buffer = own_desk()
  vim.cmd('runtime! plugin/copydesk.lua')
  local notify, said = vim.notify, {}
  vim.notify = function(words)
    said[#said + 1] = words
  end
  local function last()
    return table.concat(said, '\n')
  end

  local offered = vim.fn.getcompletion('Copydesk ', 'cmdline')
  assert(vim.tbl_contains(offered, 'who') and vim.tbl_contains(offered, 'restart') and vim.tbl_contains(offered, 'stylebook'), vim.inspect(offered))
  assert(vim.tbl_contains(vim.fn.getcompletion('Copydesk explain figure-c', 'cmdline'), 'figure-conflict'), 'rules are not completed')
  assert(vim.tbl_contains(vim.fn.getcompletion('Copydesk who ann', 'cmdline'), 'Anna Brandvold'), 'names are not completed')

  vim.cmd('Copydesk who Brandvold')
  local lines, window = float_lines()
  assert(lines and lines[1]:find('Anna Brandvold', 1, true), vim.inspect(lines) .. last())
  vim.api.nvim_win_close(window, true)

  vim.cmd('Copydesk explain name-misspelled')
  lines, window = float_lines()
  assert(lines and table.concat(lines, '\n'):find('near miss', 1, true), vim.inspect(lines) .. last())
  vim.api.nvim_win_close(window, true)

  vim.cmd('Copydesk dossier')
  assert(vim.bo.filetype == 'copydesk-dossier', last())
  lines = vim.api.nvim_buf_get_lines(0, 0, -1, false)
  assert(lines[1]:find('1 differs', 1, true), table.concat(lines, '\n'))
  vim.fn.search('^! Anna Brandvodl')
  vim.api.nvim_feedkeys(vim.api.nvim_replace_termcodes('<CR>', true, false, true), 'x', false)
  assert(vim.api.nvim_get_current_buf() == buffer and vim.api.nvim_win_get_cursor(0)[1] == 3, 'not at the mention')
  vim.cmd('Copydesk dossier')
  vim.fn.search('^ *Evening Dispatch')
  vim.api.nvim_feedkeys(vim.api.nvim_replace_termcodes('<CR>', true, false, true), 'x', false)
  assert(vim.api.nvim_buf_get_name(0):find('council.md', 1, true), 'not in the source: ' .. vim.api.nvim_buf_get_name(0))
  vim.cmd('only')

  vim.api.nvim_set_current_buf(buffer)
  vim.cmd('Copydesk config')
  assert(vim.api.nvim_buf_get_name(0) == vim.loop.fs_realpath(folder) .. '/copydesk.toml', vim.api.nvim_buf_get_name(0) .. last())
  vim.api.nvim_set_current_buf(buffer)
  vim.cmd('Copydesk stylebook')
  assert(last():find('names no stylebook', 1, true), last())
  vim.cmd('Copydesk check')
  assert(last():find('checked: ', 1, true), last())
  vim.cmd('Copydesk nonsense')
  assert(last():find('there is no :Copydesk nonsense', 1, true), last())

  local before = client_of(buffer).id
  vim.cmd('Copydesk restart')
  wait_for('another server', function()
    local now = client_of(buffer)
    return now and now.id ~= before
  end)
  wait_for('the finding', function()
    return #vim.diagnostic.get(buffer) > 0
  end)
  vim.notify = notify
  vim.api.nvim_set_current_buf(draft)
end)

check(':help copydesk and :checkhealth copydesk are there', function()
  vim.cmd('helptags ' .. repository .. '/editors/nvim/doc')
  vim.cmd('help copydesk')
  assert(vim.api.nvim_buf_get_name(0):find('copydesk.txt', 1, true), vim.api.nvim_buf_get_name(0))
  vim.cmd('help :Copydesk')
  vim.cmd('helpclose')
  vim.cmd('checkhealth copydesk')
  local report = table.concat(vim.api.nvim_buf_get_lines(0, 0, -1, false), '\n')
  assert(report:find('checked against', 1, true) and report:find('copydesk 0', 1, true) and not report:find('ERROR', 1, true), report)
  vim.cmd('bwipeout!')
  vim.cmd('silent! only')
  vim.api.nvim_set_current_buf(draft)
  os.remove(repository .. '/editors/nvim/doc/tags')
end)

check('a finding moves with the text before it, whatever its width', function()
  local at = find(draft, expect.finding.words)
  vim.api.nvim_buf_set_text(draft, at.row, 0, at.row, 0, { '😀é ' })
  local width = #'😀é '
  local words_length = at.stop - at.start
  wait_for('the finding in its new place', function()
    local found = finding_at(draft, expect.finding.words)
    local moved = find(draft, expect.finding.words)
    assert(moved.start == at.start + width)
    -- Neovim moves marks along by itself: only a fresh answer of the server says something.
    return found and found.user_data and found.col <= moved.start and found.end_col >= moved.start + words_length
  end)
  vim.api.nvim_buf_set_text(draft, at.row, 0, at.row, width, { '' })
  wait_for('the finding back in its place', function()
    local found = finding_at(draft, expect.finding.words)
    return found and found.end_col <= at.stop
  end)
end)

check('the quick fix changes the buffer and the finding goes', function()
  local at = find(draft, expect.fix.words)
  vim.api.nvim_win_set_cursor(0, { at.row + 1, at.start })
  -- The user's own way to an action, with her choice made for her.
  local select, refused = vim.ui.select, nil
  vim.ui.select = function(items, options, choose)
    local offered = {}
    for _, item in ipairs(items) do
      local title = options.format_item and options.format_item(item) or tostring(item)
      offered[#offered + 1] = title
      if title:find(expect.fix.title, 1, true) then
        return choose(item, #offered)
      end
    end
    refused = table.concat(offered, '; ')
    choose(nil)
  end
  vim.lsp.buf.code_action()
  wait_for('the change', function()
    local line = vim.api.nvim_buf_get_lines(draft, at.row, at.row + 1, false)[1]
    return refused or line:find(expect.fix.becomes, 1, true) and not line:find(expect.fix.words, 1, true)
  end)
  vim.ui.select = select
  assert(not refused, 'offered were only: ' .. tostring(refused))
  wait_for('the finding to go', function()
    for _, left in ipairs(vim.diagnostic.get(draft)) do
      if left.lnum == at.row and left.message:find(expect.finding.message, 1, true) then
        return false
      end
    end
    return true
  end)
end)

check('definition jumps to what is known', function()
  put_cursor(expect.definition.words)
  local before = vim.api.nvim_win_get_cursor(0)
  vim.lsp.buf.definition()
  wait_for('the jump', function()
    local now = vim.api.nvim_win_get_cursor(0)
    return vim.api.nvim_get_current_buf() ~= draft or now[1] ~= before[1]
  end)
  if vim.bo.buftype == 'quickfix' then -- several places come as a list
    vim.cmd('cfirst')
  end
  assert(vim.bo.buftype == '', 'in no file')
  local landed = vim.api.nvim_get_current_line()
  assert(landed:find(expect.definition.lands, 1, true), vim.api.nvim_buf_get_name(0) .. ': ' .. landed)
  -- The list's window would get the next draft.
  vim.cmd('silent! cclose')
  vim.cmd('silent! lclose')
  vim.cmd('silent! only')
end)

check('two decisions in a row go into the stylebook, made where it is missing, and count unsaved', function()
  local folder = work .. '/desk/decided'
  write_file(folder .. '/copydesk.toml', 'stylebook = "stylebook.toml"\n')
  local buffer = open(folder .. '/draft.md', 'The engineer Peter Quillfeather met the writer Oda Brandvold.\n')
  wait_for('the client', function()
    return client_of(buffer)
  end)
  local path = folder .. '/stylebook.toml'
  local function is_open()
    return vim.fn.bufloaded(path) == 1
  end
  -- A Neovim that makes no files for a server leaves the first decision to it, on disk.
  local function lines()
    if is_open() then
      return vim.api.nvim_buf_get_lines(vim.fn.bufnr(path), 0, -1, false)
    end
    return vim.fn.filereadable(path) == 1 and vim.fn.readfile(path) or {}
  end
  for count, name in ipairs({ 'Peter Quillfeather', 'Oda Brandvold' }) do
    local title = ('Stylebook: the desk writes “%s”'):format(name)
    local select = vim.ui.select
    vim.ui.select = function(items, options, choose)
      for index, item in ipairs(items) do
        local shown = options.format_item and options.format_item(item) or tostring(item)
        if shown:find(title, 1, true) then
          return choose(item, index)
        end
      end
      choose(nil)
    end
    put_cursor(name)
    vim.lsp.buf.code_action()
    wait_for('the decision on ' .. name, function()
      return vim.tbl_contains(lines(), ('name = "%s"'):format(name))
    end)
    vim.ui.select = select
    local entries = vim.tbl_filter(function(line)
      return line == '[[person]]'
    end, lines())
    assert(#entries == count, table.concat(lines(), '\n'))
    -- Its edits have to reach the server before the next question.
    wait_for('the stylebook at the server', function()
      return not is_open() or client_of(vim.fn.bufnr(path))
    end)
    vim.api.nvim_set_current_buf(buffer)
  end
end)

local as_html = '<!doctype html>\n<html><body><p>' .. text:gsub('\n\n', '</p>\n<p>') .. '</p></body></html>\n'
for _, kind in ipairs({ { 'txt', text }, { 'html', as_html } }) do
  local extension, content = kind[1], kind[2]
  check(('.%s drafts are checked too'):format(extension), function()
    local buffer = open(('%s/desk/drafts/other.%s'):format(work, extension), content)
    wait_for('the finding', function()
      return finding_at(buffer, expect.finding.words)
    end)
  end)
end

check('one server serves all drafts, and it stops when told to', function()
  local client = client_of(draft)
  local current = client_of(0)
  assert(current and current.id == client.id, 'another client for another draft')
  local id = client.id
  if vim.fn.has('nvim-0.11') == 1 then
    client:stop()
  else
    client.stop()
  end
  wait_for('the server to stop', function()
    return vim.lsp.get_client_by_id(id) == nil
  end)
end)

finish()
