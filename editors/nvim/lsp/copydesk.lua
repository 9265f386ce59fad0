--- Lets Neovim 0.11 and later start the server with `vim.lsp.enable('copydesk')` alone.
return require('copydesk').config()
