// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <CLI/CLI.hpp>

#include "app/command_line/command.h"
#include "app/command_line/slide_work.h"

namespace geneglass {

/// Declares SLIDE..., --slides, --shard, --out, --threads, --mpp and --progress; the rest is the command's
/// own.
void declareEachSlide(CLI::App& command, EachSlideOptions& options);

/// Does the work with each slide and goes on after one that fails. Prints a line a slide, unless
/// options.json. With a manifest it is a run: others may work into the same folder, and each slide is done
/// once; what is done as it was asked for is passed over; FOLDER/run/COMMAND holds the records of its
/// slides, and beside it, named by the part, is its report. A slide that is being worked on has its
/// SlideClaim beside the results: a run waits for others', without a manifest such a slide fails. Errors: the
/// manifest's; two slides of one name, a folder that cannot be made, a report that cannot be written,
/// stopped.
Result<SlidesOutcome> eachSlide(const EachSlideOptions& options, std::stop_token stop, const SlideWork& work);

/// Nothing where all went well, else the sentence that names every slide that failed and why.
Outcome outcomeOf(const SlidesOutcome& outcome);

}  // namespace geneglass
