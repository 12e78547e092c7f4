// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>

#include <cmath>
#include <memory>

#include "app/command_line/command.h"
#include "app/command_line/declare_options.h"
#include "app/progress_line.h"
#include "inference/learning/pretraining/pretrain.h"
#include "inference/learning/pretraining/pretrain_recipes.h"

namespace geneglass {
namespace {

void tellComposition(const PretrainedEncoder& encoder) {
  fmt::print("Trained on {} tiles. Correlation of read and planted fraction over {} tiles of other slides:\n",
             encoder.tiles, encoder.heldOutTiles);
  for (const TissueClass each : kAllTissueClasses)
    if (const double r = encoder.heldOutR[size_t(each)]; std::isfinite(r))
      fmt::print("  {:12} {:6.3f}\n", toString(each), r);
}

void tellNeighbours(const PretrainedEncoder& encoder) {
  fmt::print("Trained on {} tiles. ", encoder.tiles);
  if (std::isfinite(encoder.neighbourAccuracy))
    fmt::print(
        "Of {} tiles of known class, {}, {:.1f} % are of the class of their nearest on other slides.",
        encoder.heldOutTiles,
        encoder.judgedAreHeldOut ? "on slides not trained on" : "trained on, though not on their class",
        100 * encoder.neighbourAccuracy);
  fmt::print("\n");
}

/// Each of several processes tells its own.
void tellUnread(const UnreadTiles& unread, const RankPlace& place) {
  if (unread.count == 0) return;
  const std::string who = place.ranks > 1 ? fmt::format(" by rank {} and were taken for white", place.rank)
                                          : std::string(" and were left out");
  fmt::print("{} of them could not be read{}. The first: {}\n", unread.count, who, unread.reason);
}

/// Of several processes that are called alike the first tells how it goes.
Outcome pretrain(PretrainRequest request, std::stop_token stop) {
  const Result<RankPlace> place = rankPlaceOf(environmentOf);
  if (!place) return tl::unexpected(place.error());
  request.place = *place;
  const OnProgress quiet = [](const Progress&) {};
  const Result<PretrainedEncoder> encoder =
      pretrainEncoder(request, stop, place->rank == 0 ? progressLine() : quiet);
  if (!encoder) return tl::unexpected(encoder.error());
  if (place->rank > 0) {
    tellUnread(encoder->unread, *place);
    return {};
  }
  endProgressLine();
  if (pretrainRecipeNamed(request.recipe)->byContrast) {
    tellNeighbours(*encoder);
  } else {
    tellComposition(*encoder);
  }
  tellUnread(encoder->unread, *place);
  fmt::print("{} written, {}\n", request.out.string(), encoder->package.hash);
  return {};
}

}  // namespace

void addPretrainCommand(CLI::App& program, Run& run) {
  auto asked = std::make_shared<PretrainRequest>();
  CLI::App* command =
      program.add_subcommand("pretrain", "Trains an encoder, which turns tiles into features");
  declareOptions(*command, optionsOf(*asked));
  command->callback(
      [asked, &run] { run = [asked](std::stop_token stop) { return pretrain(*asked, stop); }; });
}

}  // namespace geneglass
