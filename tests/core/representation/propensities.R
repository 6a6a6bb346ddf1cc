# R's figures for the R-indicator, in propensities.csv: run `Rscript propensities.R` in this folder.
# A person a row, not a group: whether each resident answered, a logistic model of that with a
# place for every joint group, and the spread of what it predicts. Base R, no package.

groups <- read.csv("groups.csv")
groups$group <- factor(seq_len(nrow(groups)))
everybody <- groups[rep(seq_len(nrow(groups)), groups$residents), ]
everybody$answered <- unlist(Map(
  function(n, all) rep(c(1, 0), c(n, all - n)), groups$people, groups$residents
))

# Groups without any answer have no finite logit, so that the model is the linear one of R's lm,
# which predicts the same for a model with a place for every group.
model <- lm(answered ~ group, everybody)
rho <- fitted(model)
N <- length(rho)
deviation <- function(x, around) sqrt(mean((x - around)^2))
S <- deviation(rho, mean(rho))

# The sampling variance of each resident's prediction, each group with its own binomial variance.
x <- model.matrix(model)
bread <- solve(crossprod(x))
sandwich <- bread %*% crossprod(x * sqrt(rho * (1 - rho))) %*% bread
chance <- mean(rowSums((x %*% sandwich) * x))
factor <- sqrt(max(0, 1 - chance / S^2))

margins <- c("age", "sex", "ward")
unconditional <- sapply(margins, function(name) deviation(ave(rho, everybody[[name]]), mean(rho)))
conditional <- sapply(margins, function(name) {
  others <- everybody[setdiff(margins, name)]
  deviation(rho, ave(rho, others))
})

figures <- c(
  rate = mean(rho), spread = S, r = 1 - 2 * S, cv = S / mean(rho),
  adjusted_r = 1 - 2 * S * factor, adjusted_cv = S * factor / mean(rho),
  setNames(unconditional, paste0("unconditional_", margins)),
  setNames(conditional, paste0("conditional_", margins))
)

# The ratio of shares of each ward with its interval, by R's own Wilson interval.
ward <- aggregate(cbind(people, residents) ~ ward, groups, sum)
share <- ward$residents / sum(ward$residents)
limits <- sapply(ward$people, function(n) {
  prop.test(n, sum(ward$people), correct = FALSE)$conf.int
})
figures <- c(
  figures,
  setNames(ward$people / sum(ward$people) / share, paste0("ratio_", ward$ward)),
  setNames(limits[1, ] / share, paste0("lower_", ward$ward)),
  setNames(limits[2, ] / share, paste0("upper_", ward$ward)),
  dissimilarity_ward = sum(abs(ward$people / sum(ward$people) - share)) / 2
)

made <- data.frame(name = names(figures), value = format(unname(figures), digits = 17, trim = TRUE))
write.csv(made, "propensities.csv", row.names = FALSE, quote = FALSE)
