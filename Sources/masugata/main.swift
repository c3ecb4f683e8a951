// NAME masugata
