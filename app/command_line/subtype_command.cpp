// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>

#include <memory>
#include <string>

#include "app/command_line/command.h"
#include "app/command_line/declare_options.h"
#include "app/streams.h"
#include "inference/learning/evaluation/subtype_table.h"
#include "viewer/foundation/files/text_file.h"

namespace geneglass {
namespace {

struct SubtypeCall {
  std::string expression;
  std::string templates;
  std::string reference;
  std::string out;
  bool json = false;
  SubtypeOptions options;
};

Outcome subtype(const SubtypeCall& asked, std::stop_token stop) {
  const Result<TemplateSet> templates = readTemplates(asked.templates);
  if (!templates) return tl::unexpected(templates.error());
  const std::vector<std::string> genes = namesOf(*templates);
  const Result<ExpressionTable> table = readExpressionTableOf(asked.expression, genes);
  if (!table) return tl::unexpected(table.error());
  Result<ExpressionTable> reference = fail("not wanted");
  if (!asked.reference.empty()) {
    reference = readExpressionTableOf(asked.reference, genes);
    if (!reference) return tl::unexpected(reference.error());
  }
  const Result<SubtypeTable> called =
      callSubtypes(*table, asked.reference.empty() ? *table : *reference, *templates, asked.options, stop);
  if (!called) return tl::unexpected(called.error());
  if (!asked.out.empty())
    if (const Result<void> written = writeText(asked.out, subtypesAsCsv(*called)); !written) return written;
  for (const std::string& note : called->notes) say(note + '\n');
  fmt::print("{}", asked.json ? subtypesAsJson(*called) + "\n" : subtypesAsText(*called));
  if (!asked.out.empty() && !asked.json) fmt::print("{} written\n", asked.out);
  return {};
}

}  // namespace

void addSubtypeCommand(CLI::App& program, Run& run) {
  auto asked = std::make_shared<SubtypeCall>();
  CLI::App* command =
      program.add_subcommand("subtype", "Calls the subtype of measured samples by nearest template");
  command
      ->add_option("EXPRESSION", asked->expression,
                   "A table of expression: samples in rows and genes in columns, or the reverse")
      ->required();
  command
      ->add_option("--templates", asked->templates,
                   "The genes of each class: a table with the columns class and symbol (and, where the "
                   "expression names genes otherwise, probe)")
      ->required();
  command->add_option("--reference", asked->reference,
                      "A table of a cohort whose means and deviations standardise the genes; default: "
                      "EXPRESSION itself");
  declareOptions(
      *command,
      {requestChoice<ValueScale>(
           "--scale", asked->options.scale,
           {{"checked", ValueScale::Checked}, {"log2", ValueScale::Log2}, {"as-is", ValueScale::AsIs}},
           "checked: values as they are, refused where they look like counts; log2: log2(x + 1); as-is")
           .withDefault(),
       requestOption("--seed", asked->options.seed, "Of the draws that p is from").withDefault()});
  command->add_flag(
      "--quantiles", asked->options.quantiles,
      "Gives every sample the mean distribution of the reference first, as is usual for counts");
  command->add_option("--threads", asked->options.threads, "Processor threads; 0 = all")
      ->check(CLI::Range(0, 1024));
  command->add_option("--out", asked->out, "Writes the calls to this FILE.csv");
  command->add_flag("--json", asked->json, "One JSON object instead of text");
  command->callback([asked, &run] { run = [asked](std::stop_token stop) { return subtype(*asked, stop); }; });
}

}  // namespace geneglass
