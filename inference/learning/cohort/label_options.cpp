// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/learning/cohort/label_options.h"

namespace geneglass {

std::vector<RequestOption> optionsOf(LabelSource& source) {
  return {
      requestOption("--expression", source.expression,
                    "CSV of a case and its values a row; COHORT.csv is then slide,case,split alone"),
      requestChoice<LabelRule>(
          "--labels", source.rule,
          {{"checked", LabelRule::Checked}, {"log2", LabelRule::Log2}, {"as-is", LabelRule::AsIs}},
          "checked: values as they are, refused where they look like counts; log2: log2(x + 1); as-is")
          .withDefault(),
      requestChoice<LabelRule>(
          "--fold-change", source.rule,
          {{"log10", LabelRule::FoldChangeLog10}, {"log2", LabelRule::FoldChangeLog2}},
          "Labels from a tumour and a matched normal sample t, n of each patient; log10: log10(1 + t / n) of "
          "counts, log2: log2((t + 1) / (n + 1)) of TPM")
          .excluding({"--expression", "--labels"})
          .needing({"--tumour", "--normal"}),
      requestOption("--tumour", source.tumour, "CSV of a patient, or a TCGA sample 01, and its values a row")
          .needing({"--fold-change"}),
      requestOption("--normal", source.normal,
                    "CSV of a patient, or a TCGA sample 11, and its values a row; may be the same")
          .needing({"--fold-change"}),
      requestOption("--genes", source.genes,
                    "Of --expression or --fold-change, separated by commas; default: all"),
      requestOption("--panel", source.panel, "A file of the genes instead, one symbol a line")
          .excluding({"--genes"}),
  };
}

}  // namespace geneglass
