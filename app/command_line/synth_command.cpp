// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>

#include <charconv>
#include <memory>
#include <string>

#include "app/command_line/command.h"
#include "app/progress_line.h"
#include "inference/synthetic/synthetic_cohort.h"

namespace geneglass {
namespace {

struct SynthOptions {
  std::string folder;
  std::string size = "6144x6144";
  SyntheticCohortOptions cohort;
};

/// "WxH" -> pixels; {0, 0} where it is written otherwise, or says less than one.
Size parseSize(const std::string& text) {
  Size size;
  const char* end = text.data() + text.size();
  const auto [across, badWidth] = std::from_chars(text.data(), end, size.width);
  if (badWidth != std::errc() || across == end || *across != 'x') return {};
  const auto [down, badHeight] = std::from_chars(across + 1, end, size.height);
  const bool isSize = badHeight == std::errc() && down == end && size.width > 0 && size.height > 0;
  return isSize ? size : Size{};
}

std::string checkSize(const std::string& text) {
  return parseSize(text) == Size{} ? "'" + text + "' is no size such as 6144x6144" : std::string();
}

Outcome writeCohort(const SynthOptions& options, std::stop_token stop) {
  SyntheticCohortOptions cohort = options.cohort;
  cohort.size = parseSize(options.size);
  const Outcome written = writeSyntheticCohort(options.folder, cohort, stop, progressLine());
  endProgressLine();
  if (written) fmt::print("{} synthetic slides: {}/cohort.csv\n", cohort.slides, options.folder);
  if (written && cohort.normal > 0)
    fmt::print("with matched normal slides: {}/diagnosis.csv\n", options.folder);
  return written;
}

}  // namespace

void addSynthCommand(CLI::App& program, Run& run) {
  auto options = std::make_shared<SynthOptions>();
  CLI::App* command = program.add_subcommand(
      "synth", "Makes synthetic H&E slides with planted truth; made again, goes on where it stopped");
  command->add_option("DIR", options->folder, "The folder to write to")->required();
  command->add_option("--slides", options->cohort.slides, "How many slides")
      ->required()
      ->check(CLI::Range(1, 100000));
  command->add_option("--seed", options->cohort.seed, "Another seed, other slides")->required();
  command->add_option("--size", options->size, "WxH in pixels of 0.5 um, 256 to 100000 a side")
      ->check(checkSize, "WxH")
      ->capture_default_str();
  command
      ->add_option("--normal", options->cohort.normal,
                   "Part of the patients, 0 to 1, of whom a matched normal slide is made too: diagnosis.csv")
      ->check(CLI::Range(0.0, 1.0));
  command->add_option("--threads", options->cohort.threads, "0: one a processor")->check(CLI::Range(0, 1024));
  command->add_option("--stain-shift", options->cohort.stainShift, "0 to 3: how foreign the staining is")
      ->check(CLI::Range(0.0, 3.0));
  command->callback(
      [options, &run] { run = [options](std::stop_token stop) { return writeCohort(*options, stop); }; });
}

}  // namespace geneglass
