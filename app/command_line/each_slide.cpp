// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/command_line/each_slide.h"

#include <fmt/format.h>

#include <filesystem>
#include <map>

#include "app/progress_line.h"
#include "viewer/foundation/exception_reason.h"
#include "viewer/slide/pixel_size.h"
#include "viewer/slide/slide_name.h"
#include "viewer/slide/slide_probe.h"

namespace geneglass {
namespace {

/// Results are named after the slide's file, so two slides of one name would write over each other.
Result<void> checkNames(const std::vector<std::string>& slides) {
  std::map<std::string, std::string> files;
  for (const std::string& slide : slides) {
    const auto [other, isNew] = files.insert({slideNameOf(slide), slide});
    if (!isNew)
      return fail(
          fmt::format("'{}' and '{}' would write the same result: give them one after the other, with "
                      "folders of their own.",
                      other->second, slide));
  }
  return {};
}

Result<SlideDone> workOn(const std::string& file, const EachSlideOptions& options, SlideProbe& probe,
                         std::stop_token stop, const SlideWork& work) {
  try {
    const Result<OpenedSlide> opened = openProbed(probe, file, options.mpp);
    if (!opened) return tl::unexpected(opened.error());
    return work(*opened, stop);
  } catch (const std::exception& error) {
    return fail(fmt::format("'{}' could not be worked on: {}.", file, reasonOf(error)));
  }
}

}  // namespace

void declareEachSlide(CLI::App& command, EachSlideOptions& options) {
  command.add_option("SLIDE", options.slides, "The slides")->required();
  command.add_option("--out", options.folder, "Folder for the results")->required();
  command.add_option("--threads", options.threads, "Processor threads; 0 = all")->check(CLI::Range(0, 1024));
  command.add_option("--mpp", options.mpp, "Micrometres per pixel, instead of what the files say")
      ->check(CLI::Range(kLeastMpp, kMostMpp));
}

Result<SlidesOutcome> eachSlide(const EachSlideOptions& options, std::stop_token stop,
                                const SlideWork& work) {
  const Result<void> checked = checkNames(options.slides);
  if (!checked) return tl::unexpected(checked.error());
  std::error_code error;
  std::filesystem::create_directories(options.folder, error);
  if (error) return fail(fmt::format("Cannot make the folder '{}': {}.", options.folder, error.message()));
  SlidesOutcome outcome;
  SlideProbe probe;  // one slide that crashes its decoder shall not cost those that follow
  for (const std::string& file : options.slides) {
    if (stop.stop_requested()) return fail("The command was stopped; what was finished is kept.");
    const Result<SlideDone> done = workOn(file, options, probe, stop, work);
    endProgressLine();
    if (!done) {
      outcome.failed.push_back({file, done.error().sentence});
      continue;
    }
    outcome.done.push_back(*done);
    if (!options.json) fmt::print("{}\n", done->line);
    std::fflush(stdout);
  }
  return outcome;
}

Outcome outcomeOf(const SlidesOutcome& outcome) {
  if (outcome.failed.empty()) return {};
  if (outcome.failed.size() == 1 && outcome.done.empty()) return fail(outcome.failed.front().reason);
  std::string text = fmt::format("{} of {} slides failed:", outcome.failed.size(),
                                 outcome.failed.size() + outcome.done.size());
  for (const SlideFailed& slide : outcome.failed) text += "\n  " + slide.reason;
  return fail(text);
}

}  // namespace geneglass
