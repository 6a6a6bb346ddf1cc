# The values in survey_values.csv and survey_weights.csv, by R's survey package.
# Rscript survey.R, in this folder (R 4.2.2, survey 4.1-1; Debian packages r-base-core, r-cran-survey).
suppressMessages(library(survey))
options(digits = 16, survey.lonely.psu = "fail")
people <- read.csv("people.csv", stringsAsFactors = FALSE)
people$age_sex <- paste(people$age, people$sex, sep = "|")
wards <- data.frame(ward = c("North", "South", "West"), Freq = c(2600, 3800, 3600))
age_sex <- data.frame(
  age_sex = c("16-39|F", "16-39|M", "40+|F", "40+|M"), Freq = c(2300, 2200, 2900, 2600))
N <- 10000

yes <- function(x, numerator, base) ifelse(x %in% base, as.numeric(x %in% numerator), NA)
score <- function(x) ifelse(x %in% 1:4, 4 - x, NA)
items <- c("litter", "drugs", "noise")
people$safe_dark <- yes(people$dark, 1:2, 1:5)
people$dark_score <- ifelse(people$dark %in% 1:5, 6 - people$dark, NA)
for (item in items) people[[paste0(item, "_problem")]] <- yes(people[[item]], 1:2, 1:4)
people$asb_score <- rowSums(sapply(people[items], score))
people$asb_high <- as.numeric(people$asb_score >= 5)
people$asb_any <- as.numeric(rowSums(people[paste0(items, "_problem")]) > 0)

people$N <- N
people$base_weight <- people$design_weight * N / sum(people$design_weight)
plain <- function(weights) svydesign(ids = ~1, weights = weights, data = people)
raked <- function(design) rake(
  design, list(~ward, ~age_sex), list(wards, age_sex), control = list(maxit = 5000, epsilon = 1e-13))
rake1 <- raked(plain(~base_weight))
people$w_rake <- weights(rake1)
mean_weight <- N / nrow(people)
trim1 <- trimWeights(rake1, lower = 0.3 * mean_weight, upper = 3 * mean_weight, strict = FALSE)
people$w_trim <- weights(trim1)
people$ward <- factor(people$ward); people$age_sex <- factor(people$age_sex)
population <- c("(Intercept)" = N, wardSouth = 3800, wardWest = 3600,
  "age_sex16-39|M" = 2200, "age_sex40+|F" = 2900, "age_sex40+|M" = 2600)
designs <- list(
  unweighted = plain(rep(1, nrow(people))),
  base = plain(~base_weight),
  rake = rake1,
  rake_fpc = raked(svydesign(ids = ~1, weights = ~base_weight, fpc = ~N, data = people)),
  calib = calibrate(plain(~base_weight), ~ward + age_sex, population = population,
    calfun = "raking", epsilon = 1e-13, maxit = 500),
  fixed = plain(~w_rake), trim = trim1, fixed_trim = plain(~w_trim))

# Wilson's limits solve (p - x)^2 = t^2 x (1 - x) / m for x, where m is the effective base.
wilson <- function(p, variance, df) {
  m <- p * (1 - p) / variance; t <- qt(0.975, df)
  gap <- function(x) (p - x)^2 - t^2 * x * (1 - x) / m
  c(uniroot(gap, c(0, p), tol = 1e-15)$root, uniroot(gap, c(p, 1), tol = 1e-15)$root)
}
rows <- list()
keep <- function(...) rows[[length(rows) + 1]] <<- data.frame(...)
shares <- c("safe_dark", paste0(items, "_problem"), "asb_high", "asb_any")
for (estimator in names(designs)) {
  design <- designs[[estimator]]
  for (indicator in c(shares, "dark_score", "asb_score")) for (group in c("all", levels(people$ward))) {
    inside <- !is.na(people[[indicator]]) & (group == "all" | people$ward == group)
    part <- design[inside, ]
    formula <- as.formula(paste0("~", indicator))
    figure <- svymean(formula, part, na.rm = TRUE, deff = "replace")
    p <- as.numeric(coef(figure)); se <- as.numeric(SE(figure)); df <- sum(inside) - 1
    if (se < 1e-12) next   # 0% or 100%: R has no limits there
    for (method in if (indicator %in% shares) c("mean", "xlogit", "beta", "wilson") else "mean") {
      limits <- if (method == "wilson") wilson(p, se^2, df)
        else if (method == "mean") p + c(-1, 1) * qt(0.975, df) * se
        else as.numeric(attr(eval(bquote(svyciprop(.(formula), part, method = .(method), na.rm = TRUE))), "ci"))
      keep(estimator, indicator, group, method, estimate = p, standard_error = se,
        lower = limits[1], upper = limits[2], base = sum(inside), design_effect = as.numeric(deff(figure)))
    }
  }
  # The plain mean of three percentages, with its covariance: a contrast of totals.
  for (item in items) {
    y <- people[[paste0(item, "_problem")]]
    design$variables[[paste0("in_", item)]] <- as.numeric(!is.na(y))
    design$variables[[paste0("yes_", item)]] <- ifelse(is.na(y), 0, y)
  }
  for (group in c("all", levels(people$ward))) {
    inside <- group == "all" | people$ward == group
    totals <- svytotal(~yes_litter + in_litter + yes_drugs + in_drugs + yes_noise + in_noise, design[inside, ])
    figure <- svycontrast(totals, quote((yes_litter / in_litter + yes_drugs / in_drugs + yes_noise / in_noise) / 3))
    p <- as.numeric(coef(figure)); se <- as.numeric(SE(figure)); reach <- qt(0.975, sum(inside) - 1) * se
    keep(estimator, indicator = "asb3_mean", group, method = "mean", estimate = p, standard_error = se,
      lower = p - reach, upper = p + reach, base = sum(inside), design_effect = NA)
  }
}
write.csv(format(do.call(rbind, rows), digits = 15, trim = TRUE), "survey_values.csv", row.names = FALSE, quote = FALSE)

clipped <- people$w_rake
repeat {
  people$now <- pmin(pmax(clipped, 0.3 * mean_weight), 3 * mean_weight)
  after <- weights(raked(svydesign(ids = ~1, weights = ~now, data = people)))
  moved <- max(abs(after - clipped)); clipped <- after
  if (moved < 1e-8) break
}
people$w_trimrake <- clipped
write.csv(format(people[c("id", "w_rake", "w_trim", "w_trimrake")], digits = 15, trim = TRUE),
  "survey_weights.csv", row.names = FALSE, quote = FALSE)
