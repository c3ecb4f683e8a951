" Vim file type plugin
" Language: policy of the Masugata reverse proxy, masugata.policy(5)

if exists("b:did_ftplugin")
  finish
endif
let b:did_ftplugin = 1

setlocal comments=b:#,b:// commentstring=#\ %s
setlocal shiftwidth=2 softtabstop=2 expandtab textwidth=120
setlocal formatoptions-=t
let b:undo_ftplugin = "setlocal comments< commentstring< shiftwidth< softtabstop< expandtab< textwidth< formatoptions<"
