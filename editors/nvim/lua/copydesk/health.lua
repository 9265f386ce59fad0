--- :checkhealth copydesk
local server = require('copydesk.server')

local M = {}

-- The names of 0.10; 0.7 has them elsewhere and otherwise.
local function reporter()
  local health = vim.health or require('health')
  return {
    start = health.start or health.report_start,
    ok = health.ok or health.report_ok,
    warn = health.warn or health.report_warn,
    error = health.error or health.report_error,
    info = health.info or health.report_info,
  }
end

function M.check()
  local report = reporter()
  report.start('copydesk: the program')
  local cmd = require('copydesk').command()
  local program = type(cmd) == 'table' and cmd[1] or nil
  if not program then
    report.info('a function of your own starts the server')
  elseif vim.fn.executable(program) == 0 then
    report.error(('there is no program “%s”'):format(program), { 'install copydesk so that it is on the PATH', 'or give its path: require("copydesk").setup({ cmd = { "/path/to/copydesk", "lsp" } })' })
  else
    local version = vim.trim(vim.fn.system({ program, '--version' }))
    if vim.v.shell_error == 0 then
      report.ok(('%s, %s'):format(version, vim.fn.exepath(program)))
    else
      report.error(('“%s --version” failed: %s'):format(program, version))
    end
  end

  report.start('copydesk: the server')
  local clients = server.clients()
  if #clients == 0 then
    report.warn('no server runs', { 'open a Markdown, text or HTML file', 'call require("copydesk").setup(), or from 0.11 on vim.lsp.enable("copydesk")' })
  end
  for _, client in ipairs(clients) do
    report.ok(('client %d runs, with the root %s'):format(client.id, client.config.root_dir or 'none'))
  end
  if #clients > 0 then
    local setting, problem = server.ask('copydesk/setting', {})
    if setting then
      local configuration = server.has(setting.configuration) and vim.uri_to_fname(setting.configuration) or 'no copydesk.toml'
      report.ok(('checked against %s (%s)'):format(setting.against, configuration))
      if server.has(setting.remark) then
        report.info(setting.remark)
      end
    else
      report.error(problem or 'no answer')
    end
  end

  report.start('copydesk: Neovim')
  if vim.fn.has('nvim-0.7') == 1 then
    report.ok('Neovim can all that is needed')
  else
    report.error('Neovim 0.7 or later is needed')
  end
  if vim.fn.has('nvim-0.11') == 1 and vim.diagnostic.config() and not vim.diagnostic.config().virtual_text and not vim.diagnostic.config().virtual_lines then
    report.info('messages stand in the hover and the location list alone; vim.diagnostic.config({ virtual_text = true }) shows them behind the lines')
  end
end

return M
