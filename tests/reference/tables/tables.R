# The tests and percentages of two-way tables of tests/reference/waves/microdata.csv, wave 1, by R.
# Rscript tables.R, in this folder (R 4.2.2, survey 4.1-1). Writes tests.csv and cells.csv.
suppressMessages(library(survey))
options(digits = 16, survey.lonely.psu = "fail")
data <- read.csv("../waves/microdata.csv"); data <- data[data$wave == 1, ]
margins <- read.csv("../waves/margins.csv"); margins <- margins[margins$wave == 1, ]
data$age_sex <- paste(data$age_band, data$sex, sep = "|")
known <- lapply(c("age_sex", "ward"), function(m) {
  rows <- margins[margins$margin == m, ]
  setNames(data.frame(rows$category, rows$population), c(m, "Freq"))
})
data$safe <- ifelse(data$q_safe %in% 1:5, data$q_safe, NA)
data$rubbish <- ifelse(data$litter %in% 1:4, data$litter, NA)
data$one <- 1
designs <- list(
  unweighted = svydesign(ids = ~1, weights = ~one, data = data),
  rake = rake(svydesign(ids = ~1, weights = ~design_weight, data = data), list(~age_sex, ~ward),
    known, control = list(maxit = 5000, epsilon = 1e-14)))
tests <- list(); cells <- list()
for (name in names(designs)) for (pair in list(c("ward", "safe"), c("sex", "rubbish"), c("safe", "rubbish"))) {
  for (who in c("all", "F")) {
    if (who == "F" && "sex" %in% pair) next
    # Those outside are in the sample still: their answers are set aside, not their weights.
    design <- designs[[name]]
    if (who == "F") design$variables[design$variables$sex != "F", pair[2]] <- NA
    found <- svychisq(as.formula(paste("~", pair[1], "+", pair[2])), design, statistic = "F")
    tests[[length(tests) + 1]] <- data.frame(estimator = name, rows = pair[1], columns = pair[2],
      who = who, f = unname(found$statistic), df1 = unname(found$parameter[1]), df2 = unname(found$parameter[2]), p = unname(found$p.value))
    v <- design$variables
    there <- !is.na(v[[pair[1]]]) & !is.na(v[[pair[2]]])
    for (r in sort(unique(v[[pair[1]]][there]))) for (c in sort(unique(v[[pair[2]]][there]))) {
      design$variables$yes <- as.numeric(there & v[[pair[1]]] == r & v[[pair[2]]] == c)
      design$variables$row <- as.numeric(there & v[[pair[1]]] == r)
      design$variables$column <- as.numeric(there & v[[pair[2]]] == c)
      design$variables$rest <- as.numeric(there) - design$variables$row
      design$variables$other <- design$variables$column - design$variables$yes
      totals <- svytotal(~yes + row + column + rest + other, design)
      figure <- function(e) { f <- svycontrast(totals, e); c(as.numeric(coef(f)), as.numeric(SE(f))) }
      a <- figure(quote(yes / row)); b <- figure(quote(yes / column)); d <- figure(quote(yes / row - other / rest))
      cells[[length(cells) + 1]] <- data.frame(estimator = name, rows = pair[1], columns = pair[2], who = who,
        row = r, column = c, share = a[1], share_se = a[2], column_share = b[1], column_se = b[2], gap = d[1], gap_se = d[2])
    }
  }
}
options(scipen = 3)
write.csv(do.call(rbind, tests), "tests.csv", row.names = FALSE, quote = FALSE)
write.csv(do.call(rbind, cells), "cells.csv", row.names = FALSE, quote = FALSE)
