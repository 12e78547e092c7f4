// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <optional>
#include <stop_token>
#include <string>
#include <utility>
#include <vector>

#include "app/run/slide_jobs.h"
#include "inference/package/model_package.h"
#include "inference/prediction/prediction.h"
#include "viewer/foundation/progress.h"
#include "viewer/slide/slide_probe.h"

namespace geneglass {

/// Options of the commands that work through many slides with a model.
struct EachSlideOptions {
  std::vector<std::string> slides;
  std::string manifest;  ///< instead of them: then it is a run, see SlideRun
  std::string part;      ///< "I/N" of the manifest's slides; empty: all
  std::string package;   ///< empty: the shipped model, where the command allows it
  std::string folder;    ///< where the results go; made where it is missing
  int threads = 0;       ///< 0 = all
  std::optional<double> mpp;
  bool json = false;
  bool progressAsLines = false;

  bool isOfOneSlide() const { return manifest.empty() && slides.size() == 1; }
};

/// One slide's turn.
struct SlideTurn {
  const OpenedSlide& opened;
  const SlideJob& job;
  OnProgress progress;
  bool isOfRun = false;  ///< what differs from run to run, as seconds do, goes into its report alone
  std::stop_token stop;
};

/// How one slide went.
struct SlideDone {
  std::string file;                                              ///< as it was given
  std::string result;                                            ///< the file that was written
  std::string line;                                              ///< for people
  std::vector<std::pair<std::string, std::string>> others = {};  ///< further files, each after what it is
  std::vector<std::pair<std::string, double>> steps = {};        ///< seconds of each, where they are known
};
struct SlideFailed {
  std::string file;
  std::string reason;
};
struct SlidesOutcome {
  std::vector<SlideDone> done;
  std::vector<SlideFailed> failed;
};

using StepSeconds = std::vector<std::pair<std::string, double>>;
StepSeconds stepsOf(const PredictionSeconds& seconds);

/// What is done with each slide.
struct SlideWork {
  std::string command;  ///< "predict"
  const ModelPackage& package;
  std::string asked;  ///< all that the results depend on but slide and model, as a text
  std::function<Result<SlideDone>(const SlideTurn& turn)> work;
};

/// Opens the slide and calls `work`; what is thrown becomes a sentence that names the file.
Result<SlideDone> workOn(const SlideJob& job, SlideProbe& probe,
                         const std::function<Result<SlideDone>(const OpenedSlide&)>& work);

}  // namespace geneglass
