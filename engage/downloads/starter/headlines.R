# Compute the leading figures of a wave from its responses, beside the published ones.
#
# Needs R 4 and no other package. Run it anywhere: Rscript scripts/headlines.R
# (In RStudio, set the working directory to the folder `scripts` first.)

told <- grep("^--file=", commandArgs(FALSE), value = TRUE)
here <- if (length(told)) dirname(normalizePath(sub("^--file=", "", told[1]))) else getwd()
bundle <- dirname(here)

# Every cell is a text, for codes such as 01 are no numbers.
read_table <- function(name) {
  read.csv(file.path(bundle, name), colClasses = "character", check.names = FALSE,
           na.strings = character(), fileEncoding = "UTF-8-BOM")
}

# One figure: `rows` say how many points each code of each of its columns is worth. Who gave none
# of these codes is not counted. A figure of several columns is made as its kind says: from
# whether any applies, from the sum of the points, or as the mean of their figures.
figure <- function(responses, weights, rows) {
  worth <- sapply(unique(rows$variable), function(name) {
    some <- rows[rows$variable == name, ]
    as.numeric(some$points)[match(responses[[name]], some$code)]
  })
  worth <- matrix(worth, nrow = nrow(responses))
  kind <- rows$kind[1]
  if (kind == "any") worth <- matrix(apply(worth, 1, max))
  if (kind %in% c("sum_mean", "sum_threshold")) worth <- matrix(rowSums(worth))
  if (kind == "sum_threshold") worth[] <- as.numeric(worth >= as.numeric(rows$threshold[1]))
  mean(apply(worth, 2, function(item) {
    inside <- !is.na(item)
    sum(weights[inside] * item[inside]) / sum(weights[inside])
  }))
}

responses <- read_table("responses/responses.csv")
headlines <- read_table("scripts/headlines.csv")
weights <- as.numeric(responses$response_weight)
missed <- FALSE
for (name in unique(headlines$indicator)) {
  rows <- headlines[headlines$indicator == name, ]
  found <- figure(responses, weights, rows)
  published <- as.numeric(rows$published[1])
  cat(sprintf("%s: %.6f, published %.6f (%s)\n", name, found, published, rows$title[1]))
  missed <- missed || is.na(found) || abs(found - published) > 1e-6
}
quit(status = if (missed) 1 else 0)
