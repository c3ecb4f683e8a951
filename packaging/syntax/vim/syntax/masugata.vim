" Vim syntax file
" Language: policy of the Masugata reverse proxy, masugata.policy(5)
" Made by packaging/generate from the table of words. Change the table, not this file.

if exists("b:current_syntax")
  finish
endif

syntax case match
syntax iskeyword @,48-57,_,-

syntax match masugataValue /\<\%(ACL\|BASELINE-CONTROL\|BIND\|CHECKIN\|CHECKOUT\|COPY\|DELETE\|GET\|HEAD\|LABEL\|LINK\|LOCK\|MERGE\|MKACTIVITY\|MKCALENDAR\|MKCOL\|MKREDIRECTREF\|MKWORKSPACE\|MOVE\|OPTIONS\|ORDERPATCH\|PATCH\|POST\|PROPFIND\|PROPPATCH\|PUT\|QUERY\|REBIND\|REPORT\|SEARCH\|UNBIND\|UNCHECKOUT\|UNLINK\|UNLOCK\|UPDATE\|UPDATEREDIRECTREF\|VERSION-CONTROL\|always\|append\|default\|deny\|drop\|login\|off\|on\|policy\|process\|refuse\|request\|round_robin\)\>/
syntax match masugataBlock /\<\%(audit\|forwarding\|limits\|listen\|network\|pool\|route\|server\|site\|tls\)\>/
syntax match masugataSetting /\<\%(access_log\|balance\|body\|body_grace\|body_rate\|buffers\|certificate\|chunk_extension\|condition_cost\|connect\|connections\|directory\|drain\|exchanges\|field\|fields\|from\|handshake\|handshakes\|head\|head_size\|http\|http_redirect\|https\|idle\|keep\|key\|linger\|log_backlog\|maximum\|methods\|minimum\|must\|names\|on\|on_full\|queue\|queue_wait\|received\|requests\|response\|response_head\|segment_age\|segment_size\|send\|session_tickets\|target\|ticket_epoch\|tls\|to\|trailer\|unknown_name\|upstream_connections\|via\|weight\|workers\)\>\ze\s*==\@!/
syntax match masugataNumber /\<\d\+\%(\.\d\+\)\?\%(ms\|[smhd%]\|B\|[KMGT]iB\)\?\%(\/\%(s\|min\|h\|d\)\)\?\>/
syntax match masugataAddress /\<\d\+\%(\.\d\+\)\{3}\%(\/\d\+\)\?\>/
syntax match masugataAddress /\<\x*:[0-9a-fA-F:.]*:[0-9a-fA-F:.]*\%(\/\d\+\)\?/
syntax match masugataDate /\<\d\{4}-\d\d-\d\d\>/
syntax match masugataEscape /\\\%(["\\nrt]\|u{\x\{1,6}}\)/ contained
syntax region masugataText start=/"/ skip=/\\./ end=/"/ oneline contains=masugataEscape
syntax match masugataComment /#.*/ contains=@Spell
syntax match masugataComment +//.*+ contains=@Spell
syntax region masugataFold start=/{/ end=/}/ transparent fold

highlight default link masugataBlock Statement
highlight default link masugataSetting Identifier
highlight default link masugataValue Constant
highlight default link masugataNumber Number
highlight default link masugataAddress Number
highlight default link masugataDate Number
highlight default link masugataEscape SpecialChar
highlight default link masugataText String
highlight default link masugataComment Comment

let b:current_syntax = "masugata"
