--- The server that runs for a buffer, and questions to it, by the means that each Neovim has.
local M = {}

local ANSWERS_MS = 10000

local function clients()
  if vim.lsp.get_clients then
    return vim.lsp.get_clients({ name = 'copydesk' })
  end
  return vim.tbl_filter(function(client)
    return client.name == 'copydesk'
  end, vim.lsp.get_active_clients())
end

M.clients = clients

--- The client of a buffer, or else any that runs.
function M.client(buffer)
  buffer = buffer == 0 and vim.api.nvim_get_current_buf() or buffer
  local others = clients()
  for _, client in ipairs(others) do
    local attached = client.attached_buffers
    if (attached and attached[buffer]) or (not attached and vim.lsp.buf_is_attached(buffer, client.id)) then
      return client
    end
  end
  return others[1]
end

--- The answer, or nil and why there is none.
function M.ask(method, params, buffer)
  local client = M.client(buffer or 0)
  if not client then
    return nil, 'no server runs: open a draft, or see :checkhealth copydesk'
  end
  -- An empty table would be sent as a list.
  params = next(params) and params or vim.empty_dict()
  local answer, problem
  if vim.fn.has('nvim-0.11') == 1 then
    answer, problem = client:request_sync(method, params, ANSWERS_MS, buffer or 0)
  else
    answer, problem = client.request_sync(method, params, ANSWERS_MS, buffer or 0)
  end
  if not answer then
    return nil, problem or 'no answer'
  end
  local fault = answer.err or answer.error
  if fault then
    return nil, fault.message
  end
  return M.has(answer.result) and answer.result or nil
end

function M.stop(client)
  if vim.fn.has('nvim-0.11') == 1 then
    client:stop()
  else
    client.stop()
  end
end

--- Whether an answer has a value there: nothing comes as nil or as vim.NIL.
function M.has(value)
  return value ~= nil and value ~= vim.NIL
end

--- Which document a question is about; none for a buffer without a file.
function M.document(buffer)
  local name = vim.api.nvim_buf_get_name(buffer or 0)
  if name == '' or vim.bo[buffer or 0].buftype ~= '' then
    return {}
  end
  return { textDocument = { uri = vim.uri_from_bufnr(buffer or vim.api.nvim_get_current_buf()) } }
end

return M
