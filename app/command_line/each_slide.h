// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "app/command_line/command.h"
#include "inference/predict_slide.h"

namespace geneglass {

/// Options of the commands that work through many slides with a model.
struct EachSlideOptions {
  std::vector<std::string> slides;
  std::string package;  ///< empty: the shipped model, where the command allows it
  std::string folder;   ///< where the results go; made where it is missing
  int threads = 0;      ///< 0 = all
  std::optional<double> mpp;
  bool json = false;
};

/// Declares SLIDE..., --out, --threads and --mpp; the rest is the command's own.
void declareEachSlide(CLI::App& command, EachSlideOptions& options);

/// How one slide went: where its result lies, and a line for people.
struct SlideDone {
  std::string file;    ///< as it was given
  std::string result;  ///< the file that was written
  std::string line;
  std::map<std::string, std::filesystem::path> others = {};  ///< further files, by what they are
};
struct SlideFailed {
  std::string file;
  std::string reason;
};
struct SlidesOutcome {
  std::vector<SlideDone> done;
  std::vector<SlideFailed> failed;
};

/// Calls `work` with each opened slide and goes on after one that fails. Prints a line a slide, unless
/// options.json. Errors: two slides of one name, a folder that cannot be made.
using SlideWork = std::function<Result<SlideDone>(const OpenedSlide& opened, std::stop_token stop)>;
Result<SlidesOutcome> eachSlide(const EachSlideOptions& options, std::stop_token stop, const SlideWork& work);

/// Nothing where all went well, else the sentence that names every slide that failed and why.
Outcome outcomeOf(const SlidesOutcome& outcome);

}  // namespace geneglass
