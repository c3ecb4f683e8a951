// NAME masugata-selftest
