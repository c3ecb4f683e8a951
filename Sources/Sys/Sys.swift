// Sys
