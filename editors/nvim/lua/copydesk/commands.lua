--- What :Copydesk does, by subcommand.
local server = require('copydesk.server')

local M = {}

local function say(message, level)
  vim.notify('copydesk: ' .. message, level or vim.log.levels.INFO)
end

local function complain(message)
  say(message, vim.log.levels.ERROR)
end

--- The answer; where there is none, that is said.
local function ask(method, params)
  local answer, problem = server.ask(method, params)
  if problem then
    complain(problem)
  end
  return answer
end

local function show(markdown, title)
  local lines = vim.split(vim.trim(markdown), '\n', { plain = true })
  vim.lsp.util.open_floating_preview(lines, 'markdown', { border = 'rounded', focus_id = 'copydesk-' .. title, max_width = 90 })
end

local function rules()
  return server.ask('copydesk/rules', {}) or {}
end

local function names(list)
  return vim.tbl_map(function(one)
    return one.name
  end, list)
end

local function starting_with(typed, words)
  return vim.tbl_filter(function(word)
    return vim.startswith(word:lower(), typed:lower())
  end, words)
end

local function edit(uri)
  vim.cmd('edit ' .. vim.fn.fnameescape(vim.uri_to_fname(uri)))
end

--- The rule of what is found under the cursor.
local function rule_here()
  local row, column = unpack(vim.api.nvim_win_get_cursor(0))
  for _, found in ipairs(vim.diagnostic.get(0, { lnum = row - 1 })) do
    if found.source == 'copydesk' and found.col <= column and column < math.max(found.end_col, found.col + 1) then
      return tostring(found.code or (found.user_data and found.user_data.lsp.code))
    end
  end
end

local function counted(count, what)
  return count == 1 and ('1 ' .. what) or ('%d %ss'):format(count, what)
end

--- Each takes the words behind it; `offers`, what may stand there, given what is typed of it.
local commands = {
  who = {
    run = function(words)
      local name = #words > 0 and table.concat(words, ' ') or vim.fn.expand('<cword>')
      local answer = ask('copydesk/who', vim.tbl_extend('force', server.document(), { name = name }))
      if answer then
        show(answer.markdown, 'who')
      end
    end,
    offers = function(typed)
      return names(server.ask('workspace/symbol', { query = typed }) or {})
    end,
  },
  dossier = {
    run = function()
      require('copydesk.dossier').open()
    end,
  },
  check = {
    run = function()
      local count = ask('copydesk/check', {})
      if not count then
        return
      end
      local found = {}
      for _, kind in ipairs({ { 'errors', 'error' }, { 'warnings', 'warning' }, { 'infos', 'remark' }, { 'hints', 'hint' } }) do
        if count[kind[1]] > 0 then
          found[#found + 1] = counted(count[kind[1]], kind[2])
        end
      end
      say(counted(count.drafts, 'draft') .. ' checked: ' .. (#found > 0 and table.concat(found, ', ') or 'nothing to report'))
    end,
  },
  source = {
    run = function()
      vim.lsp.buf.definition()
    end,
  },
  explain = {
    run = function(words)
      local wanted = words[1] or rule_here()
      for _, rule in ipairs(rules()) do
        if rule.name == wanted then
          local page = server.has(rule.page) and vim.uri_to_fname(rule.page)
          local readable = page and vim.fn.filereadable(page) == 1
          return show(readable and table.concat(vim.fn.readfile(page), '\n') or rule.summary, 'explain')
        end
      end
      complain(wanted and ('there is no rule ' .. wanted) or 'nothing is found under the cursor; name a rule')
    end,
    offers = function()
      return names(rules())
    end,
  },
  config = {
    run = function()
      local setting, problem = server.ask('copydesk/setting', server.document())
      -- A faulty configuration answers for nothing, and is the very file that is wanted.
      local faulty = problem and problem:match('^(.-copydesk%.toml):')
      if setting and server.has(setting.configuration) then
        edit(setting.configuration)
      elseif faulty then
        edit(vim.uri_from_fname(faulty))
      elseif problem then
        complain(problem)
      else
        say('there is no copydesk.toml here; “copydesk init” in the desk’s folder writes one', vim.log.levels.WARN)
      end
    end,
  },
  stylebook = {
    run = function()
      local setting = ask('copydesk/setting', server.document())
      if setting and server.has(setting.stylebook) then
        edit(setting.stylebook)
      elseif setting then
        say('copydesk.toml names no stylebook: stylebook = "stylebook.toml"', vim.log.levels.WARN)
      end
    end,
  },
  reload = {
    run = function()
      if server.client(0) then
        ask('workspace/executeCommand', { command = 'copydesk.reload', arguments = {} })
      else
        complain('no server runs')
      end
    end,
  },
  restart = {
    run = function()
      require('copydesk').restart()
    end,
  },
  log = {
    run = function()
      local path = vim.lsp.log and vim.lsp.log.get_filename and vim.lsp.log.get_filename() or vim.lsp.get_log_path()
      vim.cmd('tabedit ' .. vim.fn.fnameescape(path))
    end,
  },
}

function M.run(words)
  local command = commands[words[1] or 'dossier']
  if not command then
    return complain(('there is no :Copydesk %s; there are %s'):format(words[1], table.concat(M.complete('', 'Copydesk '), ', ')))
  end
  command.run(vim.list_slice(words, 2))
end

--- What may stand where the cursor is in the line of the command.
function M.complete(typed, line)
  local words = vim.split(line, '%s+')
  if #words <= 2 then
    local all = vim.tbl_keys(commands)
    table.sort(all)
    return starting_with(typed, all)
  end
  local command = commands[words[2]]
  return command and command.offers and starting_with(typed, command.offers(typed)) or {}
end

return M
