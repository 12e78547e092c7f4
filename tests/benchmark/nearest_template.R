# SPDX-License-Identifier: GPL-3.0-or-later
# Nearest template prediction written again in R, to compare `geneglass-cli subtype` with. Without words it prints what
# tests/inference/subtype/nearest_template_test.cpp and tests/inference/learning/evaluation/subtype_table_test.cpp expect. With
#   Rscript nearest_template.R GENEGLASS-CLI BULK
# (BULK: the folder with crcTCGAsubset.* and templates.CMS.tsv) it calls the program on the 92 profiles, as they are and with
# quantile normalisation, and prints the greatest difference of distances and p and how many calls are the published ones.
words <- commandArgs(TRUE)

standardised <- function(values) {                     # genes x samples
  z <- t(scale(t(values)))
  z[stats::complete.cases(z), , drop = FALSE]
}

ntp <- function(z, genes, class, draws = 1000) {       # genes: rows of z by name, one a row of the templates
  names <- sort(unique(class))
  known <- genes %in% rownames(z)
  at <- match(genes[known], rownames(z))
  template <- sapply(names, function(k) as.numeric(class[known] == k))
  cosine <- function(v) drop(v %*% template) / sqrt(sum(v^2)) / sqrt(colSums(template))
  similarity <- t(apply(z[at, , drop = FALSE], 2, cosine))
  p <- sapply(seq_len(ncol(z)), function(j) {
    null <- replicate(draws, max(cosine(sample(z[, j], length(at), replace = TRUE))))
    max(rank(-c(max(similarity[j, ]), null))[1] / (draws + 1), 1 / draws)
  })
  list(distance = sqrt((1 - similarity) / 2), nearest = names[max.col(similarity)], p = p)
}

quantiles <- function(m) {                             # limma's normalizeQuantiles, ties averaged
  target <- rowMeans(apply(m, 2, sort))
  n <- length(target)
  normal <- apply(m, 2, function(v) approx(seq_len(n), target, rank(v))$y)
  dimnames(normal) <- dimnames(m)
  normal
}

fixture <- function() {
  set.seed(1)
  value <- outer(0:29, 0:11, function(g, s) (7 * s + 11 * g + 3 * s * g) %% 23 + ifelse(g < 15 & g %% 3 == s %% 3, 9, 0))
  dimnames(value) <- list(paste0("G", 0:29), paste0("S", 0:11))
  value["G29", ] <- 5                                  # does not vary
  genes <- c(paste0("G", 0:14), "G4", "G77")           # one marks two classes, one is not there
  class <- c(c("A", "B", "C")[0:14 %% 3 + 1], "A", "B")
  found <- ntp(standardised(value), genes, class, 20000)
  for (s in c(1, 2, 9)) cat(sprintf("S%d %s p %.4f: %s\n", s - 1, found$nearest[s], found$p[s],
                                    paste(sprintf("%.12f", found$distance[s, ]), collapse = ", ")))
  normal <- ntp(standardised(quantiles(value)), genes, class, 10)
  cat("quantiles, S1:", sprintf("%.12f", normal$distance[2, ]), "\n")
}

compare <- function(program, bulk) {
  file <- function(name) file.path(bulk, name)
  counts <- as.matrix(read.delim(gzfile(file("crcTCGAsubset.exprs.tsv.gz")), check.names = FALSE, row.names = 1))
  templates <- read.delim(file("templates.CMS.tsv"))
  clinical <- read.delim(file("crcTCGAsubset.pheno.tsv"))
  published <- clinical$CMS.Syn[match(colnames(counts), clinical$sample)]
  labelled <- !is.na(published)
  plain <- tempfile(fileext = ".tsv")
  out <- tempfile(fileext = ".csv")
  writeLines(readLines(gzfile(file("crcTCGAsubset.exprs.tsv.gz"))), plain)
  for (way in c("log2", "log2, quantiles")) {
    call <- paste(program, "subtype", plain, "--templates", file("templates.CMS.tsv"), "--scale log2 --out", out,
                  if (way == "log2") "" else "--quantiles")
    seconds <- system.time(status <- system(call, ignore.stdout = TRUE))[3]
    stopifnot(status == 0)
    ours <- read.csv(out)
    value <- log2(counts + 1)
    if (way != "log2") value <- quantiles(value)
    set.seed(1)
    theirs <- ntp(standardised(value), as.character(templates$probe), templates$class)
    rate <- p.adjust(theirs$p, "fdr")
    stopifnot(ours$sample == colnames(counts))
    called <- ours$call != ""
    distances <- as.matrix(ours[, grep("distance_", names(ours))])
    spread <- sqrt(pmax(theirs$p * (1 - theirs$p), 1e-3) * 2 / 1000)  # of the difference of two such p
    cat(sprintf("%s (%.1f s): %d samples, greatest difference of a distance %.2e, nearest differ %d\n", way, seconds,
                nrow(ours), max(abs(distances - theirs$distance)), sum(ours$nearest != theirs$nearest)))
    cat(sprintf("  p: greatest difference %.4f, %.2f of its standard deviations; called here %d, in R %d, differ %d\n",
                max(abs(ours$p - theirs$p)), max(abs(ours$p - theirs$p) / spread), sum(called), sum(rate <= 0.05),
                sum(called != (rate <= 0.05))))
    cat(sprintf("  published: nearest is right for %d of %d, %d of the %d that are called\n",
                sum((ours$nearest == published)[labelled]), sum(labelled), sum((ours$nearest == published)[labelled & called]),
                sum(labelled & called)))
  }
}

if (length(words) == 2) compare(words[1], words[2]) else fixture()
