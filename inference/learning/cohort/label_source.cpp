// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/learning/cohort/label_source.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "inference/learning/cohort/expression_table.h"
#include "inference/learning/cohort/fold_change.h"
#include "inference/learning/cohort/gene_list.h"
#include "viewer/foundation/files/csv_line.h"
#include "viewer/foundation/files/named_rows.h"

namespace geneglass {
namespace {

Result<LabelledCohort> withExpression(const Cohort& cohort, const std::vector<std::string>& genes,
                                      const LabelSource& source) {
  const Result<ExpressionTable> table = readExpressionTable(source.expression, namesOf(cohort.cases));
  if (!table) return tl::unexpected(table.error());
  const Result<JoinedCohort> joined = joinExpression(cohort, *table, genes);
  if (!joined) return tl::unexpected(joined.error());
  Result<Cohort> labelled = makeLabels(joined->cohort, source.rule);
  if (!labelled) return tl::unexpected(labelled.error());
  std::vector<std::string> notes = joined->notes;
  if (!joined->leftOut.empty())
    notes.push_back(fmt::format("{} cases are not in '{}' and are left out: {}", joined->leftOut.size(),
                                source.expression.string(), fmt::join(joined->leftOut, " ")));
  if (joined->byPatient > 0)
    notes.push_back(
        fmt::format("{} TCGA patients got the row of their tumour sample in '{}'; {} other rows of "
                    "theirs, of normal tissue or a second tumour sample, were not taken",
                    joined->byPatient, source.expression.string(), joined->otherSamples));
  return LabelledCohort{std::move(*labelled), std::move(notes)};
}

Result<LabelledCohort> withFoldChanges(const Cohort& cohort, const std::vector<std::string>& genes,
                                       const LabelSource& source) {
  const Result<ExpressionTable> tumour = readExpressionTable(source.tumour, namesOf(cohort.cases));
  if (!tumour) return tl::unexpected(tumour.error());
  const Result<ExpressionTable> normal = readExpressionTable(source.normal, namesOf(cohort.cases));
  if (!normal) return tl::unexpected(normal.error());
  Result<FoldChanges> made = foldChanges(cohort, *tumour, *normal, genes, source.rule);
  if (!made) return tl::unexpected(made.error());
  return LabelledCohort{std::move(made->cohort), std::move(made->notes)};
}

/// Of a list that was typed: "CD8A, VIM".
std::vector<std::string> withoutBlanks(const std::vector<std::string>& genes) {
  std::vector<std::string> plain;
  for (const std::string& gene : genes)
    if (const std::string only = cellsOf(gene).front(); !only.empty()) plain.push_back(only);
  return plain;
}

Result<LabelledCohort> withOwnColumns(const Cohort& cohort, LabelRule rule) {
  Result<Cohort> labelled = makeLabels(cohort, rule);
  if (!labelled) return tl::unexpected(labelled.error());
  return LabelledCohort{std::move(*labelled), {}};
}

}  // namespace

Result<LabelledCohort> labelCohort(const std::filesystem::path& cohort, const LabelSource& source) {
  const bool apart = !source.expression.empty() || source.isFoldChange();
  if (!apart && !(source.panel.empty() && source.genes.empty()))
    return fail("--genes and --panel choose among the genes of --expression or --fold-change: give one.");
  const Result<Cohort> read = readCohort(cohort, apart ? LabelsAre::Elsewhere : LabelsAre::Here);
  if (!read) return tl::unexpected(read.error());
  if (!apart) return withOwnColumns(*read, source.rule);
  Result<std::vector<std::string>> genes = withoutBlanks(source.genes);
  if (!source.panel.empty()) genes = readGeneList(source.panel);
  if (!genes) return tl::unexpected(genes.error());
  return source.isFoldChange() ? withFoldChanges(*read, *genes, source)
                               : withExpression(*read, *genes, source);
}

}  // namespace geneglass
