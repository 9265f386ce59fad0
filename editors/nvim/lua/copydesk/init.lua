--- Starts the copydesk language server from Neovim 0.7 and later, each version by the means it has.
local M = {}

local NAME = 'copydesk'

local defaults = {
  cmd = { 'copydesk', 'lsp' },
  filetypes = { 'markdown', 'text', 'html' },
  root_markers = { 'copydesk.toml', '.git' },
}

-- The protocol's names for languages, where Neovim's file type is another.
local language_ids = { text = 'plaintext' }

-- A stylebook is no draft, but what it says unsaved counts, and a decision is written into it as it stands in the editor.
-- So it goes to a server that runs for its folder; it starts none.
local function share_stylebooks(client)
  local root = client.config.root_dir
  if not root then
    return
  end
  local function share(buffer)
    local name = vim.api.nvim_buf_get_name(buffer)
    if name:sub(-5) == '.toml' and name:sub(1, #root + 1) == root .. '/' and vim.lsp.get_client_by_id(client.id) then
      vim.lsp.buf_attach_client(buffer, client.id)
    end
  end
  vim.api.nvim_create_autocmd({ 'BufReadPost', 'BufNewFile' }, {
    group = vim.api.nvim_create_augroup(NAME .. '-stylebooks-' .. client.id, { clear = true }),
    pattern = '*.toml',
    callback = function(event)
      share(event.buf)
    end,
  })
  for _, buffer in ipairs(vim.api.nvim_list_bufs()) do
    if vim.api.nvim_buf_is_loaded(buffer) then
      share(buffer)
    end
  end
end

--- The client configuration, in the form of |vim.lsp.config()|.
--- @param opts table|nil anything that |vim.lsp.start_client()| takes, and `filetypes` and `root_markers`
function M.config(opts)
  -- The line above a headline: here it opens the dossier.
  vim.lsp.commands['copydesk.dossier'] = function()
    require('copydesk.dossier').open()
  end
  local config = vim.tbl_extend('force', defaults, opts or {})
  config.get_language_id = config.get_language_id
    or function(_, filetype)
      return language_ids[filetype] or filetype
    end
  local on_init = config.on_init
  config.on_init = function(client, ...)
    -- A buffer can be attached once the client is initialised, which it is after this.
    vim.schedule(function()
      share_stylebooks(client)
    end)
    for _, own in ipairs(type(on_init) == 'table' and on_init or { on_init }) do
      own(client, ...)
    end
  end
  return config
end

local function exists(path)
  return vim.loop.fs_stat(path) ~= nil
end

-- Before 0.11 the root has to be found by hand. The nearest folder wins, whichever marker it has.
local function find_root(buffer, markers)
  local folder = vim.fn.fnamemodify(vim.api.nvim_buf_get_name(buffer), ':p:h')
  while true do
    for _, marker in ipairs(markers) do
      if exists(folder .. '/' .. marker) then
        return folder
      end
    end
    local parent = vim.fn.fnamemodify(folder, ':h')
    if parent == folder then
      return nil
    end
    folder = parent
  end
end

local clients_by_root = {} -- 0.7 has no vim.lsp.start() to find a client that can be shared

local function attach_0_7(buffer, config)
  local key = config.root_dir or ''
  local id = clients_by_root[key]
  if not (id and vim.lsp.get_client_by_id(id)) then
    id = vim.lsp.start_client(config)
    clients_by_root[key] = id
  end
  if id then
    vim.lsp.buf_attach_client(buffer, id)
  end
end

local function attach(buffer, config)
  -- Help pages, hover windows and the like are no drafts.
  if vim.bo[buffer].buftype ~= '' or vim.api.nvim_buf_get_name(buffer) == '' then
    return
  end
  config = vim.tbl_extend('force', config, {
    name = NAME,
    root_dir = config.root_dir or find_root(buffer, config.root_markers),
  })
  -- These two are ours; start_client() does not know them.
  config.filetypes, config.root_markers = nil, nil
  if vim.lsp.start then
    vim.lsp.start(config, { bufnr = buffer })
  else
    attach_0_7(buffer, config)
  end
end

local command = defaults.cmd
local again -- attaches all drafts that are open anew

local function attach_on_filetype(config)
  local group = vim.api.nvim_create_augroup(NAME, { clear = true })
  vim.api.nvim_create_autocmd('FileType', {
    group = group,
    pattern = config.filetypes,
    callback = function(event)
      attach(event.buf, config)
    end,
  })
  -- Those opened before setup() ran, as happens when a plugin manager loads the plugin late.
  again = function()
    for _, buffer in ipairs(vim.api.nvim_list_bufs()) do
      if vim.api.nvim_buf_is_loaded(buffer) and vim.tbl_contains(config.filetypes, vim.bo[buffer].filetype) then
        attach(buffer, config)
      end
    end
  end
  again()
end

--- What starts the server.
function M.command()
  local configured = vim.lsp.config and vim.lsp.config[NAME]
  return configured and configured.cmd or command
end

--- Stops the server and starts it anew for the drafts that are open.
function M.restart()
  local server = require('copydesk.server')
  local drafts = {}
  for _, client in ipairs(server.clients()) do
    vim.list_extend(drafts, vim.tbl_keys(client.attached_buffers or {}))
    server.stop(client)
  end
  vim.wait(3000, function()
    return #server.clients() == 0
  end, 20)
  if again then
    again()
  else
    -- What Neovim does for a buffer that gets its type; of a buffer that has it, it does so only once it has started up.
    for _, buffer in ipairs(drafts) do
      if vim.api.nvim_buf_is_valid(buffer) then
        vim.api.nvim_exec_autocmds('FileType', { group = 'nvim.lsp.enable', buffer = buffer, modeline = false })
      end
    end
  end
end

--- Checks drafts from now on. Says so if the program is not there, and leaves Neovim as it was.
--- @param opts table|nil `cmd`, `filetypes`, `root_markers`, `on_attach`, `settings`, `capabilities`, ...
function M.setup(opts)
  local config = M.config(opts)
  command = config.cmd
  if type(config.cmd) == 'table' and vim.fn.executable(config.cmd[1]) == 0 then
    vim.notify(
      ('copydesk: there is no program “%s”. Install it, or give its path: require("copydesk").setup({ cmd = { "/path/to/copydesk", "lsp" } })'):format(
        config.cmd[1]
      ),
      vim.log.levels.ERROR
    )
    return
  end
  if vim.lsp.enable then -- 0.11 and later
    vim.lsp.config(NAME, config)
    vim.lsp.enable(NAME)
  else
    attach_on_filetype(config)
  end
end

return M
