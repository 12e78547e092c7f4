// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/command_line/labelled_cohort.h"

#include <fmt/format.h>

#include "inference/learning/cohort/label_source.h"

namespace geneglass {

LabelRule LabelCall::rule() const {
  if (foldChange == "log10") return LabelRule::FoldChangeLog10;
  if (foldChange == "log2") return LabelRule::FoldChangeLog2;
  return labels == "log2" ? LabelRule::Log2 : labels == "as-is" ? LabelRule::AsIs : LabelRule::Checked;
}

void declareLabels(CLI::App& command, LabelCall& call) {
  CLI::Option* expression =
      command.add_option("--expression", call.expression,
                         "CSV of a case and its values a row; COHORT.csv is then slide,case,split alone");
  CLI::Option* labels = command
                            .add_option("--labels", call.labels,
                                        "checked: values as they are, refused where they look like counts; "
                                        "log2: log2(x + 1); as-is")
                            ->check(CLI::IsMember({"checked", "log2", "as-is"}))
                            ->capture_default_str();
  CLI::Option* change =
      command
          .add_option("--fold-change", call.foldChange,
                      "Labels from a tumour and a matched normal sample t, n of each patient; log10: "
                      "log10(1 + t / n) of counts, log2: log2((t + 1) / (n + 1)) of TPM")
          ->check(CLI::IsMember({"log10", "log2"}))
          ->excludes(expression)
          ->excludes(labels);
  CLI::Option* tumour = command.add_option("--tumour", call.tumour,
                                           "CSV of a patient, or a TCGA sample 01, and its values a row");
  CLI::Option* normal =
      command.add_option("--normal", call.normal,
                         "CSV of a patient, or a TCGA sample 11, and its values a row; may be the same");
  change->needs(tumour)->needs(normal);
  tumour->needs(change);
  normal->needs(change);
  CLI::Option* genes = command
                           .add_option("--genes", call.genes,
                                       "Of --expression or --fold-change, separated by commas; default: all")
                           ->delimiter(',');
  command.add_option("--panel", call.panel, "A file of the genes instead, one symbol a line")
      ->excludes(genes);
}

Result<Cohort> labelledCohort(const std::string& cohort, const LabelCall& call) {
  LabelSource source{call.rule(), call.expression, call.tumour, call.normal, call.panel, call.genes};
  Result<LabelledCohort> labelled = labelCohort(cohort, source);
  if (!labelled) return tl::unexpected(labelled.error());
  for (const std::string& note : labelled->notes) fmt::print(stderr, "{}\n", note);
  return std::move(labelled->cohort);
}

}  // namespace geneglass
