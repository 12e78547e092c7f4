// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/command_line/each_slide.h"

#include <fmt/format.h>

#include <filesystem>
#include <map>
#include <memory>

#include "app/command_line/slide_run.h"
#include "app/progress_line.h"
#include "app/run/slide_claim.h"
#include "viewer/slide/pixel_size.h"
#include "viewer/slide/slide_name.h"

namespace geneglass {
namespace {

/// Results are named after the slide's file, so two slides of one name would write over each other.
Result<std::vector<SlideJob>> jobsOf(const std::vector<std::string>& slides, std::optional<double> mpp) {
  std::vector<SlideJob> jobs;
  std::map<std::string, std::string> files;
  for (const std::string& slide : slides) {
    jobs.push_back({slide, slideNameOf(slide), mpp});
    const auto [other, isNew] = files.insert({jobs.back().name, slide});
    if (!isNew)
      return fail(
          fmt::format("'{}' and '{}' would write the same result: give them one after the other, with "
                      "folders of their own.",
                      other->second, slide));
  }
  return jobs;
}

Result<std::vector<SlideJob>> jobsOf(const EachSlideOptions& options) {
  if (options.manifest.empty()) return jobsOf(options.slides, options.mpp);
  Result<std::vector<SlideJob>> jobs = readManifest(options.manifest);
  if (!jobs) return jobs;
  for (SlideJob& job : *jobs)
    if (!job.mpp) job.mpp = options.mpp;
  if (options.part.empty()) return jobs;
  const Result<Shard> shard = readShard(options.part);
  if (!shard) return tl::unexpected(shard.error());
  std::erase_if(*jobs, [&](const SlideJob& job) { return !shard->holds(job.name); });
  return jobs;
}

std::string checkPart(const std::string& text) {
  const Result<Shard> shard = readShard(text);
  return shard ? "" : shard.error().sentence;
}

/// Two calls into one folder would leave one's maps beside the other's facts. A folder that takes no claim
/// takes no results either, and they say better why.
Result<std::unique_ptr<SlideClaim>> claim(const SlideJob& job, const EachSlideOptions& options,
                                          const SlideWork& work) {
  const std::filesystem::path place = SlideClaim::placeOf(options.folder, job.name, work.command);
  Result<SlideClaim::Taken> taken = SlideClaim::take(place);
  if (!taken) return nullptr;
  if (taken->claim) return std::move(taken->claim);
  return fail(fmt::format(
      "'{}' is being worked on by {}, into the same folder: wait for it, or where it is gone remove "
      "'{}'.",
      job.file, taken->holder, place.string()));
}

Result<SlidesOutcome> oneAfterTheOther(const std::vector<SlideJob>& jobs, const EachSlideOptions& options,
                                       const std::stop_token& stop, const SlideWork& work) {
  SlidesOutcome outcome;
  SlideProbe probe;  // one slide that crashes its decoder shall not cost those that follow
  const RunEvents events(options.progressAsLines);
  events.run(jobs.size(), "");
  for (const SlideJob& job : jobs) {
    if (stop.stop_requested()) return fail("The command was stopped; what was finished is kept.");
    const auto claimed = claim(job, options, work);
    if (claimed) events.slide(job.name, "begun");
    const Result<SlideDone> done =
        claimed ? workOn(job, probe,
                         [&](const OpenedSlide& opened) {
                           return work.work({opened, job, events.progressOf(job.name), false, stop});
                         })
                : tl::unexpected(claimed.error());
    endProgressLine();
    events.slide(job.name, done ? "made" : "failed", done ? "" : done.error().sentence);
    if (!done) {
      outcome.failed.push_back({job.file, done.error().sentence});
      continue;
    }
    outcome.done.push_back(*done);
    if (!options.json) fmt::print("{}\n", done->line);
    std::fflush(stdout);
  }
  events.end(outcome.done.size(), 0, outcome.failed.size());
  return outcome;
}

}  // namespace

void declareEachSlide(CLI::App& command, EachSlideOptions& options) {
  CLI::Option* slides = command.add_option("SLIDE", options.slides, "The slides");
  CLI::Option* manifest =
      command
          .add_option(
              "--slides", options.manifest,
              "Instead of SLIDE: a CSV with the column slide and, where wanted, mpp and name. Runs share "
              "the slides of one folder, and pass over what is done; its report is DIR/run/predict.html")
          ->excludes(slides);
  slides->excludes(manifest);
  command
      .add_option(
          "--shard", options.part,
          "I/N: the I-th of N parts of --slides. A slide is in the part (1 + the first 60 bits of the "
          "SHA-256 of its name modulo N), whichever others are listed")
      ->check(checkPart, "I/N")
      ->needs(manifest);
  command.add_option("--out", options.folder, "Folder for the results")->required();
  command.add_option("--threads", options.threads, "Processor threads; 0 = all")->check(CLI::Range(0, 1024));
  command.add_option("--mpp", options.mpp, "Micrometres per pixel, instead of what the files say")
      ->check(CLI::Range(kLeastMpp, kMostMpp));
  command
      .add_option_function<std::string>(
          "--progress", [&options](const std::string&) { options.progressAsLines = true; },
          "jsonl: a JSON object a line on standard error")
      ->check(CLI::IsMember({"jsonl"}));
  command.parse_complete_callback([&options] {
    if (options.slides.empty() && options.manifest.empty()) throw CLI::RequiredError("SLIDE or --slides");
  });
}

Result<SlidesOutcome> eachSlide(const EachSlideOptions& options, std::stop_token stop,
                                const SlideWork& work) {
  const Result<std::vector<SlideJob>> jobs = jobsOf(options);
  if (!jobs) return tl::unexpected(jobs.error());
  std::error_code error;
  std::filesystem::create_directories(options.folder, error);
  if (error) return fail(fmt::format("Cannot make the folder '{}': {}.", options.folder, error.message()));
  if (options.manifest.empty()) return oneAfterTheOther(*jobs, options, stop, work);
  return SlideRun(options, work, stop).all(*jobs);
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
