module mulutong

go 1.26
