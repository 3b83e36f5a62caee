-- What the test has Neovim do: each step is a line of JSON in the file that $YTVAULT_SAID names.
local said = io.open(vim.env.YTVAULT_SAID, "w")

local function say(step, what)
  said:write(vim.fn.json_encode({ step = step, what = what }) .. "\n")
  said:flush()
end

local function fail(why)
  say("failed", why)
  vim.cmd("cquit 1")
end

local function wait(what, is_so)
  if not vim.wait(30000, is_so, 20) then
    fail(what .. " did not come")
  end
end

local client = vim.lsp.start_client({
  name = "ytvault",
  cmd = vim.fn.json_decode(vim.env.YTVAULT_COMMAND),
  root_dir = vim.fn.getcwd(),
})

local function edit(name)
  vim.cmd("edit " .. name)
  local buffer = vim.api.nvim_get_current_buf()
  vim.lsp.buf_attach_client(buffer, client)
  wait("the server", function()
    return vim.lsp.get_client_by_id(client) and vim.lsp.buf_is_attached(buffer, client)
  end)
  return buffer
end

local function text(buffer)
  return table.concat(vim.api.nvim_buf_get_lines(buffer, 0, -1, false), "\n")
end

local function shown(buffer)
  return vim.tbl_map(function(d)
    return { code = d.code, line = d.lnum, column = d.col, to = d.end_col, source = d.source }
  end, vim.diagnostic.get(buffer))
end

local function ask(buffer, method, params)
  local answers = vim.lsp.buf_request_sync(buffer, method, params, 30000)
  local answer = answers and answers[client]
  if not answer or answer.err then
    fail(method .. ": " .. vim.inspect(answer))
  end
  return answer.result
end

local encoding = "utf-16"

-- a note is opened, and what is wrong is shown
local a = edit("a.md")
wait("findings", function()
  return #vim.diagnostic.get(a) > 0
end)
say("shown", shown(a))

-- a fix is applied
vim.api.nvim_win_set_cursor(0, { 3, 22 })
local params = vim.lsp.util.make_range_params()
params.context = { diagnostics = {} }
for _, action in ipairs(ask(a, "textDocument/codeAction", params)) do
  if action.isPreferred then
    vim.lsp.util.apply_workspace_edit(action.edit, encoding)
    break
  end
end
say("fixed", text(a))
wait("no finding", function()
  return #vim.diagnostic.get(a) == 0
end)

-- a name is completed
vim.api.nvim_buf_set_lines(a, -1, -1, false, { "😀 [[open" })
vim.api.nvim_win_set_cursor(0, { vim.api.nvim_buf_line_count(a), 11 })
local position = vim.lsp.util.make_position_params()
position.position.character = 9 -- behind the last letter
local list = ask(a, "textDocument/completion", position)
local item = list.items[1]
vim.lsp.util.apply_text_edits({ item.textEdit }, a, encoding)
say("completed", vim.api.nvim_buf_get_lines(a, -2, -1, false)[1])

-- a heading is renamed across notes
vim.cmd("silent write")
local b = edit("b.md")
vim.api.nvim_win_set_cursor(0, { 1, 4 })
vim.lsp.buf.rename("New part")
wait("the new name", function()
  return text(a):find("New part", 1, true) ~= nil
end)
say("renamed", { text(a), text(b) })
vim.cmd("silent wall")

-- a file is moved, and its links follow
local move = { files = { { oldUri = vim.uri_from_fname(vim.fn.getcwd() .. "/b.md"), newUri = vim.uri_from_fname(vim.fn.getcwd() .. "/deep/c.md") } } }
vim.lsp.util.apply_workspace_edit(ask(a, "workspace/willRenameFiles", move), encoding)
vim.fn.mkdir("deep", "p")
vim.lsp.util.rename(vim.fn.getcwd() .. "/b.md", vim.fn.getcwd() .. "/deep/c.md")
vim.lsp.get_client_by_id(client).notify("workspace/didRenameFiles", move)
say("moved", text(a))
vim.cmd("silent! wall")

-- what is shown is hovered over, and is looked up
vim.cmd("edit a.md")
vim.api.nvim_win_set_cursor(0, { 3, 6 })
local hovered = ask(a, "textDocument/hover", vim.lsp.util.make_position_params())
say("hovered", hovered.contents.value)
say("left", shown(a))

vim.lsp.stop_client(client)
wait("the end", function()
  return vim.lsp.get_client_by_id(client) == nil or vim.lsp.client_is_stopped(client)
end)
say("ended", true)
vim.cmd("qall!")
