" Vim syntax file
" Language: policy of the Masugata reverse proxy, masugata.policy(5)
" Made by packaging/generate from the table of words. Change the table, not this file.

if exists("b:current_syntax")
  finish
endif

syntax case match
syntax iskeyword @,48-57,_,-

syntax match masugataValue /\<\%(ACL\|BASELINE-CONTROL\|BIND\|CHECKIN\|CHECKOUT\|COPY\|DELETE\|GET\|HEAD\|LABEL\|LINK\|LOCK\|MERGE\|MKACTIVITY\|MKCALENDAR\|MKCOL\|MKREDIRECTREF\|MKWORKSPACE\|MOVE\|OPTIONS\|ORDERPATCH\|PATCH\|POST\|PROPFIND\|PROPPATCH\|PUT\|QUERY\|REBIND\|REPORT\|SEARCH\|UNBIND\|UNCHECKOUT\|UNLINK\|UNLOCK\|UPDATE\|UPDATEREDIRECTREF\|VERSION-CONTROL\|always\|append\|block\|browsers\|client\|cookie\|default\|delay\|deny\|drop\|fri\|header\|keep\|lax\|learn\|login\|merge\|mon\|none\|off\|on\|policy\|process\|random\|refuse\|reject\|request\|round_robin\|same_origin\|sat\|standard\|strict\|sun\|thu\|tue\|visible\|watch\|wed\)\>/
syntax match masugataClause /\<\%(allow\|at\|because\|body\|cookie\|deny\|from\|header\|host\|in\|location\|no\|on\|over\|path\|pool\|reason\|route\|rule\|sent\|status\|tls\|until\)\>/
syntax match masugataBlock /\<\%(add\|allow\|audit\|cookies\|deny\|errors\|except\|expect\|force\|forwarding\|headers\|include\|limit\|limits\|list\|listen\|log\|maintenance\|network\|path\|pool\|redirect\|remove\|request\|respond\|response\|rewrite\|route\|rules\|secure_headers\|server\|set\|site\|split\|target\|test\|tls\|waf\)\>/
syntax match masugataField /\<\%(all\|any\|client\|cookie\|count\|exists\|header\|host\|len\|length\|lower\|method\|path\|port\|query\|scheme\|time\|tls\.version\|user_agent\|weekday\)\>/
syntax match masugataOperator /\<\%(and\|contains\|ends\|in\|matches\|not\|or\|starts\|when\)\>/
syntax match masugataOperator /[=!<>]=\|[<>]/
syntax match masugataBlock /\<\%(allow\|deny\|path\|pool\|route\|tls\)\>\ze\s*{/
syntax match masugataSetting /\<\%(access_log\|backslash\|balance\|beyond_root\|block_at\|body\|body_grace\|body_rate\|buffers\|burst\|by\|certificate\|characters\|cheap_frames\|chunk_extension\|condition_cost\|connect\|connection_window\|connections\|content_security\|continuations\|controls\|directory\|domain\|drain\|duplicate_slashes\|encoded_backslash\|encoded_slash\|except\|exchanges\|field\|fields\|file\|frame\|from\|handshake\|handshakes\|head\|head_size\|header_table\|hide\|hosts\|hsts\|hsts_subdomains\|http\|http2\|http_only\|http_redirect\|https\|idle\|invalid_percent\|invalid_percent_in_query\|keep\|key\|linger\|location\|log_backlog\|maximum\|methods\|minimum\|mode\|must\|names\|on\|on_full\|overlong\|overwrite\|page\|parameters\|paranoia\|path\|penalties\|penalty\|permissions\|prepend\|prior_knowledge\|queue\|queue_wait\|rate\|reason\|received\|redirect\|referrer\|replace\|requests\|response\|response_head\|retry_after\|rules\|same_site\|secure\|segment_age\|segment_size\|send\|session_tickets\|status\|streams\|strip\|target\|then\|ticket_epoch\|tls\|to\|trailer\|type\|unknown_name\|upstream_connections\|use\|via\|weight\|workers\|zone\)\>\ze\s*==\@!/
syntax match masugataNumber /\<\d\d:\d\d\%(-\d\d:\d\d\)\?\>/
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
highlight default link masugataClause Keyword
highlight default link masugataField Function
highlight default link masugataOperator Operator
highlight default link masugataSetting Identifier
highlight default link masugataValue Constant
highlight default link masugataNumber Number
highlight default link masugataAddress Number
highlight default link masugataDate Number
highlight default link masugataEscape SpecialChar
highlight default link masugataText String
highlight default link masugataComment Comment

let b:current_syntax = "masugata"
