-- The command :Copydesk. What it does is read when it is first used.
if vim.g.loaded_copydesk then
  return
end
vim.g.loaded_copydesk = true

vim.api.nvim_create_user_command('Copydesk', function(command)
  require('copydesk.commands').run(command.fargs)
end, {
  nargs = '*',
  desc = 'Ask copydesk: who, dossier, check, source, explain, config, stylebook, reload, restart, log',
  complete = function(typed, line)
    return require('copydesk.commands').complete(typed, line)
  end,
})
