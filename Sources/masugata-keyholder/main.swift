// NAME masugata-keyholder
