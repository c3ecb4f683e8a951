" Policies of the Masugata reverse proxy, masugata.policy(5)
autocmd BufNewFile,BufRead *.policy setfiletype masugata
