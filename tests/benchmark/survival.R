# SPDX-License-Identifier: GPL-3.0-or-later
# Prints what tests/inference/learning/statistics/survival_test.cpp expects, by R's package survival: patients with tied
# times, tied scores, and censoring at times of events. Needs r-cran-survival. Call: Rscript survival.R
suppressMessages(library(survival))
i <- 0:59
time <- (i * 17 + i^2) %% 41 + 1                # many ties
event <- as.numeric((i * 7) %% 5 > 1)
group <- i %% 3
score <- (i * 13) %% 10 - 0.2 * time            # tied for equal times
long <- function(x) paste(sprintf("%.12f", x), collapse = ", ")

curve <- survfit(Surv(time, event) ~ 1)
at <- c(1, 5, 10, 16, 21)
cat(length(curve$time), "times\n")
print(data.frame(time = curve$time[at], risk = curve$n.risk[at], events = curve$n.event[at], censored = curve$n.censor[at]))
cat("survival", long(curve$surv[at]), "\nlow", long(curve$lower[at]), "\nhigh", long(curve$upper[at]), "\n")
cat("median", summary(curve)$table["median"], "\n")
even <- survfit(Surv(c(1, 2, 3, 4), c(1, 1, 1, 1)) ~ 1)
cat("median of four events at 1 to 4:", summary(even)$table["median"], "\n")
for (groups in list(group, as.numeric(score > 0))) {
  test <- survdiff(Surv(time, event) ~ groups)
  cat(length(test$n), "groups: observed", long(test$obs), "\n  expected", long(test$exp), "\n  chi squared", long(test$chisq),
      "p", sprintf("%.12e", pchisq(test$chisq, length(test$n) - 1, lower.tail = FALSE)), "\n")
}
for (s in list(score, round(score / 3))) {
  found <- concordance(Surv(time, event) ~ s, reverse = TRUE)
  cat("concordance", long(found$concordance), "deviation", long(sqrt(found$var)), "pairs", sum(found$count[1:3]), "\n")
}
