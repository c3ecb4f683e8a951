// NAME masugata-proxy
