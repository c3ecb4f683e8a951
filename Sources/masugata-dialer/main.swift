// NAME masugata-dialer
