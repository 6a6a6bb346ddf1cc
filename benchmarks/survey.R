# What R's survey package needs for some figures of a wave, drawn at random. Arguments: the folder
# with people.csv, margins.csv and cells.csv, as bench_survey.py writes them. The result is JSON.
suppressMessages(library(survey))
folder <- commandArgs(TRUE)[1]
people <- read.csv(file.path(folder, "people.csv"), stringsAsFactors = TRUE)
margins <- read.csv(file.path(folder, "margins.csv"))
cells <- read.csv(file.path(folder, "cells.csv"), stringsAsFactors = FALSE)
seconds <- function(from) sum((proc.time() - from)[1:2])
population <- function(name) {
  rows <- margins[margins$margin == name, ]
  setNames(data.frame(rows$category, rows$population), c(name, "Freq"))
}
start <- proc.time()
names <- c("age_sex", "ward", "ethnicity")
design <- rake(
  svydesign(ids = ~1, weights = ~weight, data = people),
  lapply(names, function(name) as.formula(paste0("~", name))), lapply(names, population),
  control = list(maxit = 500, epsilon = 1e-10)
)
raking <- seconds(start)
# One group by svyby, as the whole breakdown would be, without the groups that were not drawn.
one <- function(cell) {
  group <- if (cell$breakdown == "overall") rep(TRUE, nrow(people)) else
    people[[cell$breakdown]] == cell$group
  found <- svymean(as.formula(paste0("~", cell$indicator)), design[group, ], na.rm = TRUE)
  c(coef(found), SE(found))
}
times <- replicate(5, {
  start <- proc.time()
  found <<- sapply(seq_len(nrow(cells)), function(at) one(cells[at, ]))
  seconds(start)
})
number <- function(values) paste(formatC(values, digits = 17, format = "g"), collapse = ",")
cat(sprintf(
  '{"raking": %s, "cells": %s, "estimates": [%s], "errors": [%s], "version": "R %s, survey %s"}\n',
  number(raking), number(median(times)), number(found[1, ]), number(found[2, ]),
  paste(R.version$major, R.version$minor, sep = "."), packageVersion("survey")
))
