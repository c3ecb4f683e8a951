// NAME masugata-config
