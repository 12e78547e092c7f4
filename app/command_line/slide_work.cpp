// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/command_line/slide_work.h"

#include <fmt/format.h>

#include "viewer/foundation/exception_reason.h"

namespace geneglass {

StepSeconds stepsOf(const PredictionSeconds& seconds) {
  return {{"tissue", seconds.tissue},
          {"read", seconds.read},
          {"encode", seconds.encode},
          {"aggregate", seconds.aggregate}};
}

Result<SlideDone> workOn(const SlideJob& job, SlideProbe& probe,
                         const std::function<Result<SlideDone>(const OpenedSlide&)>& work) {
  try {
    const Result<OpenedSlide> opened = openProbed(probe, job.file, job.mpp);
    if (!opened) return tl::unexpected(opened.error());
    return work(*opened);
  } catch (const std::exception& error) {
    return fail(fmt::format("'{}' could not be worked on: {}.", job.file, reasonOf(error)));
  }
}

}  // namespace geneglass
