// NAME masugata-logd
