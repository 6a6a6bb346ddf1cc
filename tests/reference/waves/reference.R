# Invented people who answered in two waves, and R's figures for every comparison of the waves.
# Rscript reference.R, in this folder (R 4.2.2, survey 4.1-1; Debian r-base-core, r-cran-survey).
# Writes microdata.csv and margins.csv; diff.csv, which takes the waves as independent samples;
# panel.csv, which knows that the same people answered both; and adjusted.csv.
suppressMessages(library(survey))
options(digits = 16, survey.lonely.psu = "fail", warn = 2)
set.seed(20260321)

n <- 150
person <- data.frame(id = 1:n, ward = sample(sprintf("W%d", 1:4), n, TRUE),
  age_band = sample(c("16-39", "40+"), n, TRUE), sex = sample(c("F", "M"), n, TRUE),
  design_weight = sample(1:3, n, TRUE))
lean <- rnorm(n)   # what a person keeps from one wave to the next
answer <- function(shift, steps) {
  code <- cut(pnorm((lean + rnorm(n) + shift) / sqrt(2)), steps, labels = FALSE)
  code[runif(n) < 0.07] <- 9; code[runif(n) < 0.04] <- NA; code
}
waves <- lapply(1:2, function(w) cbind(person["id"], wave = w, person[-1],
  q_safe = answer(0.15 - w * 0.3, 0:5 / 5), litter = answer(w * 0.2, 0:4 / 4), drugs = answer(0, 0:4 / 4)))
data <- do.call(rbind, waves)
write.csv(data, "microdata.csv", row.names = FALSE, quote = FALSE, na = "")
margins <- rbind(
  data.frame(margin = "age_sex", category = c("16-39|F", "16-39|M", "40+|F", "40+|M"), "1" = c(2300, 2200, 2900, 2600), "2" = c(2400, 2300, 2900, 2600), check.names = FALSE),
  data.frame(margin = "ward", category = sprintf("W%d", 1:4), "1" = c(2600, 2800, 2200, 2400), "2" = c(2700, 2800, 2200, 2500), check.names = FALSE))
margins <- do.call(rbind, lapply(1:2, function(w) data.frame(wave = w, margins[1:2], population = margins[[as.character(w)]])))
write.csv(margins, "margins.csv", row.names = FALSE, quote = FALSE)

yes <- function(x, numerator, base) ifelse(x %in% base, as.numeric(x %in% numerator), NA)
data$safe <- yes(data$q_safe, 1:2, 1:5)
data$safe_score <- ifelse(data$q_safe %in% 1:5, 6 - data$q_safe, NA)
data$litter_problem <- yes(data$litter, 1:2, 1:4)
data$drugs_problem <- yes(data$drugs, 1:2, 1:4)
data$overall <- "all"
data$arm <- ifelse(data$ward %in% c("W1", "W2"), "T", ifelse(data$ward == "W3", "C", "other"))
data$N <- ave(margins$population[margins$margin == "ward"], margins$wave[margins$margin == "ward"], FUN = sum)[c(1, 5)][data$wave]
data$base_weight <- data$design_weight * data$N / ave(data$design_weight, data$wave, FUN = sum)
data$wave_ward <- paste(data$wave, data$ward, sep = ":")
data$wave_age_sex <- paste(data$wave, data$age_band, data$sex, sep = ":")
known <- lapply(c("age_sex", "ward"), function(m) {
  rows <- margins[margins$margin == m, ]
  names <- paste(rows$wave, sub("|", ":", rows$category, fixed = TRUE), sep = ":")
  setNames(data.frame(names, rows$population), c(paste0("wave_", m), "Freq"))
})
raked <- function(design) rake(design, list(~wave_age_sex, ~wave_ward), known, control = list(maxit = 5000, epsilon = 1e-14))
data$w_rake <- weights(raked(svydesign(ids = ~1, strata = ~wave, weights = ~base_weight, data = data)))

# The waves as strata; or the same people in both, who are then the sampling units.
strata <- list(
  unweighted = svydesign(ids = ~1, strata = ~wave, weights = rep(1, nrow(data)), data = data),
  fixed = svydesign(ids = ~1, strata = ~wave, weights = ~w_rake, data = data),
  rake = raked(svydesign(ids = ~1, strata = ~wave, weights = ~base_weight, data = data)),
  rake_fpc = raked(svydesign(ids = ~1, strata = ~wave, weights = ~base_weight, fpc = ~N, data = data)))
people <- list(
  unweighted = svydesign(ids = ~id, weights = rep(1, nrow(data)), data = data),
  fixed = svydesign(ids = ~id, weights = ~w_rake, data = data),
  rake = raked(svydesign(ids = ~id, weights = ~base_weight, data = data)))
shares <- c("safe", "litter_problem", "drugs_problem")
targets <- c(safe = 0.5, drugs_problem = 0.45)

# A weighted sum of domain means: totals of answers over totals of people, and the delta method.
# Each domain mean of a list of indicators is the plain mean of theirs.
contrast <- function(design, indicators, masks, weights) {
  parts <- c(); columns <- c()
  for (d in seq_along(masks)) for (i in indicators) {
    y <- data[[i]]; inside <- masks[[d]] & !is.na(y); at <- length(parts) + 1
    design$variables[[paste0("yes", at)]] <- ifelse(inside, y, 0)
    design$variables[[paste0("in", at)]] <- as.numeric(inside)
    columns <- c(columns, paste0(c("yes", "in"), at))
    parts <- c(parts, sprintf("(%g) * yes%d / in%d", weights[d] / length(indicators), at, at))
  }
  totals <- svytotal(as.formula(paste("~", paste(columns, collapse = "+"))), design)
  svycontrast(totals, str2lang(paste(parts, collapse = "+")))
}
rows <- list()
keep <- function(type, estimator, design, name, group_by, group, masks, weights, n1, n2, target = NA) {
  indicators <- if (name == "problems_mean") c("litter_problem", "drugs_problem") else name
  figure <- contrast(design, indicators, masks, weights)
  e <- as.numeric(coef(figure)); if (!is.na(target)) e <- e - target
  se <- as.numeric(SE(figure)); z <- e / se; df <- n1 + n2 - 2; reach <- qt(0.975, df) * se
  apart <- sapply(seq_along(masks), function(d) SE(contrast(design, indicators, masks[d], weights[d])))
  rows[[length(rows) + 1]] <<- data.frame(type, estimator, indicator = name, group_by, group, target, estimate = e, se, z,
    p_z = 2 * pnorm(-abs(z)), df, p_t = 2 * pt(-abs(z), df), low = e - reach, high = e + reach, n1, n2,
    se_independent = sqrt(sum(apart^2)))
}
compare <- function(designs) {
  rows <<- list()
  for (estimator in names(designs)) for (name in c(shares, "safe_score", "problems_mean")) {
    inside <- if (name == "problems_mean") TRUE else !is.na(data[[name]])
    add <- function(...) keep(estimator = estimator, design = designs[[estimator]], name = name, ...)
    count <- function(mask) sum(inside & mask)
    first <- data$wave == 1; second <- data$wave == 2
    for (by in c("overall", "sex", "ward")) for (g in sort(unique(data[[by]]))) {
      masks <- list(first & data[[by]] == g, second & data[[by]] == g)
      add("wave_diff", group_by = by, group = g, masks = masks, weights = c(-1, 1), n1 = count(masks[[1]]), n2 = count(masks[[2]]))
    }
    for (w in 1:2) {
      masks <- list(data$wave == w & data$sex == "M", data$wave == w & data$sex == "F")
      add(paste0("group_diff_w", w), group_by = "sex", group = "F-M", masks = masks, weights = c(-1, 1), n1 = count(masks[[1]]), n2 = count(masks[[2]]))
    }
    arm <- function(wave, which) wave & data$arm == which
    add("did", group_by = "area", group = "T-C", masks = list(arm(first, "C"), arm(second, "C"), arm(first, "T"), arm(second, "T")),
      weights = c(1, -1, -1, 1), n1 = count(data$arm == "T"), n2 = count(data$arm == "C"))
    if (name %in% names(targets)) add("vs_target", group_by = "overall", group = "wave2", masks = list(second), weights = 1,
      n1 = count(second), n2 = 1, target = targets[[name]])
  }
  do.call(rbind, rows)
}
save <- function(table, file) {
  numbers <- sapply(table, is.double)
  table[numbers] <- lapply(table[numbers], function(x) ifelse(is.na(x), "", formatC(x, digits = 15, format = "g", width = 1)))
  write.csv(table, file, row.names = FALSE, quote = FALSE)
}
independent <- compare(strata)
save(independent, "diff.csv")
paired <- compare(people)
save(paired[paired$type %in% c("wave_diff", "did"), ], "panel.csv")

family <- independent[independent$type == "wave_diff" & independent$estimator == "rake" & independent$group_by == "ward", ]
save(data.frame(family[c("indicator", "group")], p = family$p_t, benjamini_hochberg = p.adjust(family$p_t, "BH"),
  holm = p.adjust(family$p_t, "holm")), "adjusted.csv")
