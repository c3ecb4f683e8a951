// NAME masugata-audit
